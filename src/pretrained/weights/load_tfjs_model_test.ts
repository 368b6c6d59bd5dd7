import "@tensorflow/tfjs-backend-cpu";
import { memory, setBackend, type Tensor, tensor, tensor4d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inMemory, someValues, writeTfjsModel } from "../test_helpers.ts";
import { loadTfjsModel } from "./load_tfjs_model.ts";

await setBackend("cpu");

const from = { dataset: "tiny", path: "net" };

/** A layer of each kind that Tiny Darknet has. */
function tinyModel() {
  return sequential({
    name: "tiny",
    layers: [
      layers.conv2d({
        name: "c1",
        inputShape: [4, 4, 2],
        filters: 3,
        kernelSize: 3,
        padding: "same",
        useBias: false,
      }),
      layers.batchNormalization({ name: "b1", epsilon: 1e-3 }),
      layers.leakyReLU({ name: "l1", alpha: 0.1 }),
      layers.maxPooling2d({ name: "p1", poolSize: 2, strides: 2, padding: "same" }),
      layers.conv2d({ name: "c2", filters: 2, kernelSize: 1 }),
      layers.globalAveragePooling2d({ name: "g" }),
    ],
  });
}

function filesOf(model = tinyModel()) {
  const weights = new Map(model.weights.map(({ originalName, shape }, i) => [
    originalName,
    // Variances are positive.
    {
      shape: shape as number[],
      values: someValues(shape.reduce((a, b) => a! * b!, 1)!, i).map((v) => Math.abs(v) + 0.1),
    },
  ]));
  return { weights, topology: { model_config: model.toJSON(null, false) as object } };
}

Deno.test("loadTfjsModel() gives the model that was saved, with its weights", async () => {
  const { weights, topology } = filesOf();
  const loaded = await loadTfjsModel(from, inMemory(writeTfjsModel("net", weights, topology)));
  const original = tinyModel();
  original.setWeights(original.weights.map(({ originalName }) => {
    const { shape, values } = weights.get(originalName)!;
    return tensor(values, shape);
  }));
  const x = tensor4d(someValues(32, 99), [1, 4, 4, 2]);
  assertEquals(
    [...(loaded.predict(x) as Tensor).dataSync()],
    [...(original.predict(x) as Tensor).dataSync()],
  );
});

Deno.test("loadTfjsModel() loads a model twice, and leaves no other tensors than its weights", async () => {
  const { weights, topology } = filesOf();
  const context = inMemory(writeTfjsModel("net", weights, topology));
  await loadTfjsModel(from, context);
  const before = memory().numTensors;
  const model = await loadTfjsModel(from, context);
  assertEquals(memory().numTensors - before, model.weights.length);
  assertEquals([...model.weights[0]!.read().dataSync()], [...weights.get("c1/kernel")!.values]);
});

Deno.test("loadTfjsModel() refuses a topology that is missing or unknown, and weights that do not fit, in one line", async (t) => {
  const { weights, topology } = filesOf();
  const less = new Map([...weights].slice(1));
  const other = new Map([...weights, ["c2/bias", { shape: [3], values: someValues(3, 1) }]]);
  const cases: Record<string, [Record<string, Uint8Array>, string]> = {
    "no topology": [
      writeTfjsModel("net", weights),
      "its modelTopology must say what the layers are: it is null",
    ],
    "an unknown layer": [
      writeTfjsModel("net", weights, { model_config: { class_name: "Transmogrifier", config: {} } }),
      "Cannot load tiny/net/model.json: ",
    ],
    "an empty topology": [writeTfjsModel("net", weights, {}), "Cannot load tiny/net/model.json: "],
    "a weight missing": [writeTfjsModel("net", less, topology), "c1/kernel"],
    "another shape": [writeTfjsModel("net", other, topology), "Cannot load tiny/net/model.json: "],
  };
  for (const [title, [files, reason]] of Object.entries(cases)) {
    await t.step(title, async () => {
      const error = await assertRejects(() => loadTfjsModel(from, inMemory(files)), DataError, reason);
      assertEquals(error.message.split("\n").length, 1);
    });
  }
});
