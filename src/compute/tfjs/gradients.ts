/**
 * Gradients that tfjs-core has not, has wrong, or has slow. They hold on every backend, as those of tfjs do: where only ours has a
 * kernel, the others run what tfjs would.
 *
 * @module
 */
// The layers package registers the gradients of tfjs.
import "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";
import { orderedSum } from "./ordered_sum.ts";

type Tensors = Record<string, tf.Tensor>;

interface Convolution {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
  readonly dataFormat?: "NHWC";
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** A convolution, also with a dilated filter, whose gradient tfjs refuses. */
const conv2d: tf.GradConfig = {
  kernelName: "Conv2D",
  inputsToSave: ["x", "filter"],
  gradFunc: (dy, [x, filter], attrs) => convolutionGradients("Conv2D", dy as tf.Tensor, x!, filter!, attrs),
};

/** The same of each channel. */
const depthwiseConv2d: tf.GradConfig = {
  kernelName: "DepthwiseConv2dNative",
  inputsToSave: ["x", "filter"],
  gradFunc: (dy, [x, filter], attrs) => {
    return convolutionGradients("DepthwiseConv2dNative", dy as tf.Tensor, x!, filter!, attrs);
  },
};

/** A convolution with its bias and activation, which tfjs takes apart as soon as gradients are recorded. */
const fusedConv2d: tf.GradConfig = {
  kernelName: "FusedConv2D",
  inputsToSave: ["x", "filter"],
  outputsToSave: [true],
  gradFunc: (dy, [x, filter, y], attrs) => {
    const dz = beforeActivation(dy as tf.Tensor, y!, (attrs as { activation: string }).activation);
    return {
      ...convolutionGradients("Conv2D", dz, x!, filter!, attrs),
      bias: () => orderedSum(dz, [0, 1, 2]),
    };
  },
};

/** max(x, 0), from its result: what was in front of it need not be kept. */
const relu: tf.GradConfig = {
  kernelName: "Relu",
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({ x: () => rectified(dy as tf.Tensor, y!) }),
};

/** A cumulative sum; that of tfjs is transposed where the axis is not the last. */
const cumsum: tf.GradConfig = {
  kernelName: "Cumsum",
  gradFunc: (dy, _, attrs) => {
    const { axis, exclusive, reverse } = attrs as { axis: number; exclusive: boolean; reverse: boolean };
    return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
  },
};

const shippedClip = tf.getGradient("ClipByValue");

/** A clip, in one pass instead of four. */
const clip: tf.GradConfig = {
  ...shippedClip,
  gradFunc: (dy, saved, attrs) => {
    if (tf.getBackend() !== "wasm") return shippedClip.gradFunc(dy, saved, attrs);
    const { clipValueMin: low, clipValueMax: high } = attrs as { clipValueMin: number; clipValueMax: number };
    return { x: () => run("ClipGrad", { dy: dy as tf.Tensor, x: saved[0]! }, { low, high }) };
  },
};

const shippedBatchNorm = tf.getGradient("FusedBatchNorm");

/** Batch normalisation of each channel; that of tfjs tiles the root of the variance to the size of the input. */
const batchNorm: tf.GradConfig = {
  ...shippedBatchNorm,
  gradFunc: (dy, saved, attrs) => {
    const [x, mean, variance, scale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined];
    if (mean.rank !== 1) return shippedBatchNorm.gradFunc(dy, saved, attrs);
    const { varianceEpsilon } = attrs as { varianceEpsilon: number };
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const root = () => tf.rsqrt(tf.add(variance, varianceEpsilon));
    const factor = () => scale === undefined ? root() : tf.mul(scale, root());
    const centred = () => tf.sum(tf.mul(dy as tf.Tensor, tf.sub(x, mean)), axes);
    return {
      x: () => tf.mul(dy as tf.Tensor, factor()),
      mean: () => tf.neg(tf.mul(tf.sum(dy as tf.Tensor, axes), factor())),
      variance: () => tf.mul(tf.mul(centred(), factor()), tf.mul(tf.square(root()), -0.5)),
      scale: () => tf.mul(centred(), root()),
      offset: () => tf.sum(dy as tf.Tensor, axes),
    };
  },
};

/** The gradients that are registered in place of those of tfjs, or beside them. */
export const gradients: readonly tf.GradConfig[] = [
  conv2d,
  depthwiseConv2d,
  fusedConv2d,
  relu,
  clip,
  batchNorm,
  cumsum,
  // Theirs have the shape of the result where an operand is repeated, which tfjs refuses.
  ...["Maximum", "Minimum", "SquaredDifference"].map(summedOverRepeats),
];

/** Registers {@linkcode gradients}; a second call changes nothing. */
export function registerGradients(): void {
  for (const gradient of gradients) tf.registerGradient(gradient);
}

/** The gradients of a convolution, each made when it is asked for. */
function convolutionGradients(
  kernel: "Conv2D" | "DepthwiseConv2dNative",
  dy: tf.Tensor,
  x: tf.Tensor,
  filter: tf.Tensor,
  attrs: unknown,
): Record<"x" | "filter", () => tf.Tensor> {
  const { strides, pad, dataFormat = "NHWC", dimRoundingMode } = attrs as Convolution;
  // Layers of tfjs say null for none.
  const dilations = (attrs as Convolution).dilations ?? 1;
  if ([dilations].flat().some((dilation) => dilation !== 1) && tf.getBackend() !== "wasm") {
    throw new Error(
      `Cannot compute the gradient of a convolution with dilations ${dilations} on the backend ` +
        `${tf.getBackend()}: start that of this project by startBackend()`,
    );
  }
  const attributes = { strides, pad, dataFormat, dilations, ...(dimRoundingMode && { dimRoundingMode }) };
  return {
    x: () => run(`${kernel}BackpropInput`, { dy, filter }, { ...attributes, inputShape: x.shape }),
    filter: () => run(`${kernel}BackpropFilter`, { x, dy }, { ...attributes, filterShape: filter.shape }),
  };
}

/** The gradient in front of the activation of a fused kernel, from the result behind it. */
function beforeActivation(dy: tf.Tensor, y: tf.Tensor, activation: string): tf.Tensor {
  if (activation === "linear") return dy;
  if (activation === "relu") return rectified(dy, y);
  if (activation === "elu") return run("EluGrad", { dy, y }, {});
  throw new Error(
    `Cannot compute the gradient of a fused "${activation}": linear, relu and elu have one; put any other behind the convolution`,
  );
}

/** dy where y > 0. */
function rectified(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.getBackend() === "wasm" ? run("ReluGrad", { dy, y }, {}) : tf.mul(dy, tf.step(y));
}

/** The gradient of tfjs of an operation on a and b, summed over the axes along which either was repeated. */
function summedOverRepeats(kernelName: string): tf.GradConfig {
  const shipped = tf.getGradient(kernelName);
  return {
    ...shipped,
    gradFunc: (dy, saved, attrs) => {
      const found = shipped.gradFunc(dy, saved, attrs);
      const summed = (name: "a" | "b", { shape }: tf.Tensor) => () => {
        const axes = tf.broadcast_util.getReductionAxes(shape, (dy as tf.Tensor).shape);
        return tf.reshape(axes.length === 0 ? found[name]!() : tf.sum(found[name]!(), axes), shape);
      };
      return { a: summed("a", saved[0]!), b: summed("b", saved[1]!) };
    },
  };
}

function run(kernel: string, inputs: Tensors, attributes: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attributes) as tf.Tensor;
}
