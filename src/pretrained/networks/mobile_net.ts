import { input, layers, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { readTfjsModel } from "../weights/read_tfjs_model.ts";
import { setWeights } from "../weights/set_weights.ts";
import { dataset, readClasses, synsetFile } from "./cnn_files.ts";
import { mobileNetFiles, mobileNetFolder, mobileNetInput } from "./network_files.ts";
import type { Classifier, ConvolutionalClassifier, InputSize, Stage } from "./pretrained_network.ts";

/** A depthwise-separable block: 3x3 filters of a channel each, then 1x1 filters across channels. */
interface Block {
  /** Of the first filters. */
  readonly strides: 1 | 2;
  /** Channels that it gives. */
  readonly filters: number;
}

/** How large each layer of a MobileNet v1 is. */
export interface MobileNetSizes {
  /** Rows of the input. */
  readonly side: number;
  /** Columns of it; as many by default. */
  readonly width?: number;
  /** Filters of the first convolution. */
  readonly first: number;
  /** Depthwise-separable blocks, in their order. */
  readonly blocks: readonly Block[];
  /** Classes. */
  readonly classes: number;
}

/** MobileNet v1 with a quarter of the channels (Howard et al., table 1 and section 3.3). */
const sizes: MobileNetSizes = {
  side: mobileNetInput.side,
  first: 8,
  blocks: [
    { strides: 1, filters: 16 },
    { strides: 2, filters: 32 },
    { strides: 1, filters: 32 },
    { strides: 2, filters: 64 },
    { strides: 1, filters: 64 },
    { strides: 2, filters: 128 },
    ...Array.from({ length: 5 }, (): Block => ({ strides: 1, filters: 128 })),
    { strides: 2, filters: 256 },
    { strides: 1, filters: 256 },
  ],
  classes: 1000,
};

const stage = (name: string, layer: string): Stage => ({
  name,
  before: `${layer}_bn`,
  after: `${layer}_relu`,
});

const sized = ({ height, width }: InputSize): MobileNetSizes => ({ ...sizes, side: height, width });

/**
 * MobileNet v1 with a quarter of the channels (Howard et al., arXiv:1704.04861), as Keras and then tfjs published it. Its output
 * is that of the last, linear layer, before the softmax.
 */
export const mobileNet: ConvolutionalClassifier = {
  title: "MobileNet v1 0.25",
  dataset,
  files: mobileNetFiles,
  classFiles: [synsetFile],
  input: mobileNetInput,
  stages: [
    stage("conv1", "conv1"),
    ...sizes.blocks.flatMap((_, i) => [
      stage(`dw${i + 1}`, `conv_dw_${i + 1}`),
      stage(`pw${i + 1}`, `conv_pw_${i + 1}`),
    ]),
  ],
  lastStage: stage(`pw${sizes.blocks.length}`, `conv_pw_${sizes.blocks.length}`),
  classLayer: "conv_preds",
  load: (context) => mobileNetOf({ dataset, path: mobileNetFolder }, context),
  loadAt: (context, size) => mobileNetOf({ dataset, path: mobileNetFolder }, context, sized(size)),
  untrained: (size) => layersOf(sized(size)),
  classes: readClasses,
};

/**
 * Makes a MobileNet v1 of any size from its files, which have weights and no topology.
 *
 * @param from The folder of a data set that has them.
 * @param context Reads the files, verified.
 * @param of Its sizes; those of MobileNet v1 0.25 by default.
 * @throws {DataError} Where the files are none of a network of these sizes.
 */
export async function mobileNetOf(
  from: { readonly dataset: string; readonly path: string },
  context: Parameters<Classifier["load"]>[0],
  of: MobileNetSizes = sizes,
): Promise<LayersModel> {
  const { weights } = await readTfjsModel(from, context);
  const network = layersOf(of);
  setWeights(network, weights, `${from.dataset}/${from.path}`);
  return network;
}

/** The model without its weights; layers have the names of Keras. */
function layersOf({ side, width = side, first, blocks, classes }: MobileNetSizes): LayersModel {
  const image = input({ shape: [side, width, 3], name: "data" });
  const zeros = { useBias: false, kernelInitializer: "zeros", depthwiseInitializer: "zeros" } as const;
  const kernelSize = 3;
  const apply = (layer: layers.Layer, x: SymbolicTensor) => layer.apply(x) as SymbolicTensor;
  const rectified = (x: SymbolicTensor, name: string) =>
    apply(
      layers.reLU({ name: `${name}_relu`, maxValue: 6 }),
      apply(layers.batchNormalization({ name: `${name}_bn`, epsilon: 1e-3 }), x),
    );
  // One pixel on each side at stride 1; at stride 2 one at the bottom and one at the right alone.
  const padded = (x: SymbolicTensor, name: string, strides: 1 | 2) => {
    const before = strides === 1 ? 1 : 0;
    return apply(layers.zeroPadding2d({ name: `${name}_pad`, padding: [[before, 1], [before, 1]] }), x);
  };
  let x = apply(
    layers.conv2d({ ...zeros, name: "conv1", filters: first, kernelSize, strides: 2 }),
    padded(image, "conv1", 2),
  );
  x = rectified(x, "conv1");
  blocks.forEach(({ strides, filters }, i) => {
    const [deep, across] = [`conv_dw_${i + 1}`, `conv_pw_${i + 1}`];
    const depthwise = layers.depthwiseConv2d({ ...zeros, name: deep, kernelSize, strides });
    x = rectified(apply(depthwise, padded(x, deep, strides)), deep);
    x = rectified(apply(layers.conv2d({ ...zeros, name: across, filters, kernelSize: 1 }), x), across);
  });
  x = apply(layers.globalAveragePooling2d({ name: "global_average" }), x);
  x = apply(layers.reshape({ name: "reshape_1", targetShape: [1, 1, blocks.at(-1)!.filters] }), x);
  x = apply(
    layers.conv2d({ name: "conv_preds", filters: classes, kernelSize: 1, kernelInitializer: "zeros" }),
    x,
  );
  const logits = apply(layers.flatten({ name: "logits" }), x);
  return model({ inputs: image, outputs: logits, name: "mobilenet" });
}
