import type { Weight } from "./named_weights.ts";

/**
 * Filters of a convolution as tfjs wants them.
 *
 * @param values `(out, in, height, width)`, as Caffe and PyTorch store them.
 * @param shape Those four lengths.
 * @returns `(height, width, in, out)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { shape, values } = channelsLast(Float32Array.of(1, 2, 3, 4), [2, 1, 1, 2]);
 * assertEquals([shape, [...values]], [[1, 2, 1, 2], [1, 3, 2, 4]]);
 * ```
 */
export function channelsLast(
  values: ArrayLike<number>,
  shape: readonly [number, number, number, number],
): Weight {
  const [outs, ins, height, width] = shape;
  const last = new Float32Array(outs * ins * height * width);
  let from = 0;
  for (let o = 0; o < outs; o++) {
    for (let i = 0; i < ins; i++) {
      for (let at = 0; at < height * width; at++) last[(at * ins + i) * outs + o] = values[from++]!;
    }
  }
  return { shape: [height, width, ins, outs], values: last };
}
