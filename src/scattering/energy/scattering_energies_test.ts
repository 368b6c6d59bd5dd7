import { assertEquals, assertLessOrEqual, assertRejects, assertThrows } from "@std/assert";
import { EnergyCascade } from "./energy.ts";
import { scatteringPaths } from "../paths.ts";
import { ScatteringEnergies } from "./scattering_energies.ts";
import { dilatedSplineBank, splineBank } from "../banks/spline_bank.ts";
import { noise } from "../test_helpers.ts";

/** What is measured in per cent must agree with the float64 reference by so many points. */
const FLOAT64_POINTS = 1e-10; // rounding
const FLOAT32_POINTS = 1e-3; // a tenth of what the table allows

const options = { height: 64, width: 64, J: 4, L: 4, maxOrder: 3 } as const;
const pixels = 64 * 64;

/** Images with energy at all scales: sums of noise over squares that halve. */
function images(count: number): Float64Array {
  const batch = new Float64Array(count * pixels);
  for (let n = 0; n < count; n++) {
    for (const side of [1, 4, 16]) {
      const coarse = noise((64 / side) ** 2, `image ${n} at ${side}`);
      for (let i = 0; i < pixels; i++) {
        const row = Math.floor(i / 64 / side);
        const column = Math.floor(i % 64 / side);
        batch[n * pixels + i]! += coarse[row * (64 / side) + column]!;
      }
    }
  }
  return batch;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  assertEquals(a.length, b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

Deno.test("ScatteringEnergies.measure() gives the numbers of EnergyCascade", async (t) => {
  const reference = new EnergyCascade(options);
  const batch = images(3);
  using energies = new ScatteringEnergies({ ...options, threads: 2 });
  for (const maxOrder of [0, 1, 3]) {
    const expected = Float64Array.from(
      [0, 1, 2].flatMap((
        n,
      ) => [...reference.measure(batch.subarray(n * pixels, (n + 1) * pixels), maxOrder)]),
    );
    await t.step(`float64, m <= ${maxOrder}`, async () => {
      assertLessOrEqual(largestDifference(await energies.measure(batch, maxOrder), expected), FLOAT64_POINTS);
    });
    await t.step(`float32, m <= ${maxOrder}`, async () => {
      const found = await energies.measure(Float32Array.from(batch), maxOrder);
      assertLessOrEqual(largestDifference(found, expected), FLOAT32_POINTS);
    });
  }
});

Deno.test("ScatteringEnergies.measure() agrees on grids of odd sides and without sub-sampling", async (t) => {
  for (
    const [height, width, oversampling, dilation] of [
      [33, 40, 1, 0],
      [32, 48, Infinity, 0.25],
      [
        48,
        64,
        0,
        -0.5,
      ],
      [9, 9, Infinity, 0],
      [13, 11, 1, 0],
    ] as const
  ) {
    await t.step(`${height} x ${width}, oversampling ${oversampling}, dilation ${dilation}`, async () => {
      const other = {
        height,
        width,
        J: 3,
        L: 3,
        maxOrder: 2,
        oversampling,
        bank: dilatedSplineBank(dilation),
      };
      const image = noise(height * width, "grids");
      using energies = new ScatteringEnergies({ ...other, threads: 1 });
      const expected = new EnergyCascade(other).measure(image);
      assertLessOrEqual(largestDifference(await energies.measure(image), expected), FLOAT64_POINTS);
    });
  }
});

Deno.test("ScatteringEnergies gives the same bits for any batch and number of threads", async (t) => {
  // Two vectors side by side in either precision, and one for an image alone.
  const batch = images(7);
  for (const RealArray of [Float32Array, Float64Array]) {
    const typed = RealArray.from(batch);
    using one = new ScatteringEnergies({ ...options, threads: 1 });
    const expected = await one.measure(typed);
    await t.step(`${RealArray.name}, 3 threads`, async () => {
      using three = new ScatteringEnergies({ ...options, threads: 3 });
      assertEquals(await three.measure(typed), expected);
    });
    await t.step(`${RealArray.name}, the last image alone`, async () => {
      const alone = await one.measure(typed.slice(6 * pixels));
      assertEquals(alone, expected.slice(-alone.length));
    });
  }
});

Deno.test("ScatteringEnergies does not depend on the size of the pixels", async () => {
  const image = images(1);
  using energies = new ScatteringEnergies({ ...options, maxOrder: 1, threads: 1 });
  const expected = await energies.measure(image);
  for (const scale of [2 ** -1000, 2 ** 1000]) {
    assertEquals(await energies.measure(image.map((value) => value * scale)), expected);
  }
});

Deno.test("ScatteringEnergies.measurePaths() adds up to the energies of the orders", async () => {
  const batch = images(2);
  using energies = new ScatteringEnergies({ ...options, threads: 2 });
  const orders = await energies.measure(batch);
  const byPath = await energies.measurePaths(batch);
  const { J, L, maxOrder } = options;
  const paths = scatteringPaths(splineBank.build({ height: 32, width: 32, J, L }).wavelets, maxOrder);
  const rows = orders.length / (maxOrder + 1);
  const sums = new Float64Array(orders.length);
  for (let row = 0; row < rows; row++) {
    paths.forEach(({ order }, p) => sums[row * (maxOrder + 1) + order]! += byPath[row * paths.length + p]!);
  }
  assertEquals(byPath.length, rows * paths.length);
  assertLessOrEqual(largestDifference(sums, orders), FLOAT64_POINTS);
});

Deno.test("ScatteringEnergies refuses what it cannot measure", async (t) => {
  await t.step("order", () => {
    const rule = "the order must be an integer from 0 to 4: current value is 5";
    assertThrows(() => new ScatteringEnergies({ ...options, maxOrder: 5 }), RangeError, rule);
  });
  using energies = new ScatteringEnergies({ ...options, threads: 1 });
  const cases: [string, Float64Array, number, string][] = [
    [
      "order beyond the options",
      images(1),
      4,
      "the order must be an integer from 0 to 3: current value is 4",
    ],
    ["empty batch", new Float64Array(0), 1, "current length is 0"],
    ["part of an image", new Float64Array(100), 1, "current length is 100"],
    ["zero image", new Float64Array(2 * pixels).fill(1, 0, pixels), 1, "of image 1 as it is zero everywhere"],
    ["NaN", new Float64Array(pixels).fill(NaN), 1, "current value of pixel 0 is NaN"],
  ];
  for (const [name, batch, order, message] of cases) {
    await t.step(name, async () => {
      await assertRejects(async () => await energies.measure(batch, order), RangeError, message);
    });
  }
});

Deno.test("ScatteringEnergies measures nothing once it is disposed of", async () => {
  const energies = new ScatteringEnergies({ height: 16, width: 16, J: 2, L: 2, maxOrder: 1, threads: 1 });
  energies.dispose();
  await assertRejects(() => energies.measure(new Float64Array(256).fill(1)), Error, "are disposed of");
});
