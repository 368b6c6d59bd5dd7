import { input, layers, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { ceilPool } from "../layers/ceil_pool.ts";
import { type FilterShape, readDeepCompression } from "../weights/deep_compression.ts";
import { channelsLast } from "../weights/filters.ts";
import type { NamedWeights, Weight } from "../weights/named_weights.ts";
import { setWeights } from "../weights/set_weights.ts";
import { dataset, readClasses, synsetFile } from "./cnn_files.ts";
import { squeezeNetFile, squeezeNetInput } from "./network_files.ts";
import type { ConvolutionalClassifier, InputSize, Stage } from "./pretrained_network.ts";

/** A fire module: 1x1 filters that squeeze, then 1x1 and 3x3 filters side by side that expand. */
interface Fire {
  readonly name: string;
  /** Filters of the first kind. */
  readonly squeeze: number;
  /** Filters of each of the two others. */
  readonly expand: number;
}

/** How many filters each layer of SqueezeNet has; the defaults are those of v1.0 (Iandola et al., table 1). */
export interface SqueezeNetSizes {
  /** Rows of the input. */
  readonly side: number;
  /** Columns of it; as many by default. */
  readonly width?: number;
  /** Filters of the first convolution, 7x7. */
  readonly first: number;
  /** Fire modules, in their order. */
  readonly fires: readonly Fire[];
  /** After which stages 3x3 windows are pooled. */
  readonly pooled: readonly string[];
  /** Classes. */
  readonly classes: number;
}

/** SqueezeNet v1.0. */
const sizes: SqueezeNetSizes = {
  side: squeezeNetInput.side,
  first: 96,
  fires: [
    { name: "fire2", squeeze: 16, expand: 64 },
    { name: "fire3", squeeze: 16, expand: 64 },
    { name: "fire4", squeeze: 32, expand: 128 },
    { name: "fire5", squeeze: 32, expand: 128 },
    { name: "fire6", squeeze: 48, expand: 192 },
    { name: "fire7", squeeze: 48, expand: 192 },
    { name: "fire8", squeeze: 64, expand: 256 },
    { name: "fire9", squeeze: 64, expand: 256 },
  ],
  pooled: ["conv1", "fire4", "fire8"],
  classes: 1000,
};

const fireStage = (name: string): Stage => ({ name, before: `${name}/concat`, after: `${name}/relu` });

const sized = ({ height, width }: InputSize): SqueezeNetSizes => ({ ...sizes, side: height, width });

/**
 * SqueezeNet v1.0 (Iandola et al., arXiv:1602.07360) as its authors trained it in Caffe, pruned and with 8-bit weights (Han et al.,
 * arXiv:1510.00149). Its output is the spatial mean of the last convolution after its ReLU, before the softmax.
 */
export const squeezeNet: ConvolutionalClassifier = {
  title: "SqueezeNet v1.0",
  dataset,
  files: [squeezeNetFile],
  classFiles: [synsetFile],
  input: squeezeNetInput,
  stages: [
    { name: "conv1", before: "conv1", after: "relu_conv1" },
    ...sizes.fires.map(({ name }) => fireStage(name)),
    { name: "conv10", before: "conv10", after: "relu_conv10" },
  ],
  lastStage: fireStage(sizes.fires.at(-1)!.name),
  classLayer: "conv10",
  load: (context) => squeezeNet.loadAt(context, { height: sizes.side, width: sizes.side }),
  async loadAt(context, size) {
    const bytes = await context.read({ dataset, name: squeezeNetFile });
    return squeezeNetOf(bytes, `${dataset}/${squeezeNetFile}`, sized(size));
  },
  untrained: (size) => layersOf(sized(size)),
  classes: readClasses,
};

/**
 * Makes a SqueezeNet of any size from its file.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @param of Its sizes; those of v1.0 by default.
 * @throws {DataError} Where the file is none of a network of these sizes.
 */
export function squeezeNetOf(bytes: Uint8Array, name: string, of: SqueezeNetSizes = sizes): LayersModel {
  const shapes = filterShapes(of);
  const decoded = readDeepCompression(bytes, shapes.map(({ shape }) => shape), name);
  const weights: NamedWeights = new Map(
    shapes.flatMap(({ layer, shape }, i): [string, Weight][] => [
      [`${layer}/kernel`, channelsLast(decoded[i]!.filters, shape)],
      [`${layer}/bias`, { shape: [shape[0]], values: decoded[i]!.bias }],
    ]),
  );
  const network = layersOf(of);
  setWeights(network, weights, name);
  return network;
}

/**
 * The convolutions of a SqueezeNet and the shapes of their filters, in the order of the file.
 *
 * @param of Its sizes; those of v1.0 by default.
 */
export function filterShapes(of: SqueezeNetSizes = sizes): { layer: string; shape: FilterShape }[] {
  let channels = of.first;
  const fires = of.fires.flatMap(({ name, squeeze, expand }): { layer: string; shape: FilterShape }[] => {
    const before = channels;
    channels = 2 * expand;
    return [
      { layer: `${name}/squeeze1x1`, shape: [squeeze, before, 1, 1] },
      { layer: `${name}/expand1x1`, shape: [expand, squeeze, 1, 1] },
      { layer: `${name}/expand3x3`, shape: [expand, squeeze, 3, 3] },
    ];
  });
  return [
    { layer: "conv1", shape: [of.first, 3, 7, 7] },
    ...fires,
    { layer: "conv10", shape: [of.classes, channels, 1, 1] },
  ];
}

/** The model without its weights; layers have the names that Caffe's file has, as far as it names them. */
function layersOf({ side, width = side, first, fires, pooled, classes }: SqueezeNetSizes): LayersModel {
  const image = input({ shape: [side, width, 3], name: "data" });
  const pool = (x: SymbolicTensor, stage: string) =>
    pooled.includes(stage) ? ceilPool(x, stage.replace(/\D+/, "pool")) : x;
  let x = pool(relu(convolution(image, "conv1", first, 7, { strides: 2 }), "relu_conv1"), "conv1");
  for (const { name, squeeze, expand } of fires) {
    const squeezed = relu(convolution(x, `${name}/squeeze1x1`, squeeze, 1), `${name}/relu_squeeze1x1`);
    const wide = layers.concatenate({ name: `${name}/concat` }).apply([
      convolution(squeezed, `${name}/expand1x1`, expand, 1),
      convolution(squeezed, `${name}/expand3x3`, expand, 3, { padding: "same" }),
    ]) as SymbolicTensor;
    x = pool(relu(wide, `${name}/relu`), name);
  }
  // Its 1x1 filters are padded by one pixel, so the border of the output has nothing but the bias.
  const padded = layers.zeroPadding2d({ name: "conv10_pad", padding: 1 }).apply(x) as SymbolicTensor;
  const last = relu(convolution(padded, "conv10", classes, 1), "relu_conv10");
  const logits = layers.globalAveragePooling2d({ name: "pool10" }).apply(last) as SymbolicTensor;
  return model({ inputs: image, outputs: logits, name: "squeezenet" });
}

function convolution(
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number,
  { strides = 1, padding = "valid" as "valid" | "same" } = {},
): SymbolicTensor {
  return layers.conv2d({ name, filters, kernelSize, strides, padding, kernelInitializer: "zeros" })
    .apply(x) as SymbolicTensor;
}

function relu(x: SymbolicTensor, name: string): SymbolicTensor {
  return layers.reLU({ name }).apply(x) as SymbolicTensor;
}
