/** Where a training diverged, and what was found there. */
export interface Divergence {
  /** What cannot be done any more: `"go on at step 3"`. */
  readonly action: string;
  /** What is not finite, and its value: `"the loss is NaN"`. */
  readonly finding: string;
  /** The layer or network that it comes from: `"first in 2-dense"`. */
  readonly place?: string | undefined;
  /** The last loss that was finite, where there was one. */
  readonly lastLoss?: number | undefined;
}

/**
 * Thrown where a training comes to a number that is not finite. Its checkpoint, if any, stays as it was before.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const error = new DivergedError({ action: "go on at step 3", finding: "the loss is NaN", lastLoss: 0.5 });
 * assertEquals(
 *   error.message,
 *   "Cannot go on at step 3: the loss is NaN; the last finite loss was 0.5; lower the learning rate",
 * );
 * ```
 */
export class DivergedError extends Error {
  /** Tells it from other errors. */
  override readonly name = "DivergedError";

  /** Says all of it in one line, with what may help. */
  constructor({ action, finding, place, lastLoss }: Divergence) {
    const parts = [
      `Cannot ${action}: ${finding}${place === undefined ? "" : ` (${place})`}`,
      ...(lastLoss === undefined ? [] : [`the last finite loss was ${lastLoss}`]),
      "lower the learning rate",
    ];
    super(parts.join("; "));
  }
}
