/**
 * HTML that cannot be left unescaped by accident: whatever goes into the template is escaped unless it is HTML already.
 *
 * @module
 */

/** A piece of HTML. */
export class Html {
  /** The markup. */
  readonly markup: string;

  /** @param markup Well-formed HTML; text must have been escaped. */
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template takes: text and numbers are escaped, HTML is not, and `null` and `false` leave nothing behind. */
export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\0": "\uFFFD",
};

/**
 * Escapes text for the content of an element and for a quoted attribute.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeHtml(`<a href="b">`), "&lt;a href=&quot;b&quot;&gt;");
 * ```
 */
export function escapeHtml(text: string): string {
  // deno-lint-ignore no-control-regex -- HTML cannot hold a zero character
  return text.replace(/[&<>"'\u0000]/g, (character) => entities[character]!);
}

/**
 * A template of HTML. A value in an attribute must stand in quotes. The indentation of the template, and white space at its
 * ends, stay out of the page.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(html`<b>${"1 < 2"}</b>${[html`<br>`, null]}`.markup, "<b>1 &lt; 2</b><br>");
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const texts = strings.map((text) => text.replaceAll(/\s*\n\s*/g, "\n"));
  texts[0] = texts[0]!.trimStart();
  texts.push(texts.pop()!.trimEnd());
  return new Html(texts.map((text, i) => i === 0 ? text : toMarkup(values[i - 1]!) + text).join(""));
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === false) return "";
  if (value instanceof Html) return value.markup;
  return Array.isArray(value) ? value.map(toMarkup).join("") : escapeHtml(String(value));
}
