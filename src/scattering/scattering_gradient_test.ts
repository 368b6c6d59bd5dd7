import { assert, assertEquals, assertLessOrEqual, assertNotEquals, assertRejects } from "@std/assert";
import { namedBanks } from "./banks/named_banks.ts";
import { splineBank } from "./banks/spline_bank.ts";
import type { RealArray } from "./engine/tables.ts";
import { linearisedCascade } from "./linearised_cascade.ts";
import { Scattering2D } from "./scattering_2d.ts";
import type { Scattering2DOptions } from "./scattering_options.ts";
import { distance, noise } from "./test_helpers.ts";

/** <S'v, w> = <v, S'^T w> up to rounding, of ||S'v|| ||w|| + ||v|| ||S'^T w||. */
const ADJOINT_ERROR = 1e-12;
/** Differences of fourth order at this distance are off by their own rounding and little else. */
const STEP = 1e-5;
const DIFFERENCE_ERROR = 1e-8;
/** A gradient in float32 beside that in float64, of its norm: the phases of small maps lose most. */
const FLOAT32_ERROR = 1e-4;

const boundaries = ["reflect", "periodic", "zero"] as const;

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.prototype.reduce.call(a, (sum, value, i) => sum as number + value * b[i]!, 0) as number;
}

function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

function relativeError(a: RealArray, b: RealArray): number {
  return distance([Float64Array.from(a)], [Float64Array.from(b)]) / norm(b);
}

function coefficients({ outputShape }: Scattering2D): number {
  return outputShape.reduce((product, side) => product * side);
}

/** The derivative of <S(x), w> along v by differences. */
async function difference(
  scattering: Scattering2D,
  x: Float64Array,
  v: Float64Array,
  w: Float64Array,
): Promise<number> {
  const at = async (t: number) => dot(await scattering.transform(x.map((value, i) => value + t * v[i]!)), w);
  const near = await at(STEP) - await at(-STEP);
  const far = await at(2 * STEP) - await at(-2 * STEP);
  return (8 * near - far) / (12 * STEP);
}

Deno.test("Scattering2D.gradient() agrees with finite differences", async (t) => {
  for (const bank of namedBanks) {
    for (const boundary of boundaries) {
      const options = { J: 2, L: 3, shape: [19, 16], bank, boundary, threads: 1 } as const;
      using scattering = new Scattering2D(options);
      const x = Float64Array.from(Float32Array.from(noise(19 * 16, "image")));
      const w = Float64Array.from(Float32Array.from(noise(coefficients(scattering), "cotangent")));
      const v = noise(x.length, "direction");
      const expected = await difference(scattering, x, v, w);
      await t.step(`${bank.name}, ${boundary}, float64`, async () => {
        const gradient = await scattering.gradient(x, w);
        const allowed = DIFFERENCE_ERROR * norm(gradient) * norm(v);
        assertLessOrEqual(Math.abs(dot(gradient, v) - expected), allowed);
      });
      await t.step(`${bank.name}, ${boundary}, float32`, async () => {
        const gradient = await scattering.gradient(Float32Array.from(x), Float32Array.from(w));
        assertLessOrEqual(Math.abs(dot(gradient, v) - expected), FLOAT32_ERROR * norm(gradient) * norm(v));
        assertLessOrEqual(relativeError(gradient, await scattering.gradient(x, w)), FLOAT32_ERROR);
      });
    }
  }
});

Deno.test("Scattering2D.gradient() is the transpose of the linearised transform", async (t) => {
  // Sides of any factors, one wavelet, sub-sampled outputs or not, and every order.
  const cases: Omit<Scattering2DOptions, "bank" | "boundary">[] = [
    { shape: [16, 16], J: 2, L: 2, maxOrder: 0 },
    { shape: [16, 16], J: 2, L: 2, maxOrder: 1 },
    { shape: [13, 21], J: 2, L: 3, sampling: 1 },
    { shape: [17, 11], J: 3, L: 1, sampling: 2 },
    { shape: [5, 4], J: 2, L: 4 },
    { shape: [33, 40], J: 3, L: 2 },
  ];
  for (const bank of namedBanks) {
    for (const boundary of boundaries) {
      for (const some of cases) {
        const options = { ...some, bank, boundary, threads: 2 };
        await t.step(`${bank.name}, ${boundary}, ${JSON.stringify(some)}`, () => checkTranspose(options));
      }
    }
  }
  await t.step("spline, orders 3 and 4", async () => {
    for (const maxOrder of [3, 4]) {
      await checkTranspose({ shape: [16, 16], J: 4, L: 2, bank: splineBank, maxOrder, threads: 2 });
    }
  });
});

async function checkTranspose(options: Scattering2DOptions): Promise<void> {
  using scattering = new Scattering2D(options);
  const pixels = options.shape[0] * options.shape[1];
  const x = noise(pixels, "image");
  const v = noise(pixels, "direction");
  const w = noise(coefficients(scattering), "cotangent");
  const { value, derivative } = linearisedCascade(options, x, v);
  assertLessOrEqual(relativeError(await scattering.transform(x), value), 1e-13);
  const gradient = await scattering.gradient(x, w);
  const allowed = ADJOINT_ERROR * (norm(derivative) * norm(w) + norm(gradient) * norm(v));
  assertLessOrEqual(Math.abs(dot(derivative, w) - dot(gradient, v)), allowed);
}

Deno.test("Scattering2D.gradient() gives an image the same bits in any batch and with any number of threads", async (t) => {
  for (const RealArray of [Float32Array, Float64Array]) {
    for (const bank of namedBanks) {
      await t.step(`${RealArray.name}, ${bank.name}`, async () => {
        const gradients: RealArray[] = [];
        const pixels = 24 * 20;
        const images = 19;
        for (const threads of [1, 2, 4]) {
          using scattering = new Scattering2D({ J: 3, L: 2, shape: [24, 20], bank, threads });
          const size = coefficients(scattering);
          const batch = RealArray.from(noise(images * pixels, "images"));
          const cotangent = RealArray.from(noise(images * size, "cotangents"));
          gradients.push(await scattering.gradient(batch, cotangent, [images]));
          for (const n of [0, 7, 18]) {
            const alone = await scattering.gradient(
              batch.slice(n * pixels, (n + 1) * pixels),
              cotangent.slice(n * size, (n + 1) * size),
            );
            assertEquals(alone, gradients[0]!.slice(n * pixels, (n + 1) * pixels));
          }
        }
        assertEquals(gradients[1], gradients[0]);
        assertEquals(gradients[2], gradients[0]);
      });
    }
  }
});

Deno.test("Scattering2D.gradient() is that of order 0 where every other map is 0", async () => {
  for (const bank of namedBanks) {
    using all = new Scattering2D({ J: 2, L: 2, shape: [12, 12], bank, threads: 1 });
    using order0 = new Scattering2D({ J: 2, L: 2, shape: [12, 12], bank, maxOrder: 0, threads: 1 });
    const cotangent = noise(coefficients(all), "cotangent");
    const found = await all.gradient(new Float64Array(144), cotangent);
    assertEquals(
      found,
      await order0.gradient(new Float64Array(144), cotangent.slice(0, coefficients(order0))),
    );
    assertNotEquals(found, new Float64Array(144));
  }
});

Deno.test("Scattering2D.gradient() does not depend on the size of the image, and is linear in the cotangent", async () => {
  using scattering = new Scattering2D({ J: 2, L: 2, shape: [12, 12], threads: 1 });
  for (const RealArray of [Float32Array, Float64Array]) {
    const [tiny, huge] = RealArray === Float32Array ? [2 ** -100, 2 ** 100] : [2 ** -900, 2 ** 900];
    const image = RealArray.from(noise(144, "image"));
    const cotangent = RealArray.from(noise(coefficients(scattering), "cotangent"));
    const gradient = await scattering.gradient(image, cotangent);
    for (const factor of [tiny, huge]) {
      assertEquals(await scattering.gradient(image.map((value) => factor * value), cotangent), gradient);
      const scaled = await scattering.gradient(image, cotangent.map((value) => factor * value));
      assertEquals(scaled, gradient.map((value) => factor * value));
    }
  }
});

Deno.test("Scattering2D.gradient() and transform() of one transform do not disturb each other", async () => {
  using scattering = new Scattering2D({ J: 2, L: 2, shape: [32, 32], threads: 2 });
  const batch = Float32Array.from(noise(100 * 1024, "images"));
  const expected = await scattering.transform(batch);
  const gradient = await scattering.gradient(batch, expected);
  const [again, gradientAgain] = await Promise.all([
    scattering.transform(batch),
    scattering.gradient(batch, expected),
  ]);
  assertEquals(again, expected);
  assertEquals(gradientAgain, gradient);
});

Deno.test("Scattering2D.gradient() takes large images", async () => {
  const options = { J: 1, L: 3, shape: [512, 514], bank: splineBank, threads: 2 } as const;
  using scattering = new Scattering2D(options);
  assert(scattering.isLarge);
  const x = noise(512 * 514, "image");
  const v = noise(x.length, "direction");
  const w = noise(coefficients(scattering), "cotangent");
  const shares: number[] = [];
  const gradient = await scattering.gradient(x, w, undefined, { onProgress: (done) => shares.push(done) });
  const { derivative } = linearisedCascade(options, x, v);
  const allowed = ADJOINT_ERROR * (norm(derivative) * norm(w) + norm(gradient) * norm(v));
  assertLessOrEqual(Math.abs(dot(derivative, w) - dot(gradient, v)), allowed);
  // Two threads take two of the three first wavelets, and then the last one.
  assertEquals(shares, [2 / 3, 1]);
});

Deno.test("Scattering2D.gradient() tells how far it is, and stops", async () => {
  using scattering = new Scattering2D({ J: 2, L: 2, shape: [32, 32], threads: 1 });
  const images = 200;
  const batch = new Float32Array(images * 1024).fill(1);
  const cotangent = new Float32Array(images * coefficients(scattering)).fill(1);
  const done: number[] = [];
  const controller = new AbortController();
  await scattering.gradient(batch, cotangent, [images], { onProgress: (n) => done.push(n) });
  assertEquals([done.length > 1, done.at(-1)], [true, images]);
  const stopped = scattering.gradient(batch, cotangent, [images], {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await assertRejects(() => stopped, Error, "enough");
});

Deno.test("Scattering2D.gradient() refuses what does not fit", async (t) => {
  const scattering = new Scattering2D({ J: 1, L: 1, shape: [8, 8], maxOrder: 1, threads: 1 });
  const image = new Float32Array(64).fill(1);
  const size = coefficients(scattering);
  const cotangent = new Float32Array(size).fill(1);
  const cases: [name: string, batch: RealArray, cotangent: RealArray, message: string][] = [
    ["another precision", image, new Float64Array(size), "current values are float32 and float64"],
    ["no array of numbers", image, [1] as unknown as RealArray, "must be a Float32Array or a Float64Array"],
    ["too few cotangents", image, cotangent.slice(1), `must hold ${size} numbers`],
    ["too few pixels", image.slice(1), cotangent, "one or more images of 8 x 8 pixels"],
    [
      "a pixel",
      image.with(9, NaN),
      cotangent,
      "Cannot transform image 0 as every pixel must be finite: current value of pixel 9 is NaN",
    ],
    [
      "a cotangent",
      image,
      cotangent.with(5, -Infinity),
      "Cannot take the gradient of image 0 as every cotangent must be finite: current value of number 5 is -Infinity",
    ],
  ];
  for (const [name, batch, w, message] of cases) {
    await t.step(name, () => void assertRejects(() => scattering.gradient(batch, w), Error, message));
  }
  await t.step("after dispose()", async () => {
    scattering.dispose();
    await assertRejects(() => scattering.gradient(image, cotangent), Error, "disposed of");
  });
});
