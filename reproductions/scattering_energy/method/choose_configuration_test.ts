import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chooseConfiguration, type PrintedEnergy, score } from "./choose_configuration.ts";
import { type ConfigurationEnergies, configurations } from "./configurations.ts";
import type { ImageEnergies } from "./image_energies.ts";

const first = configurations[0]!.name;

/** A made-up table. */
const printed: PrintedEnergy = (J, m) => 10 * J + m;

/** A class whose images have, in configuration i, the printed energies and `off(i, image)` points. */
function classOf(
  images: number,
  off: (configuration: number, image: number) => number,
): ConfigurationEnergies {
  const energies = configurations.map(({ name }, i) => [
    name,
    Array.from(
      { length: images },
      (_, image): ImageEnergies =>
        [1, 2, 3, 4].map((J) => [0, 1, 2, 3].map((m) => printed(J, m) + off(i, image))),
    ),
  ]);
  return Object.fromEntries(energies);
}

Deno.test("score() is the root mean square over cells of the difference of the mean over images", () => {
  // Means are 3 points off everywhere; a mean over classes would be 2 off.
  const choosing = [classOf(1, () => 0), classOf(3, () => 4)];
  assertAlmostEquals(score(choosing, first, printed), 3, 1e-12);
  // One of 13 cells off by 13.
  const oneCell = structuredClone(classOf(1, () => 0)) as Record<typeof first, number[][][]>;
  oneCell[first][0]![2]![1]! += 13;
  assertAlmostEquals(
    score([oneCell as unknown as ConfigurationEnergies], first, printed),
    Math.sqrt(13),
    1e-12,
  );
});

Deno.test("chooseConfiguration() takes the lowest score, and the first of equal ones", () => {
  assertEquals(chooseConfiguration([classOf(2, () => 1)], printed), first);
  fc.assert(fc.property(fc.nat(configurations.length - 1), fc.boolean(), (best, above) => {
    const choosing = [
      classOf(2, (i, image) => (above ? 1 : -1) * (i === best ? 1 : 2) + (image === 0 ? 5 : -5)),
    ];
    assertEquals(chooseConfiguration(choosing, printed), configurations[best]!.name);
  }));
});

Deno.test("chooseConfiguration() does not see scales beyond J = 4, nor m = 4", () => {
  fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 5, maxLength: 5 }), (beyond) => {
    const choosing = classOf(1, (i) => i === 3 ? 0 : 1);
    const more = Object.fromEntries(
      Object.entries(choosing).map(([name, images]) => [
        name,
        images.map((
          image,
        ) => [...image.map((orders, j) => j === 3 ? [...orders, beyond[0]!] : orders), beyond]),
      ]),
    ) as unknown as ConfigurationEnergies;
    assertEquals(chooseConfiguration([more], printed), configurations[3]!.name);
    assertEquals(score([more], first, printed), score([choosing], first, printed));
  }));
});

Deno.test("configurations are two dilations of five preparations, in which a crop stands once", () => {
  assertEquals(configurations.map(({ name }) => name), [
    "q = log2(4/3), stretched, bilinear",
    "q = log2(4/3), stretched, Lanczos",
    "q = log2(4/3), centre square, bilinear",
    "q = log2(4/3), centre square, Lanczos",
    "q = log2(4/3), native crop",
    "q = log2(3/2), stretched, bilinear",
    "q = log2(3/2), stretched, Lanczos",
    "q = log2(3/2), centre square, bilinear",
    "q = log2(3/2), centre square, Lanczos",
    "q = log2(3/2), native crop",
  ]);
});
