import { padImages } from "../../src/features/pad_images.ts";
import { windowedFourierModulus, windowedFourierShape } from "../../src/features/windowed_fourier.ts";
import { Scattering2D } from "../../src/scattering/scattering_2d.ts";
import type { Scattering2DOptions } from "../../src/scattering/scattering_options.ts";
import { pixels } from "./digits.ts";

/** What digits are described by; the isotropic two are the second line of the table. */
export type FeatureName = "x" | "wf" | "scat1" | "scat2" | "scat1-iso" | "scat2-iso";

/** Digits of 28 x 28 stand in the middle of 32 x 32 pixels. */
const size = [32, 32] as const;

/** "2^J = 8" for all training sizes (section 4.2); one thread, since other jobs keep the other cores busy. */
const common = { J: 3, shape: size, threads: 1 } as const;

/** Elliptic Morlet wavelets of L = 8 directions, m <= 1 on a grid twice as fine; README.md has the reason. */
const elliptic = { L: 8, wavelet: "kymatio" } as const;
/** The wavelet that the paper prints (section 2.1) in its 6 directions, both orders at every 8th pixel. */
const isotropic = { L: 6, wavelet: "bruna-mallat" } as const;

const scattering: Readonly<Record<string, Scattering2DOptions>> = {
  "scat1": { ...common, ...elliptic, maxOrder: 1, sampling: 4 },
  "scat2": { ...common, ...elliptic, maxOrder: 2 },
  "scat1-iso": { ...common, ...isotropic, maxOrder: 1 },
  "scat2-iso": { ...common, ...isotropic, maxOrder: 2 },
};

/** Features of digits, `(n, paths, positions)`; pixels and frequencies count as paths. */
export interface FeatureShape {
  readonly paths: number;
  readonly positions: number;
}

/** The shape of the features of a digit. */
export function featureShape(name: FeatureName): FeatureShape {
  if (name === "x") return { paths: pixels, positions: 1 };
  if (name === "wf") {
    const { frequencies, positions: [vertical, horizontal] } = windowedFourierShape(...size);
    return { paths: frequencies, positions: vertical * horizontal };
  }
  using transform = new Scattering2D(scattering[name]!);
  const [paths, height, width] = transform.outputShape;
  return { paths, positions: height * width };
}

/** Whether features come from a scattering transform, whose paths the paper renormalises (equation 19). */
export function isScattering(name: FeatureName): boolean {
  return name in scattering;
}

/**
 * Describes digits.
 *
 * @param name What they are described by.
 * @param images `(n, 28, 28)`, values in 0..255.
 * @returns `(n, paths, positions)`.
 */
export async function describe(name: FeatureName, images: Uint8Array): Promise<Float32Array> {
  const scaled = Float32Array.from(images, (value) => value / 255);
  if (name === "x") return scaled;
  const padded = padImages(scaled, [28, 28], size);
  if (name === "wf") return windowedFourierModulus(padded, ...size);
  using transform = new Scattering2D(scattering[name]!);
  return await transform.transform(padded);
}
