/**
 * Numbers that the kernel of assembly/ and what writes its tables share. This file is read by both compilers: it is
 * AssemblyScript and TypeScript at once, so that no number stands in two places.
 *
 * @module
 */

/** Bytes of a vector: as many images stand side by side as it has numbers. */
export const VECTOR_BYTES = 16;

/** Which part of a map's spectrum is needed: none, the row frequencies up to half the rows, or all. */
export const SPECTRUM_NONE = 0;
export const SPECTRUM_HALF = 1;
export const SPECTRUM_FULL = 2;

/** In place of an address of power spectra: there is none. */
export const NO_POWER = 0xffffffff;

/** In place of a row or column of the image: the padding is zero there. */
export const OUTSIDE = 0xffffffff;

/** The vectors that the kernel keeps for a group of images: the factor of each, its inverse, the largest modulus. */
export const SCALE_VECTORS = 3;

/** Outputs of a separable low-pass that are computed at once: its matrices are filled up to a multiple of it. */
export const LOW_PASS_OUTPUTS = 4;
