/**
 * A tiny network for tests: two convolutions, one of them pooled, the other one in two parts that are joined, and a class layer.
 *
 * @module
 */
import { input, layers, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { randomStream } from "../numeric/random/random_stream.ts";
import { ceilPool } from "../pretrained/layers/ceil_pool.ts";
import { sampleFilters } from "../pretrained/permute_weights.ts";

/** The network, with random filters. */
export function tinyNetwork(height: number, width: number): LayersModel {
  const image = input({ shape: [height, width, 3], name: "image" });
  const apply = (layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]) =>
    layer.apply(x) as SymbolicTensor;
  let x = apply(layers.conv2d({ name: "conv1", filters: 4, kernelSize: 3, strides: 1 }), image);
  x = ceilPool(apply(layers.reLU({ name: "relu1" }), x), "pool1");
  x = apply(layers.concatenate({ name: "join" }), [
    apply(layers.conv2d({ name: "one", filters: 3, kernelSize: 1 }), x),
    apply(layers.conv2d({ name: "three", filters: 2, kernelSize: 3, padding: "same" }), x),
  ]);
  x = apply(layers.reLU({ name: "relu2" }), x);
  x = apply(layers.globalAveragePooling2d({ name: "mean" }), x);
  x = apply(layers.reshape({ name: "place", targetShape: [1, 1, 5] }), x);
  x = apply(layers.conv2d({ name: "classes", filters: 3, kernelSize: 1 }), x);
  const network = model({
    inputs: image,
    outputs: apply(layers.flatten({ name: "logits" }), x),
    name: "tiny",
  });
  sampleFilters(network, randomStream("src/saliency tests", 1));
  return network;
}
