import { assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import "./fused_gradients.ts";

const x = [[1, 2], [3, 4]];

function differentiate(attributes: tf.NamedAttrMap): () => tf.Tensor {
  const b = tf.tensor2d(x);
  const bias = tf.zeros([2]);
  const f = (a: tf.Tensor) =>
    tf.sum(tf.engine().runKernel("_FusedMatMul", { a, b, bias }, attributes) as tf.Tensor);
  return () => tf.grad(f)(tf.tensor2d(x));
}

Deno.test("the gradient of a fused product knows no transposed operands and no other activation", async () => {
  const backend = await startBackend({ threads: 1 });
  const plain = { transposeA: false, transposeB: false, activation: "linear" };
  differentiate(plain)();
  assertThrows(differentiate({ ...plain, transposeB: true }), Error, "of transposed operands");
  assertThrows(differentiate({ ...plain, activation: "elu" }), Error, 'of a fused "elu"');
  backend.dispose();
});
