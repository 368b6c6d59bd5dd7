import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
  assertThrows,
} from "@std/assert";
import { EnergyCascade, type EnergyCascadeOptions } from "./energy.ts";
import { scatteringPaths } from "../paths.ts";
import { referenceScattering } from "../reference/reference.ts";
import { dilatedSplineBank, splineBank } from "../banks/spline_bank.ts";
import { noise, shifted, sumOfSquares } from "../test_helpers.ts";

/** The same energies by the reference: one transform for each J, nothing sub-sampled. */
function referenceEnergies(image: Float64Array, options: EnergyCascadeOptions): number[] {
  const { height, width, L, maxOrder } = options;
  return Array.from({ length: options.J }, (_, i) => {
    const bank = (options.bank ?? splineBank).build({ height, width, J: i + 1, L });
    const coefficients = referenceScattering(image, bank, maxOrder, 1);
    const energies = new Array<number>(maxOrder + 1).fill(0);
    scatteringPaths(bank.wavelets, maxOrder).forEach(({ order }, n) => {
      energies[order]! += 100 * sumOfSquares(coefficients[n]!) / sumOfSquares(image);
    });
    return energies;
  }).flat();
}

/** Normal deviates with the power spectrum 1 / |w|^2 of natural images, and mean zero. */
function naturalImage(height: number, width: number, label: string): Float64Array {
  // A sum of box means at all octaves has about that spectrum, with no Fourier transform in it.
  const image = new Float64Array(height * width);
  for (let block = 1; block <= Math.min(height, width) / 2; block *= 2) {
    const cells = noise(height * width, `${label}/${block}`);
    const perRow = Math.ceil(width / block);
    image.forEach((_, i) => {
      image[i]! += block *
        cells[Math.floor(Math.floor(i / width) / block) * perRow + Math.floor((i % width) / block)]!;
    });
  }
  const mean = image.reduce((sum, value) => sum + value) / image.length;
  return image.map((value) => value - mean);
}

const options = { height: 64, width: 64, J: 6, L: 6, maxOrder: 2 };

Deno.test("EnergyCascade without sub-sampling agrees with the reference", async (t) => {
  const cases: EnergyCascadeOptions[] = [
    { height: 16, width: 16, J: 4, L: 2, maxOrder: 4 },
    { height: 32, width: 32, J: 5, L: 4, maxOrder: 2 },
    { height: 32, width: 32, J: 4, L: 3, maxOrder: 2, bank: dilatedSplineBank(0.25) },
    { height: 15, width: 22, J: 3, L: 3, maxOrder: 3, bank: dilatedSplineBank(0.5) },
    { height: 8, width: 12, J: 1, L: 1, maxOrder: 2 },
    { height: 8, width: 8, J: 3, L: 6, maxOrder: 0 },
  ];
  for (const unsampled of cases) {
    const { bank = splineBank, ...sizes } = unsampled;
    await t.step(`${bank.name} ${JSON.stringify(sizes)}`, () => {
      const image = naturalImage(unsampled.height, unsampled.width, "image");
      const measured = new EnergyCascade({ ...unsampled, oversampling: Infinity }).measure(image);
      const expected = referenceEnergies(image, unsampled);
      assertEquals(measured.length, expected.length);
      measured.forEach((value, i) => assertAlmostEquals(value, expected[i]!, 1e-11));
    });
  }
});

Deno.test("EnergyCascade loses less than 0.01 points by sub-sampling", () => {
  const finest = new EnergyCascade({ ...options, oversampling: Infinity });
  const cascades = [1, 2].map((oversampling) => new EnergyCascade({ ...options, oversampling }));
  const images = ["a", "b", "c"].map((label) => naturalImage(64, 64, label));
  const errors = cascades.map((cascade) =>
    Math.max(...images.map((image) => {
      const expected = finest.measure(image);
      return Math.max(...cascade.measure(image).map((value, i) => Math.abs(value - expected[i]!)));
    }))
  );
  assertLess(errors[0]!, 0.01);
  assertLess(errors[1]!, errors[0]!);
  assertGreater(errors[1]!, 0); // 64 x 64 is large enough for some maps to be sub-sampled
});

Deno.test("EnergyCascade has less energy in order 0, and more in all, as J and m grow", () => {
  const { J, maxOrder } = options;
  const energies = new EnergyCascade(options).measure(naturalImage(64, 64, "image"));
  const rows = Array.from(
    { length: J },
    (_, i) => energies.subarray(i * (maxOrder + 1), (i + 1) * (maxOrder + 1)),
  );
  rows.forEach((row, i) => {
    if (i > 0) assertLess(row[0]!, rows[i - 1]![0]!);
    const total = row.reduce((sum, value) => sum + value);
    assertLessOrEqual(total, 100 + 1e-2); // the tight frame, and the error of sub-sampling
    assertGreater(total, 90);
  });
  assertEquals(rows[0]![2], 0); // no path of two scales below J = 1
  assertLess(rows[J - 1]![0]!, 0.01); // 2^J = N: a mean-free image keeps nothing in order 0
});

Deno.test("EnergyCascade finds a single layer's energy complete at J = 1", () => {
  // A plane wave has constant |x * psi|, all of which the low-pass keeps.
  const wave = Float64Array.from({ length: 32 * 32 }, (_, i) => Math.cos(2 * Math.PI * (7 * (i % 32)) / 32));
  const [order0, order1] = new EnergyCascade({ ...options, height: 32, width: 32, J: 1, maxOrder: 1 })
    .measure(wave);
  const phi = splineBank.lowPass({ height: 32, width: 32 }, 1);
  assertAlmostEquals(order0!, 100 * phi[7]! ** 2, 1e-11);
  assertAlmostEquals(order0! + order1!, 100, 1e-11);
});

Deno.test("EnergyCascade gives the same for an image moved or scaled, and at a lower order", () => {
  const cascade = new EnergyCascade({ ...options, oversampling: Infinity, J: 3 });
  const image = naturalImage(64, 64, "image");
  const energies = cascade.measure(image);
  const agree = (other: Float64Array) => other.forEach((v, i) => assertAlmostEquals(v, energies[i]!, 1e-11));
  agree(cascade.measure(shifted(image, 64, 64, 13, 50)));
  for (const scale of [1e-300, 1e-12, -1e6, 1e300]) {
    agree(cascade.measure(image.map((value) => value * scale)));
  }
  assertEquals(cascade.measure(image), energies); // nothing is left over from the calls between
  const lower = cascade.measure(image, 1);
  assertEquals([...lower], [...energies].filter((_, i) => i % 3 < 2));
});

Deno.test("EnergyCascade refuses options and images that make no sense", () => {
  const small = { height: 8, width: 8, J: 2, L: 2, maxOrder: 2 };
  const refuses = (action: () => unknown, message: string) => assertThrows(action, RangeError, message);
  refuses(() => new EnergyCascade({ ...small, J: 4 }), "2^J must be <= the smaller side (8)");
  refuses(() => new EnergyCascade({ ...small, maxOrder: -1 }), "maxOrder must be an integer >= 0");
  refuses(() => new EnergyCascade({ ...small, oversampling: 0.5 }), "current value is 0.5");
  const cascade = new EnergyCascade(small);
  refuses(() => cascade.measure(new Float64Array(9)), "an image of 9 pixels as the cascade is for 8 x 8");
  refuses(() => cascade.measure(new Float64Array(64)), "current value is 0");
  refuses(() => cascade.measure(new Float64Array(64).fill(1).fill(NaN, 3, 4)), "current value is NaN");
  refuses(() => cascade.measure(new Float64Array(64).fill(-Infinity)), "current value is Infinity");
  refuses(
    () => cascade.measure(new Float64Array(64).fill(1), 3),
    "an integer from 0 to 2: current value is 3",
  );
});
