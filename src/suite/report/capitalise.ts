/**
 * Text as a sentence begins.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(capitalise("moved from the baseline"), "Moved from the baseline");
 * ```
 */
export function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
