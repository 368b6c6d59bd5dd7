import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { componentColours, principalComponents } from "./principal_components.ts";
import { normals } from "../../../src/transformers/attention/test_helpers.ts";

Deno.test("principalComponents() finds the axes of a stretched cloud in the order of their variance", () => {
  const values = normals(500 * 3, randomStream("components", 0)).map((value, at) =>
    value * [1, 5, 0.2][at % 3]!
  );
  const { scores, variances } = principalComponents({ values, dimension: 3 });
  assert(variances[0]! > 20 && variances[0]! < 30 && variances[1]! < 2 && variances[2]! < 0.1);
  let [square, mean] = [0, 0];
  for (let i = 0; i < 500; i++) {
    mean += scores[i * 3]! / 500;
    square += scores[i * 3]! ** 2 / 500;
  }
  assertAlmostEquals(mean, 0, 1e-12);
  assertAlmostEquals(square, variances[0]!, 1e-10);
});

Deno.test("principalComponents() of fewer points than dimensions keeps all distances", () => {
  const n = 4;
  const dimension = 9;
  const values = normals(n * dimension, randomStream("components", 1));
  const { scores } = principalComponents({ values, dimension }, n);
  const distance = (points: Float64Array, width: number, i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (points[i * width + k]! - points[j * width + k]!) ** 2;
    return Math.sqrt(sum);
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      assertAlmostEquals(distance(scores, n, i, j), distance(values, dimension, i, j), 1e-12);
    }
  }
});

Deno.test("principalComponents() by covariance and by Gram matrix agree", () => {
  const values = normals(6 * 6, randomStream("components", 2));
  // A seventh coordinate of 0 makes it take the other way.
  const padded = Float64Array.from({ length: 6 * 7 }, (_, at) => {
    return at % 7 === 6 ? 0 : values[Math.floor(at / 7) * 6 + at % 7]!;
  });
  const [a, b] = [
    principalComponents({ values, dimension: 6 }),
    principalComponents({ values: padded, dimension: 7 }),
  ];
  for (const [at, score] of a.scores.entries()) assertAlmostEquals(b.scores[at]!, score, 1e-12);
});

Deno.test("componentColours() spans [0, 1] in each channel that varies", () => {
  const colours = componentColours({ values: normals(50 * 2, randomStream("colours", 0)), dimension: 2 });
  for (const channel of [0, 1] as const) {
    const values = colours.map((colour) => colour[channel]);
    assertEquals([Math.min(...values), Math.max(...values)], [0, 1]);
  }
  assert(colours.every((colour) => colour[2] === 0.5));
});

Deno.test("principalComponents() refuses what is not finite", () => {
  const values = Float64Array.of(1, NaN);
  assertThrows(() => principalComponents({ values, dimension: 1 }), RangeError, "point 1 is NaN");
  assertThrows(() => principalComponents({ values, dimension: 0 }), RangeError, "dimension must be");
});
