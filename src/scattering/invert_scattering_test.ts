import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { invertScattering } from "./invert_scattering.ts";
import { Scattering2D } from "./scattering_2d.ts";
import { distance, noise } from "./test_helpers.ts";

Deno.test("invertScattering() comes nearer, to the coefficients with every step and to the image", async () => {
  using scattering = new Scattering2D({ J: 1, shape: [16, 16], threads: 1 });
  const image = Float64Array.from({ length: 256 }, (_, i) => Math.cos(i / 16) + (i % 16 > 7 ? 1 : 0));
  const start = noise(256, "start").map((value) => value / 10);
  const errors: number[] = [];
  const found = await invertScattering(scattering, await scattering.transform(image), start, {
    iterations: 200,
    onIteration: (iteration, error) => {
      assertEquals(iteration, errors.length);
      errors.push(error);
    },
  });
  assert(errors.every((error, i) => i === 0 || error <= errors[i - 1]!));
  assertLess(errors.at(-1)!, errors[0]! / 100);
  assertLess(distance([found], [image]), distance([start], [image]) / 10);
});

Deno.test("invertScattering() is done where it starts at the image, also at 0", async () => {
  using scattering = new Scattering2D({ J: 1, L: 2, shape: [8, 8], threads: 1 });
  for (const image of [noise(64, "image"), new Float64Array(64)]) {
    const options = { iterations: 3 };
    assertEquals(
      await invertScattering(scattering, await scattering.transform(image), image, options),
      image,
    );
  }
});

Deno.test("invertScattering() refuses coefficients of another transform, and stops", async () => {
  using scattering = new Scattering2D({ J: 1, L: 2, shape: [8, 8], threads: 1 });
  const start = new Float64Array(64);
  await assertRejects(
    () => invertScattering(scattering, new Float64Array(7), start, { iterations: 1 }),
    RangeError,
    "there must be 48 coefficients of one image: current number is 7",
  );
  const signal = AbortSignal.abort(new Error("enough"));
  const coefficients = await scattering.transform(noise(64, "image"));
  await assertRejects(
    () => invertScattering(scattering, coefficients, start, { iterations: 1, signal }),
    Error,
    "enough",
  );
});
