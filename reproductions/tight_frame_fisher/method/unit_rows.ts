import * as tf from "@tensorflow/tfjs-core";
import { orderedSum } from "../../../src/compute/tfjs/ordered_sum.ts";

/**
 * Divides by the Euclidean norm along the last side: patches, the channels at each position of a feature map, or the rows of
 * a matrix. A row of zeros stays one, with gradient 0: it has no direction.
 *
 * @param x `(..., columns)`.
 * @returns The same shape.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(unitRows(tensor2d([[0, -2], [0, 0]])).dataSync()), [0, -1, 0, 0]);
 * backend.dispose();
 * ```
 */
export function unitRows(x: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((x, save) => {
    const results = tf.engine().runKernel("UnitRows", { x: x as tf.Tensor }) as unknown as tf.Tensor[];
    (save as unknown as (tensors: tf.Tensor[]) => void)(results);
    return {
      value: results[0]!,
      // The part of dy that is orthogonal to y, over the norm.
      gradFunc: (dy: tf.Tensor, [y, inverse]: tf.Tensor[]) => {
        const along = tf.mul(y!, orderedSum(tf.mul(dy, y!), [y!.rank - 1], true));
        return tf.mul(tf.sub(dy, along), inverse!);
      },
    };
  });
  return operation(x);
}
