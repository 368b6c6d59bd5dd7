/** What a terminal shows in no column of its own: marks over the letter before, and characters that only format. */
const withoutWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** What a terminal shows in two columns: the scripts of East Asia with their forms of full width, and pictures. */
const ofDoubleWidth =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

/**
 * How many columns of a terminal a text takes.
 *
 * @param text Text without line breaks and escape sequences.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["±3", "Ste\u0301phane", "散乱"].map(displayWidth), [2, 8, 4]);
 * ```
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/**
 * The longest beginning of a text that a number of columns hold, at least one character of it.
 *
 * @param text Text without line breaks and escape sequences, not empty.
 * @param columns How many columns there are.
 */
export function fittingPart(text: string, columns: number): string {
  let width = 0;
  let part = "";
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns && part !== "") break;
    part += character;
  }
  return part;
}

function characterWidth(character: string): number {
  if (withoutWidth.test(character)) return 0;
  return ofDoubleWidth.test(character) ? 2 : 1;
}
