/**
 * Memory that the functions which measure within-class covariances share: none of them calls another.
 *
 * @module
 */
import { ScratchMemory } from "../../compute/tfjs/scratch_memory.ts";

/** The covariance, `(dimension, dimension)`. */
export const covariance: ScratchMemory = new ScratchMemory();
/** Rows around the mean of their class. */
export const centredRows: ScratchMemory = new ScratchMemory();
