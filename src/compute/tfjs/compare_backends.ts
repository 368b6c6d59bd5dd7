/**
 * Comparison of the wasm backend with the cpu backend, for tests.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";

/** Values to build a tensor of on either backend. */
export interface Values {
  /** Its shape. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

/** What an operation gave: its result, and the gradient of <result, weights> with respect to each input. */
export type Outcome = readonly Values[];

/**
 * Values in [-1, 1), all different where they are fewer than 997, so that a largest value is never tied.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(distinctValues([2, 2], 1).data.length, 4);
 * ```
 */
export function distinctValues(shape: readonly number[], seed: number): Values {
  const size = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float32Array.from({ length: size }, (_, i) => ((i + seed) * 389 % 997) / 498.5 - 1) };
}

/**
 * Runs an operation and its gradients on one backend.
 *
 * @param backend "wasm" or "cpu".
 * @param inputs Its inputs.
 * @param operation The operation.
 * @returns The result, then a gradient for each input.
 */
export async function runOn(
  backend: "wasm" | "cpu",
  inputs: readonly Values[],
  operation: (...inputs: tf.Tensor[]) => tf.Tensor,
): Promise<Outcome> {
  await tf.setBackend(backend);
  const outcome = tf.tidy(() => {
    const tensors = inputs.map(({ shape, data }) => tf.tensor(data, [...shape]));
    const result = operation(...tensors);
    const weights = tf.tensor(distinctValues(result.shape, 5).data, result.shape);
    const gradients = tf.grads((...x) => tf.sum(tf.mul(operation(...x), weights)))(tensors);
    return [result, ...gradients].map((tensor) => {
      return { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) };
    });
  });
  await tf.setBackend("wasm");
  return outcome;
}

/**
 * The largest relative difference between two outcomes in the L2 norm, tensor by tensor; Infinity where shapes
 * differ or a value is not finite on one side alone.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const one = [{ shape: [1], data: Float32Array.of(1) }];
 * assertEquals(difference(one, [{ shape: [1], data: Float32Array.of(1.5) }]), 1 / 3);
 * ```
 */
export function difference(actual: Outcome, expected: Outcome): number {
  return Math.max(
    ...actual.map(({ shape, data }, i) => {
      const other = expected[i]!;
      if (String(shape) !== String(other.shape)) return Infinity;
      let error = 0;
      let norm = 0;
      for (const [k, value] of data.entries()) {
        if (Object.is(value, other.data[k]) || (value === 0 && other.data[k] === 0)) continue;
        error += (value - other.data[k]!) ** 2;
      }
      for (const value of other.data) norm += value ** 2;
      if (Number.isNaN(error)) return Infinity;
      return error === 0 ? 0 : Math.sqrt(error / Math.max(norm, Number.MIN_VALUE));
    }),
  );
}
