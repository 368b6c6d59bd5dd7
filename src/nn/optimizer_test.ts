import { assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { Optimizer } from "./optimizer.ts";

Deno.test("Optimizer agrees with the optimisers of tfjs", async () => {
  const backend = await startBackend({ threads: 2 });
  const start = Float32Array.from({ length: 40_003 }, (_, i) => Math.sin(i));
  const loss = (w: tf.Tensor) => tf.sum(tf.sub(tf.square(tf.square(w)), w)) as tf.Scalar;
  const references = [["sgd", tf.train.momentum(0.01, 0.9)], ["adam", tf.train.adam(0.01)]] as const;
  for (const [rule, reference] of references) {
    const ours = tf.variable(tf.tensor1d(start));
    const theirs = tf.variable(tf.tensor1d(start));
    const optimizer = new Optimizer([{ name: "w", variable: ours!, group: "weight" }], { rule });
    for (let step = 0; step < 20; step++) {
      optimizer.update(tf.variableGrads(() => loss(ours!), [ours!]).grads, 0.01);
      reference.minimize(() => loss(theirs!), false, [theirs!]);
    }
    const expected = theirs!.dataSync();
    for (const [i, value] of ours!.dataSync().entries()) {
      assertLess(Math.abs(value - expected[i]!), 2e-5, rule);
    }
  }
  backend.dispose();
});

Deno.test("Optimizer scales gradients, and decays each group by its own factor", async () => {
  const backend = await startBackend({ threads: 2 });
  const [weight, bias] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))] as [
    tf.Variable,
    tf.Variable,
  ];
  const optimizer = new Optimizer([
    { name: "weight", variable: weight, group: "weight" },
    { name: "bias", variable: bias, group: "bias" },
  ], { rule: "sgd", beta1: 0.5, decay: { weight: 0.25 } });
  const gradients = { [weight.name]: tf.tensor1d([2]), [bias.name]: tf.tensor1d([2]) };
  optimizer.update(gradients, 0.5, 0.5);
  // Velocities 2 / 2 + 1 / 4 and 2 / 2.
  assertEquals([weight.dataSync()[0], bias.dataSync()[0]], [1 - 0.5 * 1.25, 0.5]);
  optimizer.update(gradients, 0.5, 0);
  // Half of the velocities, and the decay of the weight that is left.
  assertEquals([weight.dataSync()[0], bias.dataSync()[0]], [0.375 - 0.5 * (0.625 + 0.25 * 0.375), 0.25]);
  assertThrows(() => optimizer.update({}, 1), Error, "no gradient");
  const wrong = { ...gradients, [bias.name]: tf.tensor1d([2, 2]) };
  assertThrows(() => optimizer.update(wrong, 1), RangeError, "values (1) with a gradient (2)");
  backend.dispose();
});
