import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { splineBank } from "../banks/spline_bank.ts";
import { countPaths } from "../engine/memory_need.ts";
import type { RealArray } from "../engine/tables.ts";
import { linearisedCascade } from "../linearised_cascade.ts";
import { distance, noise } from "../test_helpers.ts";
import { ScatteringEnergies } from "./scattering_energies.ts";

const options = { height: 15, width: 12, J: 3, L: 2, maxOrder: 3, threads: 1 } as const;
const pixels = 15 * 12;

function dot(a: RealArray, b: RealArray): number {
  assertEquals(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: RealArray): number {
  return Math.sqrt(dot(a, a));
}

Deno.test("ScatteringEnergies.gradient() agrees with finite differences", async (t) => {
  for (const oversampling of [0, 1, Infinity]) {
    using energies = new ScatteringEnergies({ ...options, oversampling });
    const x = Float64Array.from(Float32Array.from(noise(pixels, "image")));
    const v = noise(pixels, "direction");
    const step = 1e-5;
    for (const rows of ["orders", "paths"] as const) {
      const measure = (t: number) => {
        const image = x.map((value, i) => value + t * v[i]!);
        return rows === "orders" ? energies.measure(image) : energies.measurePaths(image);
      };
      const gradientOf = <T extends RealArray>(image: T, w: RealArray) =>
        rows === "orders" ? energies.gradient(image, w) : energies.gradientPaths(image, w);
      const w = Float64Array.from(Float32Array.from(noise((await measure(0)).length, "cotangent")));
      const at = async (t: number) => dot(await measure(t), w);
      const expected = (8 * (await at(step) - await at(-step)) - await at(2 * step) + await at(-2 * step)) /
        (12 * step);
      await t.step(`${rows}, oversampling ${oversampling}, float64`, async () => {
        const gradient = await gradientOf(x, w);
        assertLessOrEqual(Math.abs(dot(gradient, v) - expected), 1e-8 * norm(gradient) * norm(v));
      });
      await t.step(`${rows}, oversampling ${oversampling}, float32`, async () => {
        const gradient = await gradientOf(Float32Array.from(x), w);
        assertLessOrEqual(Math.abs(dot(gradient, v) - expected), 1e-4 * norm(gradient) * norm(v));
      });
    }
  }
});

Deno.test("ScatteringEnergies.gradientPaths() is the transpose of the linearised energies", async () => {
  // Without sub-sampling and frame, the energies under the last low-pass are 100 ||S||^2 / ||x||^2 of each path.
  const shape = [15, 12] as const;
  const { J, L, maxOrder } = options;
  const filters = { J, L, maxOrder, bank: splineBank, sampling: 1, boundary: "periodic" } as const;
  using energies = new ScatteringEnergies({ ...options, oversampling: Infinity });
  const [x, v] = [noise(pixels, "image"), noise(pixels, "direction")];
  const { value, derivative } = linearisedCascade({ ...filters, shape }, x, v);
  const paths = countPaths(options);
  const w = new Float64Array(J * paths).map((_, i) => i < (J - 1) * paths ? 0 : Math.cos(i));
  let expected = 0;
  for (let p = 0; p < paths; p++) {
    const part = [p * pixels, (p + 1) * pixels] as const;
    const energy = dot(value.subarray(...part), value.subarray(...part));
    const change = 2 * dot(value.subarray(...part), derivative.subarray(...part));
    const quotient = (change - 2 * energy * dot(x, v) / dot(x, x)) / dot(x, x);
    expected += 100 * w[(J - 1) * paths + p]! * quotient;
  }
  const gradient = await energies.gradientPaths(x, w);
  assertLessOrEqual(Math.abs(dot(gradient, v) - expected), 1e-12 * norm(gradient) * norm(v));
});

Deno.test("ScatteringEnergies.gradient() adds the gradients of the paths of each order", async () => {
  using energies = new ScatteringEnergies({ ...options, maxOrder: 2 });
  const x = noise(2 * pixels, "images");
  const w = noise(2 * 3 * 3, "cotangents");
  const paths = countPaths({ ...options, maxOrder: 2 });
  const orderOf = (p: number) => p === 0 ? 0 : p <= 6 ? 1 : 2;
  const spread = Float64Array.from(
    { length: 2 * 3 * paths },
    (_, i) => w[Math.floor(i / paths) * 3 + orderOf(i % paths)]!,
  );
  const found = await energies.gradient(x, w);
  assertLessOrEqual(distance([found], [await energies.gradientPaths(x, spread)]), 1e-13 * norm(found));
  const first = w.filter((_, i) => i % 3 < 2);
  const padded = w.map((value, i) => i % 3 < 2 ? value : 0);
  assertEquals(await energies.gradient(x, first, 1), await energies.gradient(x, padded));
});

Deno.test("ScatteringEnergies.gradient() is perpendicular to the image and inverse to its size", async () => {
  using energies = new ScatteringEnergies(options);
  const x = noise(pixels, "image");
  const w = noise(3 * 4, "cotangent");
  const gradient = await energies.gradient(x, w);
  assertLessOrEqual(Math.abs(dot(gradient, x)), 1e-13 * norm(gradient) * norm(x));
  for (const factor of [2 ** -400, 2 ** 400]) {
    const scaled = await energies.gradient(x.map((value) => factor * value), w);
    assertEquals(scaled, gradient.map((value) => value / factor));
  }
});

Deno.test("ScatteringEnergies.gradient() gives the same bits in any batch and with any number of threads", async () => {
  for (const RealArray of [Float32Array, Float64Array]) {
    const x = RealArray.from(noise(11 * pixels, "images"));
    const w = noise(11 * 12, "cotangents");
    const found: RealArray[] = [];
    for (const threads of [1, 2, 4]) {
      using energies = new ScatteringEnergies({ ...options, threads });
      found.push(await energies.gradient(x, w));
      const alone = await energies.gradient(x.slice(9 * pixels, 10 * pixels), w.slice(9 * 12, 10 * 12));
      assertEquals(alone, found[0]!.slice(9 * pixels, 10 * pixels));
    }
    assertEquals(found[1], found[0]);
    assertEquals(found[2], found[0]);
  }
});

Deno.test("ScatteringEnergies.gradient() refuses what does not fit", async () => {
  using energies = new ScatteringEnergies(options);
  const x = noise(pixels, "image");
  await assertRejects(() => energies.gradient(x, new Float64Array(11)), RangeError, "must hold 12 numbers");
  await assertRejects(
    () => energies.gradient(x, new Float64Array(12).fill(NaN)),
    RangeError,
    "every cotangent must be finite",
  );
  await assertRejects(
    () => energies.gradient(new Float64Array(pixels), new Float64Array(12)),
    RangeError,
    "image 0 as it is zero everywhere",
  );
  await assertRejects(
    () => energies.gradient(x.slice(1), new Float64Array(12)),
    RangeError,
    "one or more images of 15 x 12 pixels",
  );
});
