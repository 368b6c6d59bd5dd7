/**
 * What covering parts of an image does to a classifier.
 *
 * @module
 */
import { logSoftmax, type Tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";

/** A rectangle of an image, in pixels; what lies beyond the border is cut off. */
export interface Patch {
  /** Its first row. */
  readonly top: number;
  /** Its first column. */
  readonly left: number;
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
}

/**
 * Square patches whose centres lie on a grid, half a step from the border.
 *
 * @param size Rows and columns of the image.
 * @param grid Rows and columns of patches.
 * @param side Pixels of a side of a patch.
 */
export function patchGrid(
  size: { readonly height: number; readonly width: number },
  grid: { readonly rows: number; readonly columns: number },
  side: number,
): Patch[] {
  return Array.from({ length: grid.rows * grid.columns }, (_, i) => {
    const row = Math.floor(i / grid.columns);
    const column = i % grid.columns;
    return {
      top: Math.round((row + 0.5) * size.height / grid.rows - side / 2),
      left: Math.round((column + 0.5) * size.width / grid.columns - side / 2),
      height: side,
      width: side,
    };
  });
}

/**
 * An image with a patch covered by zeros: of what networks are shown that is the mean colour of their training.
 *
 * @param x `(height, width, 3)`.
 * @param size Its rows and columns.
 * @param patch What is covered.
 */
export function cover(
  x: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  patch: Patch,
): Float32Array {
  const covered = x.slice();
  const from = Math.max(0, patch.left);
  const to = Math.min(width, patch.left + patch.width);
  for (let row = Math.max(0, patch.top); row < Math.min(height, patch.top + patch.height); row++) {
    covered.fill(0, (row * width + from) * 3, (row * width + to) * 3);
  }
  return covered;
}

/**
 * The log probabilities that a classifier gives to some classes with each of some patches covered (Zeiler and Fergus 2014, section
 * 4.2).
 *
 * @param logits The classifier up to its logits: of `(1, height, width, 3)`.
 * @param x `(height, width, 3)`.
 * @param size Its rows and columns.
 * @param patches What is covered, one after the other.
 * @param labels The classes.
 * @returns A list for each patch, with one value for each class.
 */
export function occlude(
  logits: (x: Tensor) => Tensor,
  x: Float32Array,
  size: { readonly height: number; readonly width: number },
  patches: readonly Patch[],
  labels: readonly number[],
): number[][] {
  return patches.map((patch) => {
    const values = tidy(() =>
      logSoftmax(logits(tensor4d(cover(x, size, patch), [1, size.height, size.width, 3]))).dataSync()
    );
    return labels.map((label) => values[label]!);
  });
}
