import { activation, batchNorm, conv2d, dense, type LayerMaker, pool2d } from "../../../src/nn/mod.ts";

/** What a network has below its last, dense layer. */
export interface NetworkShape {
  /** `dense`: five layers of 256 units. `convolutional`: 16 and 32 maps of 5 x 5, each pooled 2 x 2, then 128 units. */
  readonly kind: "dense" | "convolutional";
  /** Whether batch norm stands before each rectifier. */
  readonly batchNorm: boolean;
}

/** Hidden layers of the dense network. */
const depth = 5;

/** The layers, the last of which is the head: z = W^T h + b of the features h below it. */
export function layersOf({ kind, batchNorm: normal }: NetworkShape, classes: number): LayerMaker[] {
  const rectified = (linear: LayerMaker) => [linear, ...(normal ? [batchNorm()] : []), activation("relu")];
  const hidden = kind === "dense" ? Array.from({ length: depth }, () => rectified(dense(256))).flat() : [
    ...rectified(conv2d(16, 5)),
    pool2d("max", 2),
    ...rectified(conv2d(32, 5)),
    pool2d("max", 2),
    ...rectified(dense(128)),
  ];
  return [...hidden, dense(classes)];
}
