import { type Html, html } from "./html.ts";

const decimal = /^([+-]?\d+)(\.\d+)?$/;

/** The number of characters behind and with the decimal point, which the class `f<n>` of a column reserves. */
export function fractionLength(text: string): number {
  return decimal.exec(text)?.[2]?.length ?? 0;
}

/**
 * A number whose fraction stands in a box of its own, so that the decimal points of a column stand below each other. Other
 * text is left as it is.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(alignedNumber("-0.5").markup, "−0<i>.5</i>");
 * assertEquals(alignedNumber("±2 %").markup, "±2 %");
 * ```
 */
export function alignedNumber(text: string): Html {
  const [, whole, fraction = ""] = decimal.exec(text) ?? [];
  return whole === undefined ? html`${text}` : html`${whole.replace("-", "−")}<i>${fraction}</i>`;
}
