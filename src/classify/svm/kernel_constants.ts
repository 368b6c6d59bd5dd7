/**
 * Numbers that the kernels of assembly/ and what runs them share. This file is read by both compilers: it is AssemblyScript
 * and TypeScript at once, so that no number stands in two places.
 *
 * @module
 */

/** Bytes of work space of one thread. */
export const SCRATCH_BYTES = 262144;

/** Rows of a tile of kernel values; tables of rows reach so far beyond their last one. */
export const TILE_ROWS = 6;

/** Most points of a working set. */
export const LARGEST_WORKING_SET = 64;

/** Rows of an item of the decisions: whole tiles. */
export const DECISION_ROWS = 24;
