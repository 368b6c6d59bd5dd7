import { assertEquals, assertThrows } from "@std/assert";
import { checkFilterBankShape, frequencies } from "./filter_bank.ts";
import { littlewoodPaleySum } from "./littlewood_paley.ts";
import { namedBanks } from "./named_banks.ts";

for (const { name, build, isTightFrame } of namedBanks) {
  Deno.test(`the ${name} bank lists its wavelets by scale, then orientation, on the whole grid`, () => {
    const { wavelets, phi } = build({ height: 12, width: 9, J: 3, L: 5 });
    assertEquals(wavelets.map(({ j }) => j), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
    assertEquals(wavelets.map(({ theta }) => theta), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    assertEquals([phi, ...wavelets.map(({ psi }) => psi)].every((filter) => filter.length === 108), true);
  });

  Deno.test(`the ${name} bank puts the largest value of a coarse wavelet near its centre frequency`, () => {
    const height = 64;
    const width = 80;
    const { wavelets } = build({ height, width, J: 3, L: 6 });
    const rows = frequencies(height);
    const columns = frequencies(width);
    for (const { j, psi, angle, centreFrequency } of wavelets.filter(({ j }) => j > 0)) {
      const peak = psi.indexOf(Math.max(...psi));
      const row = rows[Math.floor(peak / width)]!;
      const column = columns[peak % width]!;
      const miss = Math.hypot(
        row - centreFrequency * Math.cos(angle),
        column - centreFrequency * Math.sin(angle),
      );
      // A tenth of an octave's band, 2^-j pi / 2, and half a step of the grid.
      assertEquals(miss < 0.1 * 2 ** -j * Math.PI / 2 + Math.PI / height, true, `j = ${j}: ${miss}`);
    }
  });

  Deno.test(`the ${name} bank is a tight frame if and only if it says so`, () => {
    const sum = littlewoodPaleySum(build({ height: 16, width: 20, J: 2, L: 6 }));
    assertEquals(sum.every((value) => Math.abs(value - 1) < 1e-12), isTightFrame);
  });

  Deno.test(`the ${name} bank refuses 2^J above the smaller side`, () => {
    assertThrows(
      () => build({ height: 16, width: 8, J: 4, L: 2 }),
      RangeError,
      "must be <= the smaller side (8)",
    );
  });
}

Deno.test("checkFilterBankShape() refuses what is no positive integer", () => {
  const shape = { height: 8, width: 8, J: 1, L: 1 };
  checkFilterBankShape(shape);
  for (const name of ["height", "width", "J", "L"] as const) {
    for (const value of [0, -1, 1.5, NaN, Infinity]) {
      assertThrows(
        () => checkFilterBankShape({ ...shape, [name]: value }),
        RangeError,
        `${name} must be a positive integer: current value is ${value}`,
      );
    }
  }
});

Deno.test("frequencies() are those of the transform, of even and odd length", () => {
  const unit = 2 * Math.PI;
  assertEquals([...frequencies(5)], [0, unit / 5, 2 * unit / 5, -2 * unit / 5, -unit / 5]);
  assertEquals([...frequencies(2)], [0, Math.PI]);
});
