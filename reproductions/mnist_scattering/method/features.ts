import { brunaMallatBank } from "../../../src/scattering/banks/bruna_mallat_bank.ts";
import { kymatioBank } from "../../../src/scattering/banks/kymatio_bank.ts";
import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import type { Scattering2DOptions } from "../../../src/scattering/scattering_options.ts";
import { cosineBasis, transformPaths } from "./cosine_scattering.ts";
import { padImages } from "./pad_images.ts";
import { windowedFourierModulus, windowedFourierShape } from "./windowed_fourier.ts";

/** What digits are described by. */
export type FeatureName = "x" | "wf" | ScatteringName;

/** Scattering of one and two orders: with the printed wavelet, reduced by cosines, on a coarser grid, with other wavelets. */
type ScatteringName = `${"scat1" | "scat2"}${"" | "-cosine" | "-4x4" | "-elliptic"}`;

/** Rows and columns of a digit. */
export const digitSide = 28;
/** Pixels of a digit. */
export const digitPixels = digitSide ** 2;
/** Digits stand in the middle of 32 x 32 pixels. */
export const paddedSide = 32;

const padded = [paddedSide, paddedSide] as const;

/** "2^J = 8" for all training sizes (section 4.2). One thread, since other jobs keep the other cores busy. */
const common = { J: 3, shape: padded, threads: 1 } as const;

/** The wavelet that the paper prints (section 2.2) in its 6 directions (section 3.4). */
export const isotropic = { L: 6, bank: brunaMallatBank } as const;
/** Wavelets of 8 directions that are narrow in angle. */
export const elliptic = { L: 8, bank: kymatioBank } as const;

/** alpha = 1/2, one of the two that section 3.1 allows: 8 x 8 positions, where alpha = 1 gives 4 x 4. */
const fine = { sampling: 4 } as const;

/** README.md says why the two orders of elliptic wavelets have different grids. */
const scattering: Readonly<Record<ScatteringName, Scattering2DOptions>> = {
  "scat1": { ...common, ...isotropic, ...fine, maxOrder: 1 },
  "scat2": { ...common, ...isotropic, ...fine, maxOrder: 2 },
  "scat1-cosine": { ...common, ...isotropic, ...fine, maxOrder: 1 },
  "scat2-cosine": { ...common, ...isotropic, ...fine, maxOrder: 2 },
  "scat1-elliptic": { ...common, ...elliptic, ...fine, maxOrder: 1 },
  "scat2-elliptic": { ...common, ...elliptic, maxOrder: 2 },
  "scat1-4x4": { ...common, ...isotropic, maxOrder: 1 },
  "scat2-4x4": { ...common, ...isotropic, maxOrder: 2 },
};

/** The features that are reduced by a cosine transform along paths. */
const reduced: ReadonlySet<FeatureName> = new Set(["scat1-cosine", "scat2-cosine"]);

/** Features of digits, `(n, paths, positions)`; pixels and frequencies, of windows or along paths, count as paths. */
export interface FeatureShape {
  /** How many paths. */
  readonly paths: number;
  /** Positions of each. */
  readonly positions: number;
}

/** The shape of the features of a digit. */
export function featureShape(name: FeatureName): FeatureShape {
  if (name === "x") return { paths: digitPixels, positions: 1 };
  if (name === "wf") {
    const { frequencies, positions: [vertical, horizontal] } = windowedFourierShape(...padded);
    return { paths: frequencies, positions: vertical * horizontal };
  }
  using transform = new Scattering2D(scattering[name]);
  const [paths, height, width] = transform.outputShape;
  const functions = reduced.has(name) ? cosineBasis(transform.paths()).length : paths;
  return { paths: functions, positions: height * width };
}

/** Whether features come from a scattering transform, whose paths the paper renormalises (equation 19). */
export function isScattering(name: FeatureName): name is ScatteringName {
  return name in scattering;
}

/** What makes features beside the digits, as plain data: so that no two kinds of them are taken for each other. */
export function featureParts(name: FeatureName): Readonly<Record<string, unknown>> {
  if (!isScattering(name)) return { feature: name };
  const { J, L, maxOrder, bank, sampling } = scattering[name];
  const cosine = reduced.has(name);
  return {
    feature: name,
    J,
    L,
    maxOrder,
    bank: bank!.name,
    sampling: sampling ?? 2 ** J,
    paddedSide,
    cosine,
  };
}

/**
 * Describes digits.
 *
 * @param name What they are described by.
 * @param images `(n, 28, 28)`, values in 0..255.
 * @returns `(n, paths, positions)`.
 */
export async function describeDigits(name: FeatureName, images: Uint8Array): Promise<Float32Array> {
  const scaled = Float32Array.from(images, (value) => value / 255);
  if (name === "x") return scaled;
  const digits = padImages(scaled, [digitSide, digitSide], padded);
  if (name === "wf") return windowedFourierModulus(digits, ...padded);
  using transform = new Scattering2D(scattering[name]);
  const coefficients = await transform.transform(digits);
  if (!reduced.has(name)) return coefficients;
  const [, height, width] = transform.outputShape;
  return transformPaths(cosineBasis(transform.paths()), coefficients, height * width);
}
