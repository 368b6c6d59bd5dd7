/** The attention of one head over one sequence: the matrix A of softmax weights. */
export interface AttentionMap {
  /** The number of tokens T. */
  readonly length: number;
  /** `(T, T)`, row-major: row i holds how query i distributes its attention over keys j; 0 where j > i. */
  readonly weights: Float32Array | Float64Array;
}

/**
 * Checks the size of an attention map.
 *
 * @param action What it is wanted for, as the error message has it: `"find sinks"`.
 * @throws {RangeError} Where it has no token or no `(T, T)` weights.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const map = { length: 3, weights: new Float64Array(6) };
 * assertThrows(() => checkAttentionMap("find sinks", map), RangeError, "3 tokens need 9 weights");
 * ```
 */
export function checkAttentionMap(action: string, { length, weights }: AttentionMap): void {
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(
      `Cannot ${action}: the number of tokens must be an integer >= 1: current value is ${length}`,
    );
  }
  if (weights.length !== length * length) {
    throw new RangeError(
      `Cannot ${action}: ${length} tokens need ${
        length * length
      } weights: current number is ${weights.length}`,
    );
  }
}

/**
 * Checks positions in a sequence.
 *
 * @param action What they are wanted for.
 * @param positions The positions.
 * @param length The number of tokens T.
 * @throws {RangeError} Where one is not an integer in 0..T-1.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => checkPositions("catch tokens", [1, 4], 4), RangeError, "in 0..3: current value is 4");
 * ```
 */
export function checkPositions(action: string, positions: readonly number[], length: number): void {
  const wrong = positions.find((at) => !Number.isSafeInteger(at) || at < 0 || at >= length);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot ${action}: a position must be an integer in 0..${length - 1}: current value is ${wrong}`,
    );
  }
}
