/** Longer parts of messages help nobody and may be as long as a file. */
const longest = 300;

/**
 * What a foreign file or library says, as a part of a message of one line: control characters are written as escapes, and
 * what is longer than 300 characters is cut off. A terminal that shows it stays as it is.
 *
 * @param text Any text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(oneLine("a\tb\n\u001b[31m"), "a\\tb\\n\\u001b[31m");
 * ```
 */
export function oneLine(text: string): string {
  return escapeControls(text.length > longest ? `${text.slice(0, longest)} ...` : text);
}

/**
 * Text of which nothing acts on a terminal: control characters and ends of lines are written as escapes.
 *
 * @param text Any text.
 */
export function escapeControls(text: string): string {
  return text.replaceAll(/\p{Cc}|\u2028|\u2029/gu, escaped);
}

/** As JSON writes it. */
function escaped(character: string): string {
  const text = JSON.stringify(character).slice(1, -1);
  return text === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : text;
}
