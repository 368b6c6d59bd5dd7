// Entry of the kernel of rectified covariances: items of a parallel-for, (item, thread, arguments).

export { closeField, gather, openField, passBack, rectify } from "./channels";
export { combine, covary, sumBlocks } from "./products";
