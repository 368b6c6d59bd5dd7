/**
 * Numbers that the kernels of assembly/ and what runs them share. This file is read by both compilers: it is AssemblyScript
 * and TypeScript at once, so that no number stands in two places.
 *
 * @module
 */

/** Bytes of work space of one thread: the packed blocks of assembly/product64.ts and a tile. */
export const SCRATCH_BYTES = 327680;

/** Columns of a panel of a packed operand: two vectors of four, which the kernels hold in registers by name. */
export const PANEL_COLUMNS = 8;

/** Rows (for sums down the rows: columns) of the operand in place in one item of a product. */
export const PRODUCT_ROWS = 48;

/** Rows and columns of the result in one item of a float64 product. */
export const PRODUCT64_ROWS = 96;
export const PRODUCT64_COLUMNS = 192;

/** Rows in one item of the cross-entropy, and of the scaling to unit norm. */
export const CROSS_ENTROPY_ROWS = 64;
export const UNIT_ROWS = 64;

/** Elements in one item of an elementwise operation. */
export const ELEMENTWISE_BLOCK = 16384;

/** The elementwise operations result = f(a, b), by number. */
export const ADD = 0;
export const SUBTRACT = 1;
export const MULTIPLY = 2;
export const DIVIDE = 3;
/** max(a, 0), where a NaN stays one. */
export const RELU = 4;
/** The gradient a where the rectified value b is positive. */
export const RELU_GRADIENT = 5;
/** a clipped to [-1, 1]. */
export const HARD_TANH = 6;
/** The gradient a where the clipped value b is inside. */
export const HARD_TANH_GRADIENT = 7;
/** a - clip(a, -b, b). */
export const SOFT_THRESHOLD = 8;
/** max(a - b, 0). */
export const RECTIFY = 9;
/** The gradient a where the result b of a threshold is not 0. */
export const THRESHOLD_GRADIENT = 10;

/** The types of elements that a reduction reads and writes: float32, int32, float64. */
export const FLOATS = 0;
export const INTEGERS = 1;
export const DOUBLES = 2;

/** Columns in one item of a reduction. */
export const REDUCTION_COLUMNS = 512;
