import { fill, ones, tidy } from "@tensorflow/tfjs-core";
import {
  initializers,
  input,
  layers,
  type LayersModel,
  model,
  type SymbolicTensor,
} from "@tensorflow/tfjs-layers";
import type {
  ConvolutionDescription,
  LayerCounts,
  LayerDescription,
  MapShape,
  NetworkDescription,
} from "../../../src/nn/descriptions/network_description.ts";
import { SelectMaps } from "./select_maps.ts";

/** The shape that tfjs-layers gives, as {@linkcode MapShape}. */
function mapShape(shape: readonly (number | null)[]): MapShape {
  const sides = shape.slice(1) as number[];
  return sides.length === 1 ? [1, 1, sides[0]!] : sides as unknown as MapShape;
}

/**
 * Builds a network with tfjs-layers, layer after layer, and counts what was built: shapes from the layers, parameters from
 * `countParams()`, connections by running ones through weights of one, which add up one for each. No formula of the description
 * has a part in it. Each layer is taken apart before the next is built.
 *
 * @param network The description.
 * @param countConnections Whether connections are counted too, which runs the network; else they are `NaN`.
 */
export function countBuilt(network: NetworkDescription, countConnections: boolean): LayerCounts[] {
  const counts: LayerCounts[] = [];
  for (const layer of network.layers) {
    counts.push(countLayer(layer, counts.at(-1)?.shape ?? network.input, countConnections));
  }
  return counts;
}

function countLayer(layer: LayerDescription, shape: MapShape, countConnections: boolean): LayerCounts {
  const built = buildLayer(layer, shape);
  const fixed = layer.kind === "distance" ? built.countParams() : 0;
  const counts: LayerCounts = {
    name: layer.name,
    shape: mapShape(built.outputShape as (number | null)[]),
    parameters: built.countParams() - fixed,
    connections: countConnections ? sumOfOnes(built, layer, shape) : NaN,
  };
  built.dispose();
  return counts;
}

/** What a layer of ones gives for an input of ones, over all its outputs. */
function sumOfOnes(built: LayersModel, layer: LayerDescription, shape: MapShape): number {
  return tidy(() => {
    // The coefficient of a mean over a window: its sum is one for each of its values.
    const weight = layer.kind === "subsampling" ? layer.window ** 2 : 1;
    built.setWeights(
      built.weights.map(({ name, shape }) =>
        fill(shape as number[], name.includes("depthwise_kernel") ? weight : 1)
      ),
    );
    const output = built.predict(ones([1, ...shape]));
    // Maxima of ones have as many connections as their windows have values.
    const times = layer.kind === "pooling" ? layer.window ** 2 : 1;
    return times *
      Array.from((Array.isArray(output) ? output[0]! : output).dataSync()).reduce((a, b) => a + b);
  });
}

/** Builds a model of one layer, its weights zero. */
export function buildLayer(layer: LayerDescription, shape: MapShape): LayersModel {
  const x = input({ shape: [...shape] });
  return model({ inputs: x, outputs: applyLayer(layer, x, shape) });
}

const zeros = initializers.zeros();

function applyLayer(layer: LayerDescription, x: SymbolicTensor, [, , maps]: MapShape): SymbolicTensor {
  const apply = (made: layers.Layer, to = x) => made.apply(to) as SymbolicTensor;
  switch (layer.kind) {
    case "convolution":
      return applyConvolution(layer, x, maps);
    case "subsampling":
      return apply(
        layers.depthwiseConv2d({ kernelSize: 1, depthwiseInitializer: zeros }),
        apply(layers.averagePooling2d({ poolSize: layer.window, strides: layer.window })),
      );
    case "pooling":
      return apply(layers.maxPooling2d({ poolSize: layer.window, strides: layer.stride }));
    case "dense":
    case "distance":
      return apply(
        layers.dense({
          units: layer.units,
          useBias: layer.kind === "dense",
          kernelInitializer: zeros,
        }),
        apply(layers.flatten()),
      );
  }
}

function applyConvolution(
  { maps, kernel, stride = 1, pad = 0, groups = 1, sees }: ConvolutionDescription,
  x: SymbolicTensor,
  channels: number,
): SymbolicTensor {
  const padded = pad === 0
    ? x
    : layers.zeroPadding2d({ padding: [[pad, pad], [pad, pad]] }).apply(x) as SymbolicTensor;
  /** Filters that see some of the maps. */
  const part = (filters: number, seen: readonly number[]) => {
    const selected = seen.length === channels ? padded : new SelectMaps({ maps: seen }).apply(padded);
    const convolution = layers.conv2d({
      filters,
      kernelSize: kernel,
      strides: stride,
      kernelInitializer: zeros,
    });
    return convolution.apply(selected) as SymbolicTensor;
  };
  if (sees !== undefined) {
    return layers.concatenate().apply(sees.map((seen) => part(1, seen))) as SymbolicTensor;
  }
  const seenByGroup = channels / groups;
  const parts = Array.from(
    { length: groups },
    (_, group) => part(maps / groups, Array.from({ length: seenByGroup }, (_, i) => group * seenByGroup + i)),
  );
  return parts.length === 1 ? parts[0]! : layers.concatenate().apply(parts) as SymbolicTensor;
}
