// Entry of the training kernels: items of a parallel-for, (item, thread, arguments, work space). They run on the
// memory of tfjs and own no data of their own, so that every thread can instantiate the module on it.

export { multiplyColumns } from "./columns";
export { crossEntropy } from "./cross_entropy";
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient, repeatValues, sumRepeats } from "./depthwise";
export { elementwise } from "./elementwise";
export { foldWindows, padImage } from "./images";
export { clipGradient, normalizeChannels } from "./normalize";
export { adam, momentum } from "./optimizers";
export { pack } from "./pack";
export { mergePhases, splitPhases } from "./phases";
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from "./pooling";
export { multiply64 } from "./product64";
export { copyRows } from "./row_copies";
export { reduce } from "./reductions";
export { multiplyRows } from "./rows";
export { scan } from "./scans";
export { sumRows } from "./sums";
export { takeWindows, unitRows } from "./windows";
