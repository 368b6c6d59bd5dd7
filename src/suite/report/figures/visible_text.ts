/**
 * A token or a name as it can be seen: line breaks and tabs as arrows, spaces at its ends as dots, anything else
 * that has no shape as its code point.
 *
 * @param text The text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["\n", " the", "\u0000"].map(visibleText), ["↵", "·the", "U+0000"]);
 * ```
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r?\n/g, "↵")
    .replaceAll("\t", "→")
    .replace(/^ +| +$/g, (spaces) => "·".repeat(spaces.length))
    .replace(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu,
      (character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
    );
}
