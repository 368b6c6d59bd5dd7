/**
 * Memory for the matrices of one product or factorisation, which all functions of this folder that return their result
 * as an array share: none of them calls another.
 *
 * @module
 */
import { ScratchMemory } from "../tfjs/scratch_memory.ts";

/** The left operand, or the matrix that is factored in place. */
export const leftMemory: ScratchMemory = new ScratchMemory();
/** The right operand. */
export const rightMemory: ScratchMemory = new ScratchMemory();
/** The result. */
export const resultMemory: ScratchMemory = new ScratchMemory();
