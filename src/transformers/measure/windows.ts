/** Windows of tokens for `forward`. */
export interface Windows {
  /** `(windows, length)`. */
  readonly tokens: Int32Array;
  /** Tokens of a window, T. */
  readonly length: number;
  /** Tokens that begin each window and are none of the text; their losses do not count. None by default. */
  readonly prefix?: number;
}

/**
 * Cuts a text into windows that do not overlap, each behind the tokens that begin a text, as in training. What is left
 * at the end is not used.
 *
 * @param text The tokens of the text.
 * @param length Tokens of a window, with the first one.
 * @param prefix The tokens that begin each window, if any.
 * @param most The largest number of windows; every one by default.
 * @throws {RangeError} Where the text does not fill one window.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { tokens } = cutIntoWindows(Int32Array.of(5, 6, 7, 8, 9), 3, [1]);
 * assertEquals(tokens, Int32Array.of(1, 5, 6, 1, 7, 8));
 * ```
 */
export function cutIntoWindows(
  text: Int32Array,
  length: number,
  prefix: ArrayLike<number>,
  most = Infinity,
): Windows {
  const own = length - prefix.length;
  const count = own >= 1 ? Math.min(most, Math.floor(text.length / own)) : 0;
  if (count < 1) {
    throw new RangeError(
      `Cannot cut windows of ${length} tokens: the text must fill one at least: current number is ${text.length}`,
    );
  }
  const tokens = new Int32Array(count * length);
  for (let window = 0; window < count; window++) {
    tokens.set(prefix, window * length);
    tokens.set(text.subarray(window * own, (window + 1) * own), window * length + prefix.length);
  }
  return { tokens, length, prefix: prefix.length };
}
