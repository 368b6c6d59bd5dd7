/**
 * Points in the form that the kernels multiply by: panels of 8 points, feature after feature.
 *
 * @module
 */
import { recordWords } from "../../compute/kernel_record.ts";
import { pointFields } from "./kernel_arguments.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";

/** Points of a panel. */
export const panelPoints = 8;

/** The smallest number of whole panels' points that hold `count`. */
export function paddedCount(count: number): number {
  return Math.ceil(count / panelPoints) * panelPoints;
}

/** Panels outside the memory of a workspace. */
export interface PointPanels {
  /** `(count / 8, features, 8)`. */
  readonly panels: Float32Array;
  /** `(count)`: squared lengths. */
  readonly norms: Float32Array;
  /** Features of a point. */
  readonly features: number;
}

/** Points in the memory of a workspace. */
export interface PackedPoints {
  /** Address of the `Points` of the kernel. */
  readonly pointer: number;
  /** How many. */
  readonly count: number;
  /** Addresses of the panels, and of their squared lengths. */
  readonly panels: number;
  readonly norms: number;
}

/** Takes memory for points; panels and norms are to be filled. */
export function allocatePoints(
  workspace: SvmWorkspace,
  count: number,
  features: number,
  gamma: number,
): PackedPoints {
  const panels = workspace.allocateZeros(count * features * 4);
  const norms = workspace.allocateZeros(count * 4);
  const pointer = workspace.allocate(pointFields.length * 4);
  const words = recordWords(pointFields, { panels, norms, steps: features, scale: 0 });
  workspace.words(pointer, words.length).set(words);
  workspace.floats(pointer, words.length)[pointFields.indexOf("scale")] = -gamma / Math.LN2;
  return { pointer, count, panels, norms };
}

/**
 * Checks that squared lengths can be added up in float32.
 *
 * @throws {RangeError} Where one cannot.
 */
export function checkSquaredLength(action: string, squaredLength: number): number {
  // Twice the sum of two of them, and their products with -gamma / ln 2, must stay finite.
  if (squaredLength <= 2 ** 120) return squaredLength;
  throw new RangeError(
    `Cannot ${action}: squared distances from the mean must be <= 2^120: one is ${
      squaredLength.toPrecision(3)
    }; scale the features`,
  );
}
