/**
 * Networks with branches, in inference and with the gradient of their input: SqueezeNet v1.0 (Iandola et al. 2016, table 1) on 8 images of 227 by
 * 227 and MobileNet v1 of a quarter of the width (Howard et al. 2017, table 1) on 8 of 224 by 224, with random weights. A time is that
 * of all 8.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { benchOn, type Machine } from "./on_backend.ts";

type Symbol = layers.SymbolicTensor;

const machines: readonly Machine[] = ["1 thread", "2 threads"];
const {
  batchNormalization,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  globalAveragePooling2d,
  maxPooling2d,
  reLU,
  zeroPadding2d,
} = layers.layers;

/** One layer behind another. */
const behind = (x: Symbol, layer: layers.layers.Layer) => layer.apply(x) as Symbol;

function squeezeNet(): layers.LayersModel {
  const conv = (x: Symbol, filters: number, kernelSize: number, strides = 1) => {
    const padding = kernelSize === 3 ? "same" : "valid";
    return behind(x, conv2d({ filters, kernelSize, strides, padding, activation: "relu" }));
  };
  const fire = (x: Symbol, squeezed: number, expanded: number) => {
    const inner = conv(x, squeezed, 1);
    return concatenate().apply([conv(inner, expanded, 1), conv(inner, expanded, 3)]) as Symbol;
  };
  const pool = (x: Symbol) => behind(x, maxPooling2d({ poolSize: 3, strides: 2 }));
  const image = layers.input({ shape: [227, 227, 3] });
  let x = pool(conv(image, 96, 7, 2));
  x = pool(fire(fire(fire(x, 16, 64), 16, 64), 32, 128));
  x = pool(fire(fire(fire(fire(x, 32, 128), 48, 192), 48, 192), 64, 256));
  x = conv(fire(x, 64, 256), 1000, 1);
  return layers.model({ inputs: image, outputs: behind(x, globalAveragePooling2d({})) });
}

function mobileNet(width: number): layers.LayersModel {
  const normalized = (x: Symbol) => behind(behind(x, batchNormalization({})), reLU({ maxValue: 6 }));
  // The border that TensorFlow gives to a stride of 2 and even sides.
  const border = (x: Symbol) => behind(x, zeroPadding2d({ padding: [[0, 1], [0, 1]] }));
  const image = layers.input({ shape: [224, 224, 3] });
  let x = normalized(
    behind(border(image), conv2d({ filters: 32 * width, kernelSize: 3, strides: 2, useBias: false })),
  );
  const blocks = [[64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [512, 2], ...Array(5).fill([512, 1]), [
    1024,
    2,
  ], [1024, 1]];
  for (const [filters, strides] of blocks as [number, number][]) {
    const padding = strides === 1 ? "same" : "valid";
    const bordered = strides === 1 ? x : border(x);
    x = normalized(behind(bordered, depthwiseConv2d({ kernelSize: 3, strides, padding, useBias: false })));
    x = normalized(behind(x, conv2d({ filters: filters * width, kernelSize: 1, useBias: false })));
  }
  const logits = behind(behind(x, globalAveragePooling2d({})), dense({ units: 1000 }));
  return layers.model({ inputs: image, outputs: logits });
}

for (
  const [name, side, build] of [["SqueezeNet", 227, squeezeNet], [
    "MobileNet 0.25",
    224,
    () => mobileNet(0.25),
  ]] as const
) {
  const network = (): [layers.LayersModel, tf.Tensor] => {
    return [build(), tf.randomNormal([8, side, side, 3], 0, 1, "float32", 1)];
  };
  benchOn(`${name}, inference`, machines, () => {
    const [model, x] = network();
    return () => tf.tidy(() => void model.apply(x));
  });
  benchOn(`${name}, gradient of the input`, machines, () => {
    const [model, x] = network();
    const first = (x: tf.Tensor) => tf.sum(tf.slice(model.apply(x) as tf.Tensor, [0, 0], [8, 1]));
    return () => tf.tidy(() => void tf.grad(first)(x));
  });
}
