/**
 * The bytes of a text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(utf8("é"), Uint8Array.of(0xc3, 0xa9));
 * ```
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/**
 * The text of bytes as `Deno.readTextFile` gives it: what is no UTF-8 becomes U+FFFD, and a byte order mark stays.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xc3)), "\uFEFFa\uFFFD");
 * ```
 */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
