/**
 * AlexNet and the networks A to E of VGG as descriptions.
 *
 * @module
 */
import type {
  LayerDescription,
  NetworkDescription,
} from "../../../src/nn/descriptions/network_description.ts";

/**
 * AlexNet (Krizhevsky, Sutskever & Hinton 2012, section 3.5): conv2, conv4 and conv5 see the maps on their own processor alone, which
 * are two groups. The paper says 224 x 224; the 55 x 55 places of conv1 that it prints need 227.
 */
export const alexNet: NetworkDescription = {
  name: "AlexNet",
  input: [227, 227, 3],
  layers: [
    { kind: "convolution", name: "conv1", maps: 96, kernel: 11, stride: 4 },
    { kind: "pooling", name: "pool1", window: 3, stride: 2 },
    { kind: "convolution", name: "conv2", maps: 256, kernel: 5, pad: 2, groups: 2 },
    { kind: "pooling", name: "pool2", window: 3, stride: 2 },
    { kind: "convolution", name: "conv3", maps: 384, kernel: 3, pad: 1 },
    { kind: "convolution", name: "conv4", maps: 384, kernel: 3, pad: 1, groups: 2 },
    { kind: "convolution", name: "conv5", maps: 256, kernel: 3, pad: 1, groups: 2 },
    { kind: "pooling", name: "pool5", window: 3, stride: 2 },
    { kind: "dense", name: "fc6", units: 4096 },
    { kind: "dense", name: "fc7", units: 4096 },
    { kind: "dense", name: "fc8", units: 1000 },
  ],
};

/** A configuration of VGG. */
export type VggName = "A" | "B" | "C" | "D" | "E";

/** Kernels of the convolutions of each of the five stages, between which 2 x 2 windows are pooled (Simonyan & Zisserman 2015, Table 1). */
const stages: Readonly<Record<VggName, readonly (readonly number[])[]>> = {
  A: [[3], [3], [3, 3], [3, 3], [3, 3]],
  B: [[3, 3], [3, 3], [3, 3], [3, 3], [3, 3]],
  C: [[3, 3], [3, 3], [3, 3, 1], [3, 3, 1], [3, 3, 1]],
  D: [[3, 3], [3, 3], [3, 3, 3], [3, 3, 3], [3, 3, 3]],
  E: [[3, 3], [3, 3], [3, 3, 3, 3], [3, 3, 3, 3], [3, 3, 3, 3]],
};

/** Maps of each stage. */
const maps = [64, 128, 256, 512, 512];

/** The configurations. */
export const vggNames: readonly VggName[] = ["A", "B", "C", "D", "E"];

/** A configuration of VGG; D is VGG-16. */
export function vgg(name: VggName): NetworkDescription {
  const convolutions = stages[name].flatMap((kernels, stage): LayerDescription[] => [
    ...kernels.map((kernel, i) => ({
      kind: "convolution" as const,
      name: `conv${stage + 1}_${i + 1}`,
      maps: maps[stage]!,
      kernel,
      pad: (kernel - 1) / 2,
    })),
    { kind: "pooling", name: `pool${stage + 1}`, window: 2, stride: 2 },
  ]);
  return {
    name: `VGG ${name}`,
    input: [224, 224, 3],
    layers: [
      ...convolutions,
      { kind: "dense", name: "fc6", units: 4096 },
      { kind: "dense", name: "fc7", units: 4096 },
      { kind: "dense", name: "fc8", units: 1000 },
    ],
  };
}

/** The same network with convolutions that see every map. */
export function withoutGroups(network: NetworkDescription): NetworkDescription {
  return {
    ...network,
    layers: network.layers.map((layer) => {
      if (layer.kind !== "convolution") return layer;
      const { groups: _groups, sees: _sees, ...whole } = layer;
      return whole;
    }),
  };
}
