import { assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { inference } from "../../../src/nn/layer.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { phaseScattering } from "./phase_scattering.ts";

const L = 8;

/** kymatio's filter of J = 1 in space, `(P, P)` with u = 0 first: wavelet theta, or the low-pass for theta = -1. */
function filterOf(theta: number, P: number): { re: Float64Array; im: Float64Array } {
  const [sigma, xi] = [0.8, theta < 0 ? 0 : 0.75 * Math.PI];
  const slant = theta < 0 ? 1 : 4 / L;
  const angle = theta < 0 ? 0 : (Math.trunc(L / 2 - 1) - theta) * Math.PI / L;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [re, im, envelope] = [0, 0, 0].map(() => new Float64Array(P * P)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < P * P; i++) {
    for (let a = -2; a <= 2; a++) {
      for (let b = -2; b <= 2; b++) {
        const [u, v] = [Math.floor(i / P) + a * P, i % P + b * P];
        const [along, across] = [u * cos + v * sin, v * cos - u * sin];
        const height = Math.exp(-(along ** 2 + (slant * across) ** 2) / (2 * sigma ** 2));
        envelope[i]! += height;
        re[i]! += height * Math.cos(xi * along);
        im[i]! += height * Math.sin(xi * along);
      }
    }
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const K = theta < 0 ? 0 : sum(re) / sum(envelope);
  const factor = slant / (2 * 3.1415 * sigma ** 2);
  return {
    re: re.map((value, i) => factor * (value - K * envelope[i]!)),
    im: im.map((value) => factor * value),
  };
}

/** The definition by sums over pixels, with filters as kymatio's formulas print them in space. */
function reference(image: Float64Array, side: number): Float64Array {
  const P = 2 * (Math.floor((side + 2) / 2) + 1);
  const before = Math.floor((P - side) / 2);
  const at = (i: number) => {
    // Reflected without repeating the edge: ... 2 1 0 1 2 ... side - 1, side - 2 ...
    const period = Math.max(1, 2 * (side - 1));
    const k = (((i - before) % period) + period) % period;
    return Math.min(k, period - k);
  };
  const half = side / 2;
  const result = new Float64Array(half * half * (1 + 4 * L));
  const filters = Array.from({ length: 1 + L }, (_, f) => filterOf(f - 1, P));
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const to = (y * half + x) * (1 + 4 * L);
      // One sample of the sub-sampled frame is dropped on each side.
      const [row, column] = [2 * (y + 1), 2 * (x + 1)];
      for (const [f, filter] of filters.entries()) {
        let [re, im] = [0, 0];
        for (let i = 0; i < P * P; i++) {
          const [u, v] = [Math.floor(i / P), i % P];
          const value = image[at(u) * side + at(v)]!;
          const k = ((row - u + P) % P) * P + (column - v + P) % P;
          re += value * filter.re[k]!;
          im += value * filter.im[k]!;
        }
        if (f === 0) {
          result[to] = re;
          continue;
        }
        const own = to + 1 + 2 * (f - 1);
        result[own] = Math.max(re, 0);
        result[own + 1] = Math.max(im, 0);
        result[own + 2 * L] = Math.max(-re, 0);
        result[own + 2 * L + 1] = Math.max(-im, 0);
      }
    }
  }
  return result;
}

Deno.test("phaseScattering() agrees with sums over pixels in float64, channel by channel", async (t) => {
  const backend = await startBackend({ threads: 2 });
  for (const side of [2, 4, 6, 8]) {
    await t.step(`${side} x ${side}`, () => {
      const stream = randomStream("phase", side);
      const [n, channels] = [2, 3];
      const x = Float32Array.from({ length: n * side * side * channels }, () => stream.normal());
      const layer = phaseScattering(L)([side, side, channels], 0, 1);
      const maps = 1 + 4 * L;
      assertEquals(layer.outputShape, [side / 2, side / 2, channels * maps]);
      const found = layer.apply(tf.tensor(x, [n, side, side, channels]), inference).dataSync();
      const positions = side * side / 4;
      for (let image = 0; image < n; image++) {
        for (let channel = 0; channel < channels; channel++) {
          const plane = Float64Array.from(
            { length: side * side },
            (_, i) => x[(image * side * side + i) * channels + channel]!,
          );
          for (const [i, expected] of reference(plane, side).entries()) {
            const [position, map] = [Math.floor(i / maps), i % maps];
            const value = found[((image * positions + position) * channels + channel) * maps + map]!;
            assertLess(Math.abs(value - expected), 1e-5, `image ${image}, channel ${channel}, value ${i}`);
          }
        }
      }
    });
  }
  backend.dispose();
});

Deno.test("phaseScattering() has the gradient of central differences", async () => {
  const backend = await startBackend({ threads: 2 });
  const stream = randomStream("phase gradient", 1);
  const normal = (shape: number[]) =>
    tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => stream.normal()), shape);
  const layer = phaseScattering(L)([4, 4, 2], 0, 1);
  const weights = normal([3, 2, 2, 2 * 33]);
  const f = (x: tf.Tensor) => tf.sum(tf.mul(tf.square(layer.apply(x, inference)), weights)) as tf.Scalar;
  const x = normal([3, 4, 4, 2]);
  const gradient = tf.grad(f)(x);
  for (let draw = 0; draw < 5; draw++) {
    const direction = normal([3, 4, 4, 2]);
    const along = tf.sum(tf.mul(gradient, direction)).dataSync()[0]!;
    const h = 1e-2;
    const [up, down] = [h, -h].map((step) => f(tf.add(x, tf.mul(direction, step))).dataSync()[0]!);
    const scale = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!);
    assertLess(Math.abs((up! - down!) / (2 * h) - along), 5e-3 * scale, `direction ${draw}`);
  }
  backend.dispose();
});

Deno.test("phaseScattering() rectifies each map and its negative", async () => {
  const backend = await startBackend({ threads: 1 });
  const stream = randomStream("phase energy", 1);
  const x = tf.tensor(Float32Array.from({ length: 64 }, () => stream.normal()), [1, 8, 8, 1]);
  const y = phaseScattering(L)([8, 8, 1], 0, 1).apply(x, inference).dataSync() as Float32Array;
  for (let position = 0; position < 16; position++) {
    const waves = y.subarray(position * 33 + 1, (position + 1) * 33);
    for (let k = 0; k < 2 * L; k++) {
      // A value and its negative cannot both be positive.
      assertEquals(Math.min(waves[k]!, waves[k + 2 * L]!), 0);
      assertLess(0, waves[k]! + waves[k + 2 * L]!);
    }
  }
  backend.dispose();
});

Deno.test("phaseScattering() refuses odd sides", () => {
  assertThrows(() => phaseScattering()([7, 8, 1], 0, 1), RangeError, "7 x 8 pixels");
  assertThrows(() => phaseScattering()([1, 1, 1], 0, 1), RangeError, "1 x 1 pixels");
});
