/**
 * The fast gradient sign method.
 *
 * @module
 */
import {
  grad,
  logSumExp,
  mul,
  oneHot,
  sign,
  sub,
  sum,
  type Tensor,
  tensor1d,
  tidy,
} from "@tensorflow/tfjs-core";

/** What is taken from a logit so that its class has no part in a sum of exponentials. */
const excluded = 1e9;

/**
 * The signs of the gradient of the cross-entropy with respect to the inputs (Goodfellow, Shlens and Szegedy 2015, section 4): along
 * them the loss grows fastest among steps of one largest entry.
 *
 * @param logits A network up to its logits `(batch, classes)`.
 * @param x Inputs, the batch first.
 * @param labels The class of each, whose probability the step lowers.
 * @returns -1, 0 or 1 in the shape of `x`.
 *
 * @example Usage
 * ```ts
 * import "@tensorflow/tfjs-backend-cpu";
 * import "@tensorflow/tfjs-layers";
 * import { matMul, setBackend, tensor2d } from "@tensorflow/tfjs-core";
 * import { assertEquals } from "@std/assert";
 *
 * await setBackend("cpu");
 * const w = tensor2d([[1, 0], [0, 2]]);
 * const signs = signStep((x) => matMul(x, w), tensor2d([[5, 1]]), [0]);
 * assertEquals([...signs.dataSync()], [-1, 1]);
 * ```
 */
export function signStep(
  logits: (x: Tensor) => Tensor,
  x: Tensor,
  labels: readonly number[],
): Tensor {
  return tidy(() => {
    // Log of the odds against the class: its gradient is that of the cross-entropy over 1 - p, which float32 rounds to 0 where a
    // classifier is sure, and has the same signs.
    const loss = (x: Tensor) => {
      const z = logits(x);
      const own = oneHot(tensor1d([...labels], "int32"), z.shape[1]!);
      return sum(sub(logSumExp(sub(z, mul(own, excluded)), 1), sum(mul(z, own), 1)));
    };
    return sign(grad(loss)(x));
  });
}
