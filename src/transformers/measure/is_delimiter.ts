/**
 * Whether a token ends a line, clause or sentence: newlines and . , ! ? alone, with spaces around them at most.
 *
 * @param piece The text that the token stands for.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["\n", ",", " ?", ".\n"].map(isDelimiter), [true, true, true, true]);
 * assertEquals([" ", "a.", "'", ""].map(isDelimiter), [false, false, false, false]);
 * ```
 */
export function isDelimiter(piece: string): boolean {
  return /^ *[\n.,!?]+ *$/.test(piece);
}
