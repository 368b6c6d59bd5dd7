import { assert, assertEquals, assertLessOrEqual, assertRejects, assertThrows } from "@std/assert";
import { readNpy } from "../data/readers/npy/read_npy.ts";
import { brunaMallatBank } from "./banks/bruna_mallat_bank.ts";
import { kymatioBank } from "./banks/kymatio_bank.ts";
import { kymatioReference } from "./reference/kymatio_reference.ts";
import { paddedShape, padImage } from "./padding.ts";
import { scatteringPaths } from "./paths.ts";
import { referenceScattering } from "./reference/reference.ts";
import { Scattering2D } from "./scattering_2d.ts";
import type { Scattering2DOptions } from "./scattering_options.ts";
import { splineBank } from "./banks/spline_bank.ts";
import { noise } from "./test_helpers.ts";

/** Largest relative l2 errors of an image against kymatio: what issue and users are promised. */
const FLOAT32_ERROR = 1e-6;
const FLOAT64_ERROR = 1e-10;

/** ||a - b|| / ||b||. */
function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  let error = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    error += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(error / norm);
}

function joined(maps: readonly Float64Array[]): Float64Array {
  return Float64Array.from(maps.flatMap((map) => [...map]));
}

async function transformed<T extends Float32Array | Float64Array>(
  options: Scattering2DOptions,
  batch: T,
): Promise<T> {
  using scattering = new Scattering2D(options);
  return await scattering.transform(batch);
}

Deno.test("Scattering2D agrees with kymatio", async (t) => {
  const load = (name: string) =>
    readNpy(Deno.readFileSync(new URL(`testdata/kymatio/${name}.npy`, import.meta.url)));
  const cases = [
    ["normal_32x32_J3", 3, 8],
    ["digits_28x28_J2", 2, 8],
    ["odd_31x33_J2_L6", 2, 6],
    ["edge_24x24_J2_L1", 2, 1],
  ] as const;
  for (const [name, J, L] of cases) {
    const { data: images, shape: [count, height, width] } = load(`${name}.x`);
    const { data: expected, shape } = load(`${name}.Sx`);
    for (
      const [RealArray, allowed] of [[Float32Array, FLOAT32_ERROR], [Float64Array, FLOAT64_ERROR]] as const
    ) {
      await t.step(`${name}, ${RealArray.name}`, async () => {
        using scattering = new Scattering2D({ J, L, shape: [height!, width!], threads: 2 });
        assertEquals([...scattering.outputShape], shape.slice(1));
        const found = await scattering.transform(RealArray.from(images as Float64Array), [count!]);
        const size = found.length / count!;
        for (let n = 0; n < count!; n++) {
          const image = found.subarray(n * size, (n + 1) * size);
          assertLessOrEqual(
            relativeError(
              image,
              (expected as Float64Array).subarray(n * size)
                .subarray(0, size),
            ),
            allowed,
          );
        }
      });
    }
  }
});

Deno.test("Scattering2D agrees with the reference for sides of any factors", async (t) => {
  // Padded to multiples of 7, 11, 13, 17 and 19, and narrower than their padding.
  const cases = [[24, 40, 2], [37, 48, 2], [61, 70, 2], [8, 29, 3], [5, 4, 2], [16, 16, 4]] as const;
  for (const [height, width, J] of cases) {
    await t.step(`${height} x ${width}, J = ${J}`, async () => {
      const image = noise(height * width, `${height} ${width}`);
      const bank = kymatioBank.build({ ...paddedShape(height, width, J), J, L: 3 });
      const expected = joined(kymatioReference(image, height, width, bank, 2));
      const options = { J, L: 3, shape: [height, width], threads: 1 } as const;
      assertLessOrEqual(relativeError(await transformed(options, image), expected), FLOAT64_ERROR);
      assertLessOrEqual(
        relativeError(await transformed(options, Float32Array.from(image)), expected),
        FLOAT32_ERROR,
      );
    });
  }
});

Deno.test("Scattering2D gives the same bits in one vector of images and in two, for sides of any factors", async (t) => {
  const cases = [[24, 40, 2], [37, 48, 2], [61, 70, 2], [8, 29, 3], [5, 4, 2], [18, 12, 1]] as const;
  for (const [height, width, J] of cases) {
    for (const [RealArray, count] of [[Float32Array, 7], [Float64Array, 3]] as const) {
      await t.step(`${height} x ${width}, J = ${J}, ${RealArray.name}`, async () => {
        using scattering = new Scattering2D({ J, L: 3, shape: [height, width], threads: 1 });
        const batch = RealArray.from(noise(count * height * width, `${height} ${width}`));
        const together = await scattering.transform(batch);
        const size = together.length / count;
        for (let n = 0; n < count; n++) {
          const alone = await scattering.transform(batch.slice(n * height * width, (n + 1) * height * width));
          assertEquals(alone, together.slice(n * size, (n + 1) * size));
        }
      });
    }
  }
});

Deno.test("Scattering2D gives the same bits for any batch and number of threads", async (t) => {
  const height = 20;
  const width = 23;
  const count = 13;
  for (const RealArray of [Float32Array, Float64Array]) {
    const batch = RealArray.from(noise(count * height * width, "batch"));
    const options = { J: 2, L: 4, shape: [height, width] } as const;
    const expected = await transformed({ ...options, threads: 1 }, batch);
    for (const threads of [2, 3]) {
      await t.step(`${RealArray.name}, ${threads} threads`, async () => {
        assertEquals(await transformed({ ...options, threads }, batch), expected);
      });
    }
    await t.step(`${RealArray.name}, image by image`, async () => {
      using scattering = new Scattering2D({ ...options, threads: 2 });
      const size = expected.length / count;
      for (let n = 0; n < count; n++) {
        const image = batch.slice(n * height * width, (n + 1) * height * width);
        assertEquals(await scattering.transform(image), expected.slice(n * size, (n + 1) * size));
      }
    });
  }
});

Deno.test("Scattering2D transforms batches of many chunks, and tells how far it is", async () => {
  const pixels = 64 * 64;
  const first = Float32Array.from(noise(pixels, "first"));
  const batch = new Float32Array(200 * pixels);
  for (let n = 0; n < 200; n++) batch.set(first.map((value) => value * 2 ** (n % 3)), n * pixels);
  using scattering = new Scattering2D({ J: 1, L: 2, shape: [64, 64], threads: 2 });
  const done: number[] = [];
  const found = await scattering.transform(batch, [20, 10], { onProgress: (images) => done.push(images) });
  const size = found.length / 200;
  assert(done.length > 1);
  assertEquals(done.at(-1), 200);
  for (const n of [0, 57, 199]) {
    const expected = found.subarray(0, size).map((value) => value * 2 ** (n % 3));
    assertEquals(found.subarray(n * size, (n + 1) * size), expected); // exact: the scale is a power of two
  }
});

Deno.test("Scattering2D stops between chunks when it is told to", async () => {
  using scattering = new Scattering2D({ J: 1, L: 2, shape: [64, 64], threads: 1 });
  const control = new AbortController();
  const done: number[] = [];
  const run = scattering.transform(new Float32Array(400 * 64 * 64).fill(1), undefined, {
    signal: control.signal,
    onProgress: (images) => {
      done.push(images);
      control.abort();
    },
  });
  await assertRejects(() => run, DOMException);
  assertEquals(done.length, 1);
});

Deno.test("Scattering2D keeps its relative accuracy for very small and very large pixels", async (t) => {
  const image = noise(16 * 16, "scales");
  const options = { J: 2, L: 2, shape: [16, 16], threads: 1 } as const;
  for (
    const [RealArray, allowed] of [[Float32Array, FLOAT32_ERROR], [Float64Array, FLOAT64_ERROR]] as const
  ) {
    const expected = await transformed(options, image);
    for (const scale of [1e-30, 1e-12, 1e6, 1e30]) {
      await t.step(`${RealArray.name}, ${scale}`, async () => {
        const found = await transformed(options, RealArray.from(image.map((value) => value * scale)));
        assertLessOrEqual(
          relativeError(Float64Array.from(found, (value) => value / scale), expected),
          allowed,
        );
      });
    }
  }
});

Deno.test("Scattering2D of a constant is the constant in order 0 and nothing else", async () => {
  const found = await transformed({ J: 2, L: 4, shape: [16, 20], threads: 1 }, new Float64Array(320).fill(3));
  const [first, ...rest] = Array.from(
    { length: found.length / 20 },
    (_, n) => found.slice(20 * n, 20 * (n + 1)),
  );
  // kymatio divides by 3.1415 where pi belongs.
  for (const value of first!) assertLessOrEqual(Math.abs(value - 3 * Math.PI / 3.1415), 1e-14);
  for (const map of rest) for (const value of map) assertLessOrEqual(value, 1e-14);
});

Deno.test("Scattering2D of zeros is zero", async () => {
  const found = await transformed({ J: 2, L: 2, shape: [16, 16], threads: 1 }, new Float32Array(256));
  assertEquals(found.every((value) => value === 0), true);
});

Deno.test("Scattering2D samples the output as finely as it is asked to", async () => {
  // At every sample, no map is sub-sampled: that is the definition.
  const image = noise(16 * 24, "sampling");
  const bank = kymatioBank.build({ height: 16, width: 24, J: 2, L: 3 });
  const expected = joined(referenceScattering(image, bank, 2, 1));
  const options = { J: 2, L: 3, shape: [16, 24], sampling: 1, boundary: "periodic", threads: 1 } as const;
  assertLessOrEqual(relativeError(await transformed(options, image), expected), FLOAT64_ERROR);
});

Deno.test("Scattering2D follows the definition with the other banks", async (t) => {
  // Where maps are sub-sampled, by 1e-3; else to rounding.
  const cases = [
    [splineBank, 32, 32, 2, 3, 1e-3],
    [splineBank, 48, 40, 3, 2, 1e-3],
    [splineBank, 15, 18, 3, 2, FLOAT64_ERROR], // odd sides are never sub-sampled
    [brunaMallatBank, 32, 32, 2, 3, FLOAT64_ERROR],
    [brunaMallatBank, 64, 64, 2, 4, 1e-3],
  ] as const;
  for (const [bank, height, width, L, J, allowed] of cases) {
    await t.step(`${bank.name}, ${height} x ${width}, J = ${J}`, async () => {
      const image = noise(height * width, "banks");
      const expected = joined(referenceScattering(image, bank.build({ height, width, J, L }), 2));
      const options = { J, L, shape: [height, width], bank, boundary: "periodic", threads: 1 } as const;
      assertLessOrEqual(relativeError(await transformed(options, image), expected), allowed);
    });
  }
});

Deno.test("Scattering2D reaches order 4 with spline wavelets", async () => {
  const image = noise(15 * 17, "order 4");
  const options = {
    J: 3,
    L: 2,
    shape: [15, 17],
    bank: splineBank,
    maxOrder: 4,
    boundary: "periodic",
  } as const;
  const expected = joined(
    referenceScattering(image, splineBank.build({ height: 15, width: 17, J: 3, L: 2 }), 4),
  );
  assertLessOrEqual(
    relativeError(await transformed({ ...options, threads: 1 }, image), expected),
    FLOAT64_ERROR,
  );
});

Deno.test("Scattering2D puts zeros around the image where the boundary is zero", async () => {
  const image = noise(16 * 18, "zero");
  const frame = paddedShape(16, 18, 2);
  const bank = kymatioBank.build({ ...frame, J: 2, L: 2 });
  const padded = padImage(image, 16, 18, frame, "zero");
  const shape = [frame.height, frame.width] as const;
  const whole = await transformed({ J: 2, L: 2, shape, boundary: "periodic", threads: 1 }, padded);
  const found = await transformed({ J: 2, L: 2, shape: [16, 18], boundary: "zero", threads: 1 }, image);
  const rows = frame.height / 4;
  const columns = frame.width / 4;
  const inner = whole.filter((_, i) => {
    const row = Math.floor(i / columns) % rows;
    const column = i % columns;
    return row > 0 && row < rows - 1 && column > 0 && column < columns - 1;
  });
  assertEquals(found, inner);
  assertEquals(found.length, scatteringPaths(bank.wavelets, 2).length * (rows - 2) * (columns - 2));
});

Deno.test("Scattering2D describes its paths", () => {
  using scattering = new Scattering2D({ J: 2, L: 8, shape: [16, 16], threads: 1 });
  const paths = scattering.paths();
  assertEquals(paths.length, 81);
  assertEquals(paths[0], { order: 0, j: [], theta: [], angle: [], frequency: [] });
  const { order, j, theta, angle, frequency } = paths[17 + 8 + 3]!;
  assertEquals([order, j, theta], [2, [0, 1], [1, 3]]);
  assertEquals(angle, [2 * Math.PI / 8, 0]);
  assertEquals(frequency, [0.75 * Math.PI, 0.375 * Math.PI]);
});

Deno.test("Scattering2D refuses what it cannot transform", async (t) => {
  const shape = [16, 16] as const;
  const options: [string, object, string][] = [
    ["J beyond the image", { J: 5, shape }, "2^J must be <= the smaller side (16)"],
    ["J = 0", { J: 0, shape }, "as J must be a positive integer: current value is 0"],
    ["no rows", { J: 1, shape: [0, 16] }, "as height must be a positive integer: current value is 0"],
    ["order 3 of kymatio", { J: 2, shape, maxOrder: 3 }, "must be one of 0, 1, 2: current value is 3"],
    ["order 5 of splines", { J: 2, shape, maxOrder: 5, bank: splineBank }, "must be one of 0, 1, 2, 3, 4"],
    ["unknown boundary", { J: 2, shape, boundary: "wrap" }, "must be one of reflect, periodic, zero"],
    ["sampling by 3", { J: 2, shape, sampling: 3 }, "as sampling must be one of 1, 2, 4: current value is 3"],
    ["no threads", { J: 2, shape, threads: 0 }, "as threads must be a positive integer: current value is 0"],
  ];
  for (const [name, wrong, message] of options) {
    await t.step(name, () => {
      assertThrows(() => new Scattering2D(wrong as Scattering2DOptions), RangeError, message);
    });
  }
  using scattering = new Scattering2D({ J: 2, L: 2, shape, threads: 1 });
  const image = new Float32Array(256);
  const pixelIs = (value: number) => {
    const batch = new Float32Array(7 * 256).fill(1);
    batch[5 * 256 + 17] = value;
    return batch;
  };
  const batches: [string, () => Promise<unknown>, typeof RangeError, string][] = [
    ["empty batch", () => scattering.transform(new Float32Array(0)), RangeError, "current length is 0"],
    [
      "part of an image",
      () => scattering.transform(new Float32Array(300)),
      RangeError,
      "current length is 300",
    ],
    ["leading dimensions", () => scattering.transform(image, [2, 3]), RangeError, "dimensions are (2, 3)"],
    [
      "integers",
      () => scattering.transform(new Int32Array(256) as unknown as Float32Array),
      TypeError,
      "must be a Float32Array or a Float64Array: current type is Int32Array",
    ],
    ...[NaN, Infinity, -Infinity].map((value): (typeof batches)[number] => [
      `${value} among the pixels`,
      () => scattering.transform(pixelIs(value)),
      RangeError,
      `Cannot transform image 5 as every pixel must be finite: current value of pixel 17 is ${value}`,
    ]),
  ];
  for (const [name, run, errorClass, message] of batches) {
    await t.step(name, async () => {
      await assertRejects(run, errorClass, message);
    });
  }
  await t.step("disposed of", async () => {
    scattering.dispose();
    await assertRejects(() => scattering.transform(image), Error, "is disposed of");
  });
});
