import { dilatedSplineBank, splineBank } from "../../../src/scattering/banks/spline_bank.ts";

/** The directions of the wavelets: "6 directions" for all computations of the paper (section 3.4). */
export const L = 6;

/**
 * Rows and columns of an image. x has zero mean and the table prints 0 for m = 0 at J = 7, as the low-pass of scale 2^7 gives on
 * 128 periodic pixels.
 */
export const side = 128;

/**
 * The frame of each table, |phi_J(w)|^2 = phi_1(2^(J - q) |w|)^2: q = 0 is the definition, and q = 0.25 was fitted to the
 * printed numbers.
 */
export const frames = { "table1": splineBank, "table1-q0.25": dilatedSplineBank(0.25) } as const;

/** The tables that are measured. */
export type TableName = keyof typeof frames;
