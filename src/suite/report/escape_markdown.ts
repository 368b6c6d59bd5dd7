import { largest } from "../../numeric/largest.ts";
/**
 * Escapes what Markdown would take for markup: HTML tags and entities, emphasis, links and code.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeMarkdown("scattering_energy: <b>, m <= 2"), "scattering_energy: \\<b>, m <= 2");
 * assertEquals(escapeMarkdown("[a](b) &lt; `c`"), "\\[a\\](b) \\&lt; \\`c\\`");
 * ```
 */
export function escapeMarkdown(text: string): string {
  return escapeTags(text.replace(/[\\`*[\]~]|(?<!\w)_|_(?!\w)/g, "\\$&"));
}

/**
 * Escapes tags and entities alone, for text whose other marks are meant: a line of a table.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeTags("| <i>x</i> | <= 2 |"), "| \\<i>x\\</i> | <= 2 |");
 * ```
 */
export function escapeTags(text: string): string {
  return text.replace(/<(?=[a-z/!?])|&(?=[a-z#])/gi, "\\$&");
}

/**
 * Text as code, whatever it holds.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(codeSpan("table1/m<=3"), "`table1/m<=3`");
 * assertEquals(codeSpan("a`b"), "`` a`b ``");
 * ```
 */
export function codeSpan(text: string): string {
  if (!text.includes("`")) return `\`${text}\``;
  const longest = largest(text.match(/`+/g)!.map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
