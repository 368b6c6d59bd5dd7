/**
 * What the training kernels read, field by field in the order of their classes in assembly/; a test compares the two.
 *
 * @module
 */

const product = [
  ...["base", "rows", "width", "height", "pixelStride", "lineStride", "imageStride"] as const,
  ...["segments", "segmentLength", "segmentStride", "panels", "columns", "result", "bias", "floor"] as const,
  ...["panelTile", "baseBatch", "panelsBatch", "resultBatch", "partRows"] as const,
] as const;

const pooling = [
  ...["x", "y", "dy", "dx", "height", "width", "channels", "outHeight", "outWidth"] as const,
  ...["windowHeight", "windowWidth", "strideY", "strideX", "top", "left"] as const,
] as const;

const depthwise = [
  ...["x", "filter", "y", "height", "width", "channels", "outHeight", "outWidth"] as const,
  ...["windowHeight", "windowWidth", "strideY", "strideX", "dilationY", "dilationX", "top", "left"] as const,
] as const;

const repeats = ["from", "to", "count", "repeats", "itemCount"] as const;

const phases = [
  ...["image", "phases", "height", "width", "channels", "dilationY", "dilationX"] as const,
  ...["phaseHeight", "phaseWidth", "top", "left"] as const,
] as const;

const update = ["blocks", "beta1", "beta2", "epsilon", "correction1", "correction2", "scale"] as const;

/** The arguments of each job, an export of assembly/training.ts. */
export const kernelArguments = {
  multiplyRows: product,
  multiplyColumns: product,
  pack: [
    ...["source", "panels", "steps", "columns", "stepStride", "columnStride", "run", "runStride"] as const,
    ...["sourceBatch", "itemSteps"] as const,
  ],
  reduce: [
    ...["x", "result", "outer", "rows", "columns", "parts", "partRows", "itemOuter"] as const,
    ...["from", "to", "operation", "divisor"] as const,
  ],
  scan: [
    ...["x", "result", "outer", "rows", "columns", "itemOuter"] as const,
    ...["from", "operation", "exclusive", "reverse"] as const,
  ],
  sumRows: ["x", "rows", "columns", "result", "partRows"],
  multiply64: [
    ...["x", "xStride", "y", "yStride", "result", "resultStride", "steps", "rows", "columns"] as const,
    ...["sign", "upper"] as const,
  ],
  padImage: [
    ...["from", "to", "height", "width", "channels", "paddedHeight", "paddedWidth"] as const,
    ...["top", "left", "stepY", "stepX"] as const,
  ],
  foldWindows: [
    ...["from", "to", "height", "width", "channels", "outHeight", "outWidth"] as const,
    ...["windowHeight", "windowWidth", "strideY", "strideX", "top", "left"] as const,
  ],
  takeWindows: ["from", "to", "height", "width", "channels", "outHeight", "outWidth", "size", "stride"],
  unitRows: ["x", "result", "inverse", "rows", "columns"],
  crossEntropy: ["logits", "labels", "losses", "gradient", "rows", "columns"],
  elementwise: ["a", "b", "result", "count", "period", "operation"],
  maxPool: pooling,
  maxPoolGradient: pooling,
  averagePool: pooling,
  averagePoolGradient: pooling,
  depthwise,
  depthwiseInputGradient: depthwise,
  depthwiseFilterGradient: depthwise,
  repeatValues: repeats,
  sumRepeats: repeats,
  splitPhases: phases,
  mergePhases: phases,
  normalizeChannels: ["x", "y", "mean", "factor", "offset", "rows", "channels", "itemRows"],
  clipGradient: ["dy", "x", "result", "count", "low", "high", "itemCount"],
  copyRows: ["from", "to", "fromStride", "toStride", "rows", "columns", "itemRows"],
  momentum: update,
  adam: update,
} as const;

/** A job of the training kernels. */
export type KernelJob = keyof typeof kernelArguments;

/** A block of a tensor that an optimizer updates: one item of its list. */
export const updateBlock = ["value", "gradient", "first", "second", "count", "rate", "decay"] as const;
