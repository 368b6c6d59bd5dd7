import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { fromFileUrl, relative } from "@std/path";
import { referenceScattering } from "../reference/reference.ts";
import { Scattering2D } from "../scattering_2d.ts";
import { distance, noise, sumOfSquares } from "../test_helpers.ts";
import { buildWavelets, checkFilterBankShape, frequencies } from "./filter_bank.ts";
import { findBank, namedBanks } from "./named_banks.ts";
import type { WaveletBank } from "./wavelet_bank.ts";

/** Gaussian bumps around the centre frequencies: a bank that nothing but this test knows. */
const bumps: WaveletBank = {
  name: "bumps",
  largestOrder: 3,
  oversampling: 2,
  smallestSide: 4,
  coarseFilters: "crop",
  isTightFrame: false,
  build: (shape) => {
    checkFilterBankShape(shape);
    const rows = frequencies(shape.height);
    const columns = frequencies(shape.width);
    const bump = (centre: { row: number; column: number }, width: number) =>
      Float64Array.from({ length: shape.height * shape.width }, (_, i) => {
        const down = rows[Math.floor(i / shape.width)]! - centre.row;
        const right = columns[i % shape.width]! - centre.column;
        return Math.exp(-(down ** 2 + right ** 2) / width ** 2);
      });
    const wavelets = buildWavelets(
      shape,
      (theta) => Math.PI * theta / shape.L,
      ({ angle, centreFrequency: xi }) =>
        bump({ row: xi * Math.cos(angle), column: xi * Math.sin(angle) }, xi / 4),
    );
    return { ...shape, wavelets, phi: bump({ row: 0, column: 0 }, 2 ** -shape.J) };
  },
};

Deno.test("Scattering2D takes a bank that no other file knows", async () => {
  const side = 32;
  const image = noise(side * side, "new bank");
  using scattering = new Scattering2D({
    ...{ J: 3, L: 2, shape: [side, side], maxOrder: 3, bank: bumps },
    ...{ boundary: "periodic", threads: 1 },
  });
  const found = await scattering.transform(image);
  const expected = referenceScattering(image, bumps.build({ height: side, width: side, J: 3, L: 2 }), 3);
  const size = found.length / expected.length;
  const maps = expected.map((_, n) => found.slice(n * size, (n + 1) * size));
  // The error of sub-sampling, as for the other banks.
  assertLessOrEqual(distance(maps, expected) / Math.sqrt(sumOfSquares(...expected)), 1e-3);
});

Deno.test("a bank is named in its own file and in the list, and nowhere else", () => {
  const root = fromFileUrl(new URL("../../..", import.meta.url));
  const sourcesIn = (folder: string): string[] =>
    [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
      if (isDirectory) return sourcesIn(`${folder}/${name}`);
      return name.endsWith(".ts") && !name.endsWith("_test.ts") ? [`${folder}/${name}`] : [];
    });
  const naming = ["src", "scripts", "benches"].flatMap((folder) => sourcesIn(`${root}${folder}`))
    .filter((path) => /bruna-mallat|brunaMallat|bruna_mallat/.test(Deno.readTextFileSync(path)))
    .map((path) => relative(root, path)).sort();
  const folder = "src/scattering/banks";
  assertEquals(naming, [`${folder}/bruna_mallat_bank.ts`, `${folder}/mod.ts`]);
});

Deno.test("findBank() finds each bank of the list by a name of its own", () => {
  for (const bank of namedBanks) assertEquals(findBank(bank.name), bank);
  const names = namedBanks.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  assertThrows(() => findBank("none"), RangeError, `one of ${names.join(", ")}: current value is none`);
});
