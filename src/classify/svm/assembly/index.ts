// Entry of the SVM kernels: items of a parallel-for, (item, thread, arguments, work space). They own no data, so
// that every thread can instantiate the module on the same memory.

export { decide } from "./decide";
export { gatherRow, kernelStrips } from "./strips";
export { selectWorkingSet } from "./working_set";
export { solveWorkingSet } from "./solve";
