import { input, layers, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import list from "../../data/datasets/files/alexnet_int8.json" with { type: "json" };
import type { ReadContext } from "../../data/sources/source.ts";
import { ceilPool } from "../layers/ceil_pool.ts";
import { GroupedConvolution } from "../layers/grouped_convolution.ts";
import { LocalResponseNormalisation } from "../layers/local_response_normalisation.ts";
import { channelsLast } from "../weights/filters.ts";
import type { Weight } from "../weights/named_weights.ts";
import { readIntegers } from "../weights/read_integers.ts";
import { setWeights } from "../weights/set_weights.ts";
import { dataset, filesIn } from "./cnn_files.ts";
import type { PretrainedNetwork } from "./pretrained_network.ts";

const folder = "alexnet_int8";

/** One convolution of AlexNet. */
interface Convolution {
  /** Filters, the channels that each sees, and its rows and columns. */
  readonly shape: readonly [number, number, number, number];
  /** Groups that channels and filters fall into. */
  readonly groups: 1 | 2;
  /** Whether responses are normalised over channels after the ReLU. */
  readonly normalised: boolean;
  /** Whether 3x3 windows are pooled after that. */
  readonly pooled: boolean;
}

/** How large each convolution of an AlexNet is; the first one has stride 4. */
export interface AlexNetSizes {
  /** Rows and columns of the input. */
  readonly side: number;
  /** `conv1` to the last. */
  readonly convolutions: readonly Convolution[];
}

/** AlexNet in Caffe's form (Krizhevsky et al., NIPS 2012, section 3.5; normalisation before pooling). */
const sizes: AlexNetSizes = {
  side: 227,
  convolutions: [
    { shape: [96, 3, 11, 11], groups: 1, normalised: true, pooled: true },
    { shape: [256, 48, 5, 5], groups: 2, normalised: true, pooled: true },
    { shape: [384, 256, 3, 3], groups: 1, normalised: false, pooled: false },
    { shape: [384, 192, 3, 3], groups: 2, normalised: false, pooled: false },
    { shape: [256, 192, 3, 3], groups: 2, normalised: false, pooled: true },
  ],
};

/** What the integers of the files are divided by. */
const one = 128;
const ranges = { weight: { least: -128, most: 127 }, bias: { least: -32_768, most: 32_767 } } as const;

/**
 * The five convolutions of AlexNet (Krizhevsky et al., NIPS 2012) in Caffe's form, rounded to multiples of 1/128 by A. Mohanty
 * (HLS_for_CNN). It has no fully connected layers, so it names no classes: its output is that of the last pooling,
 * `(batch, 6, 6, 256)`.
 */
export const alexNet: PretrainedNetwork = {
  title: "AlexNet, its convolutions",
  dataset,
  files: filesIn(folder, list),
  input: { side: sizes.side, channels: [2, 1, 0], mean: [104, 117, 123], scale: 1 },
  stages: sizes.convolutions.map((_, i) => ({
    name: `conv${i + 1}`,
    before: `conv${i + 1}`,
    after: `relu${i + 1}`,
  })),
  load: (context) => alexNetOf({ dataset, path: folder }, context),
};

/**
 * Makes an AlexNet of any size from its files: for each convolution `convN_wt.txt`, filters `(out, in, height, width)` as 8-bit
 * integers, and `convN_bias.txt`, 16-bit integers, both in units of 1/128.
 *
 * @param from The folder of a data set that has them.
 * @param context Reads the files, verified.
 * @param of Its sizes; those of AlexNet by default.
 * @throws {DataError} Where a file has not as many integers as the network has weights, or other ones.
 */
export async function alexNetOf(
  from: { readonly dataset: string; readonly path: string },
  context: Pick<ReadContext, "read">,
  of: AlexNetSizes = sizes,
): Promise<LayersModel> {
  const weights = new Map<string, Weight>();
  const numbers = async (file: string, count: number, kind: keyof typeof ranges): Promise<Float32Array> => {
    const name = `${from.path}/${file}.txt`;
    const bytes = await context.read({ dataset: from.dataset, name });
    const integers = readIntegers(bytes, count, ranges[kind], `${from.dataset}/${name}`);
    return new Float32Array(integers).map((value) => value / one);
  };
  for (const [i, { shape }] of of.convolutions.entries()) {
    const [outs, ins, height, width] = shape;
    const filters = await numbers(`conv${i + 1}_wt`, outs * ins * height * width, "weight");
    weights.set(`conv${i + 1}/kernel`, channelsLast(filters, shape));
    weights.set(`conv${i + 1}/bias`, {
      shape: [outs],
      values: await numbers(`conv${i + 1}_bias`, outs, "bias"),
    });
  }
  const network = layersOf(of);
  setWeights(network, weights, `${from.dataset}/${from.path}`);
  return network;
}

/** The model without its weights; layers have the names that Caffe's file has. */
function layersOf({ side, convolutions }: AlexNetSizes): LayersModel {
  const image = input({ shape: [side, side, 3], name: "data" });
  let x = image;
  convolutions.forEach(({ shape: [filters, , kernelSize], groups, normalised, pooled }, i) => {
    const number = i + 1;
    const name = `conv${number}`;
    const convolution = groups === 1
      ? layers.conv2d({
        name,
        filters,
        kernelSize,
        kernelInitializer: "zeros",
        ...(i === 0 ? { strides: 4, padding: "valid" } : { padding: "same" }),
      })
      : new GroupedConvolution({ name, filters, kernelSize, groups });
    x = convolution.apply(x) as SymbolicTensor;
    x = layers.reLU({ name: `relu${number}` }).apply(x) as SymbolicTensor;
    if (normalised) {
      const normalisation = { name: `norm${number}`, size: 5, alpha: 1e-4, beta: 0.75 };
      x = new LocalResponseNormalisation(normalisation).apply(x) as SymbolicTensor;
    }
    if (pooled) x = ceilPool(x, `pool${number}`);
  });
  return model({ inputs: image, outputs: x, name: "alexnet" });
}
