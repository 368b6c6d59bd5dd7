import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { distinctValues } from "./compare_backends.ts";
import { modelGradients } from "./model_gradients.ts";
import { startBackend } from "./start_backend.ts";

type Symbol = layers.SymbolicTensor;
const { add, concatenate, conv2d, dense, dropout, flatten } = layers.layers;

/** A network with two branches: input -> a -> (b, c) -> joined -> d. */
function branching(): layers.LayersModel {
  const input = layers.input({ shape: [6, 6, 2], name: "image" });
  const conv = (name: string) =>
    conv2d({ name, filters: 3, kernelSize: 3, padding: "same", activation: "relu" });
  const a = conv("a").apply(input) as Symbol;
  const joined = concatenate({ name: "joined" }).apply(
    [conv("b").apply(a), conv("c").apply(a)] as Symbol[],
  ) as Symbol;
  const d = dense({ name: "d", units: 4 }).apply(
    dropout({ rate: 0.5 }).apply(flatten().apply(joined)) as Symbol,
  ) as Symbol;
  const model = layers.model({ inputs: input, outputs: d });
  model.setWeights(model.weights.map(({ shape }, i) => {
    return tf.tensor(distinctValues(shape as number[], 7 * i).data, shape as number[]);
  }));
  return model;
}

const classOne = (output: tf.Tensor) => tf.sum(tf.slice(output, [0, 1], [output.shape[0]!, 1])) as tf.Scalar;

Deno.test("modelGradients() is the gradient of the input, and of every layer within", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const model = branching();
  const x = tf.tensor(distinctValues([2, 6, 6, 2], 3).data, [2, 6, 6, 2]);
  const { value, inputs, layers: inner } = modelGradients(model, x, ["a", "joined", "d"], classOne);

  await t.step("the value and the gradient of the input are those of tf.grad()", () => {
    assertEquals(value.dataSync()[0], classOne(model.apply(x) as tf.Tensor).dataSync()[0]);
    const expected = tf.grad((x) => classOne(model.apply(x) as tf.Tensor))(x);
    assertEquals(inputs[0]!.arraySync(), expected.arraySync());
  });

  await t.step("the gradient of the output is one at the class", () => {
    assertEquals(inner.get("d")!.gradient.arraySync(), [[0, 1, 0, 0], [0, 1, 0, 0]]);
  });

  await t.step("the gradient of what is joined is a column of the weights behind it", () => {
    const { value, gradient } = inner.get("joined")!;
    assertEquals(value.shape, [2, 6, 6, 6]);
    const column = tf.slice(model.getLayer("d").getWeights()[0]!, [0, 1], [216, 1]);
    assertEquals(gradient.arraySync(), tf.tile(tf.reshape(column, [1, 6, 6, 6]), [2, 1, 1, 1]).arraySync());
  });

  await t.step("the gradient of what branches is the slope of what follows, both branches together", () => {
    const { value, gradient } = inner.get("a")!;
    const rest = (a: tf.Tensor) => {
      const joined = tf.concat(
        [model.getLayer("b").apply(a), model.getLayer("c").apply(a)] as tf.Tensor[],
        3,
      );
      return classOne(model.getLayer("d").apply(tf.reshape(joined, [2, 216])) as tf.Tensor).dataSync()[0]!;
    };
    const direction = tf.tensor(distinctValues(value.shape, 41).data, value.shape);
    const step = tf.mul(direction, 2 ** -8);
    const slope = (rest(tf.add(value, step)) - rest(tf.sub(value, step))) * 2 ** 7;
    assertAlmostEquals(tf.sum(tf.mul(direction, gradient)).dataSync()[0]! / slope, 1, 2e-2);
  });

  await t.step("no tensor is left behind", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => void modelGradients(model, x, ["a", "joined"], classOne));
    assertEquals(tf.memory().numTensors, before);
  });

  await t.step("a layer that the number does not depend on has the gradient 0", () => {
    const { layers: inner } = modelGradients(
      model,
      x,
      ["b"],
      (output) => tf.sum(tf.mul(output, 0)) as tf.Scalar,
    );
    assertEquals(tf.max(tf.abs(inner.get("b")!.gradient)).dataSync()[0], 0);
  });

  await t.step("what cannot be found says so", () => {
    assertThrows(() => modelGradients(model, x, ["e"], classOne), Error, "No such layer: e");
    assertThrows(() => modelGradients(model, [x, x], [], classOne), RangeError, "it has 1 inputs");
    const input = layers.input({ shape: [3] });
    const shared = dense({ name: "shared", units: 3 });
    const twice = add().apply([shared.apply(input), shared.apply(shared.apply(input))] as Symbol[]) as Symbol;
    const model2 = layers.model({ inputs: input, outputs: twice });
    assertThrows(
      () => modelGradients(model2, tf.ones([1, 3]), ["shared"], classOne),
      RangeError,
      "is applied 3 times",
    );
    assertEquals(modelGradients(model2, tf.ones([1, 3]), [], classOne).inputs[0]!.shape, [1, 3]);
  });

  backend.dispose();
});
