import { gram } from "../../../src/compute/linalg/gram.ts";
import { symmetricEigen } from "../../../src/numeric/linalg/symmetric_eigen.ts";
import type { FrameLayer } from "./tight_frame.ts";

/** How far a frame is from a tight one. */
export interface FrameSpectrum {
  /** The eigenvalues of F^T F, descending: 1 for a tight frame. */
  readonly eigenvalues: Float64Array;
  /** The operator norm of F^T F - Id. */
  readonly tightness: number;
}

/**
 * Measures a frame in float64.
 *
 * @param F `(p, d)`, atoms in rows.
 * @param d Values of an atom.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * // Three directions in the plane, 120 degrees apart: a tight frame.
 * const angles = [0, 2 * Math.PI / 3, 4 * Math.PI / 3];
 * const F = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]), (v) => v * Math.sqrt(2 / 3));
 * assertAlmostEquals(frameSpectrum(F, 2).tightness, 0, 1e-6);
 * backend.dispose();
 * ```
 */
export function frameSpectrum(F: Float32Array, d: number): FrameSpectrum {
  const p = F.length / d;
  const { values } = symmetricEigen(gram(Float64Array.from(F), p, d), d);
  return {
    eigenvalues: values,
    tightness: Math.max(Math.abs(values[0]! - 1), Math.abs(values[d - 1]! - 1)),
  };
}

/** The spectrum of the frame of a layer, as it stands. */
export function layerSpectrum({ frame: { variable } }: FrameLayer): FrameSpectrum {
  return frameSpectrum(Float32Array.from(variable.dataSync()), variable.shape[1]!);
}
