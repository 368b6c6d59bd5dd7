import "@tensorflow/tfjs-backend-cpu";
import { mul, oneHot, type Scalar, setBackend, sum, type Tensor, tensor4d } from "@tensorflow/tfjs-core";
import { input, layers, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { randomStream } from "../numeric/random/random_stream.ts";
import { permuteWeights, sampleFilters } from "./permute_weights.ts";
import { gradientAt, inputOf, layersBetween, outputOf, runLayers } from "./run_layers.ts";

await setBackend("cpu");

/** Two branches that are joined, so that the order of layers is not that of a chain. */
function branched(): LayersModel {
  const image = input({ shape: [3, 3, 2], name: "image" });
  const apply = (layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]) =>
    layer.apply(x) as SymbolicTensor;
  const left = apply(layers.conv2d({ name: "left", filters: 2, kernelSize: 1 }), image);
  const right = apply(
    layers.reLU({ name: "right" }),
    apply(layers.conv2d({ name: "before-right", filters: 1, kernelSize: 1 }), image),
  );
  const joined = apply(layers.concatenate({ name: "joined" }), [left, right]);
  const network = model({
    inputs: image,
    outputs: apply(layers.globalAveragePooling2d({ name: "mean" }), joined),
    name: "branched",
  });
  sampleFilters(network, randomStream("src/pretrained/run_layers_test", 1));
  return network;
}

const network = branched();
const stream = randomStream("src/pretrained/run_layers_test", 2);
const x = tensor4d(Float32Array.from({ length: 18 }, () => stream.normal()), [1, 3, 3, 2]);

Deno.test("runLayers() gives what the network gives, also from a layer in the middle", () => {
  const whole = [...(network.predict(x) as Tensor).dataSync()];
  assertEquals([inputOf(network), outputOf(network)], ["image", "mean"]);
  const [joined, mean] = runLayers(network, { image: x }, ["joined", "mean"]);
  assertEquals([...mean!.dataSync()], whole);
  assertEquals([...runLayers(network, { joined: joined! }, ["mean"])[0]!.dataSync()], whole);
});

Deno.test("layersBetween() takes no layer that is not needed", () => {
  const names = (given: string[], wanted: string[]) =>
    layersBetween(network, given, wanted).map(({ name }) => name);
  assertEquals(names(["image"], ["right"]), ["before-right", "right"]);
  assertEquals(names(["left", "right"], ["joined"]), ["joined"]);
  assertEquals(names(["joined"], ["joined"]), []);
});

Deno.test("runLayers() refuses what does not follow, and layers that there are not", () => {
  assertThrows(() => runLayers(network, { left: x }, ["joined"]), RangeError, "they need image");
  assertThrows(() => runLayers(network, { image: x }, ["fire9"]), RangeError, "it must have a layer fire9");
});

Deno.test("gradientAt() is the derivative with respect to one layer: finite differences", () => {
  const loss = (output: Tensor) => sum(mul(output, oneHot([2], 3))) as Scalar;
  for (const layer of ["image", "joined"]) {
    const [result] = runLayers(network, { image: x }, [layer]);
    const gradient = gradientAt(network, layer, result!, loss).dataSync();
    const values = result!.dataSync();
    gradient.forEach((derivative: number, i: number) => {
      const [low, high] = [-1, 1].map((side) => {
        const moved = values.slice();
        moved[i]! += side * 1e-2;
        const [mean] = runLayers(network, {
          [layer]: tensor4d(moved, result!.shape as [number, number, number, number]),
        }, [
          "mean",
        ]);
        return mean!.dataSync()[2]!;
      });
      assertAlmostEquals(derivative, (high! - low!) / 2e-2, 1e-4);
    });
  }
});

Deno.test("permuteWeights() keeps the values of each array, in the layers that are named alone", () => {
  const changed = branched();
  const weights = (of: LayersModel, layer: string) => [...of.getLayer(layer).getWeights()[0]!.dataSync()];
  permuteWeights(changed, randomStream("permuted", 3), ["left"]);
  assertNotEquals(weights(changed, "left"), weights(network, "left"));
  assertEquals(weights(changed, "left").sort(), weights(network, "left").sort());
  assertEquals(weights(changed, "before-right"), weights(network, "before-right"));
});
