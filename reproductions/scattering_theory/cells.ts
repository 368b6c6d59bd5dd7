/**
 * The ids of the cells, and the scales, shifts and sizes that they name.
 *
 * @module
 */
import type { TorusWarp } from "./method/commutator.ts";
import type { FieldKind } from "./method/second_layer.ts";
import type { TextureName } from "./method/pictures.ts";
import type { WarpName } from "./method/warps.ts";

/** What pairs are sought near. */
export const kinds = ["photographs", "textures", "digits", "fields"] as const;

/** The side of the images whose energies, shifts and envelopes are measured: 2^7, so that J = 7 averages over all of it. */
export const side = 128;

/** Directions of the spline frame. */
export const L = 6;

/** The scales of the average at which energies are measured. */
export const decayScales = [3, 4, 5, 6, 7] as const;

/** Those at which shifted images are compared. */
export const translationScales = [2, 3, 4, 5, 6, 7] as const;

/** Shifts in pixels. */
export const shifts = [1, 2, 4, 8, 16, 32] as const;

/** Those for which two octaves or more lie between twice the shift and half the image. */
export const factorShifts = [1, 2, 4, 8] as const;

/** sup |grad tau| of the deformations. */
export const warpSizes = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3] as const;

/** Dilations of Gabor functions. */
export const gaborSizes = [0.02, 0.05, 0.1, 0.2, 0.3] as const;

/** The frequencies of Gabor functions, half an octave apart, up to the centre of the finest wavelets. */
export const gaborFrequencies = [0.25, Math.SQRT1_2 / 2, 0.5, Math.SQRT1_2, 1].map((share) =>
  share * 0.75 * Math.PI
);

/** sup |grad tau| in the commutator. */
export const commutatorSizes = [0.02, 0.05, 0.1, 0.2, 0.3] as const;

/** The scales of the average in the limit, and of the wavelets whose envelopes are averaged. */
export const limitScales = [4, 5, 6, 7] as const;

/** The scales of wavelets whose envelopes are measured. */
export const envelopeScales = [0, 1, 2, 3] as const;

/** Which bound a search is held against. */
export function contractionCell(kind: typeof kinds[number]): string {
  return `contraction/spline/${kind}`;
}

/** The energy left after order m + 1 over that after order m. */
export function decayCell(J: number, m: number): string {
  return `decay/J=${J}/m=${m}`;
}

/** The largest distance at J = 7. */
export function translationCell(shift: number): string {
  return `translation/J=${translationScales.at(-1)}/shift=${shift}`;
}

/** What is measured of one warp. */
export function deformationCell(warp: WarpName, quantity: "exponent" | "constant" | "theorem"): string {
  return `deformation/${warp}/${quantity}`;
}

/** What is measured of Gabor functions. */
export function gaborCell(representation: "scattering" | "fourier", quantity: string): string {
  return `deformation/gabor/${representation}/${quantity}`;
}

/** What is measured of one commutator. */
export function commutatorCell(warp: TorusWarp, quantity: "exponent" | "constant"): string {
  return `commutator/${warp}/${quantity}`;
}

/** The share of energy below half the band. */
export function envelopeCell(j: number, part: "modulus" | "real"): string {
  return `envelope/j=${j}/${part}`;
}

/** What tells a texture from fields of its spectrum: Gaussian ones, or those with the phases of noise. */
export function textureCell(texture: TextureName | "gaussian", kind: FieldKind, m: 1 | 2): string {
  return kind === "gaussian" ? `second-layer/${texture}/rho${m}` : `second-layer/${texture}/phases/rho${m}`;
}
