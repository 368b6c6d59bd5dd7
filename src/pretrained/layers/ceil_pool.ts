import { layers, type SymbolicTensor } from "@tensorflow/tfjs-layers";

/**
 * Max-pooling of 3x3 windows at every second place, where the last window may hang over the border by one row or column, as Caffe has it
 * (output side ceil((n - 3) / 2) + 1). A side that is even gets one more row or column of zeros, which changes no
 * maximum of values >= 0; one that is odd needs none.
 *
 * @param x Symbolic `(batch, height, width, channels)`, values >= 0, as after a ReLU.
 * @param name Of the layer.
 */
export function ceilPool(x: SymbolicTensor, name: string): SymbolicTensor {
  const isEven = (side: number | null | undefined) => typeof side === "number" && side % 2 === 0;
  const [, height, width] = x.shape;
  const overhang = [isEven(height) ? 1 : 0, isEven(width) ? 1 : 0] as const;
  const padded = overhang.some((side) => side > 0)
    ? layers.zeroPadding2d({ name: `${name}_pad`, padding: [[0, overhang[0]], [0, overhang[1]]] }).apply(x)
    : x;
  return layers.maxPooling2d({ name, poolSize: 3, strides: 2 }).apply(padded) as SymbolicTensor;
}
