import { linkTo } from "./anchors.ts";
import { type Html, html } from "./html.ts";

/** Where the known deviations of a reproduction's README stand on the page. */
export function readmeAnchor(reproduction: string): string {
  return `readme:${reproduction}`;
}

/**
 * A text of a golden file, in which "(README)" links to what the README of the reproduction says.
 *
 * @param text The text.
 * @param reproduction The id of the reproduction.
 * @param isThere Whether the page has its README; the text stays as it is where not.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linkReadme("a < b (README)", "toy", true).markup, 'a &lt; b (<a href="#readme:toy">README</a>)');
 * ```
 */
export function linkReadme(text: string, reproduction: string, isThere: boolean): Html {
  if (!isThere) return html`${text}`;
  const [first, ...others] = text.split(/\(README(?=[ )])/);
  return html`${first!}${
    others.map((rest) => html`(<a href="${linkTo(readmeAnchor(reproduction))}">README</a>${rest}`)
  }`;
}

/**
 * The section "Known deviations" of a README: what golden files refer to.
 *
 * @param readme The text of the README, in Markdown.
 * @returns Nothing where it has none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(knownDeviations("# a\n\n## Known deviations\n\nb\n\n## Run time\n"), "b");
 * ```
 */
export function knownDeviations(readme: string): string {
  return /^## Known deviations\n([^]*?)(?=^## |(?![^]))/m.exec(readme)?.[1]?.trim() ?? "";
}
