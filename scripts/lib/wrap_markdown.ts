/**
 * Breaks Markdown text into lines at spaces. No line begins with what Markdown would take for a list, a quote, a heading or a table.
 *
 * @param text One paragraph.
 * @param width How many characters a line may have; a longer word has a line of its own.
 * @param indent What stands before every line but the first.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapMarkdown("- difference of a - b", 15, "  "), ["- difference of", "  a - b"]);
 * ```
 */
export function wrapMarkdown(text: string, width: number, indent = ""): string[] {
  const [first = "", ...words] = gluedWords(text.split(" "));
  const lines = [first];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

/** Words, each with those behind it that must not begin a line. */
function gluedWords(words: readonly string[]): string[] {
  const glued: string[] = [];
  for (const word of words) {
    const previous = glued.at(-1);
    if (previous === undefined || !/^([-+*#>=|]|\d+[.)]$|```|~~~)/.test(word)) glued.push(word);
    else glued[glued.length - 1] = `${previous} ${word}`;
  }
  return glued;
}
