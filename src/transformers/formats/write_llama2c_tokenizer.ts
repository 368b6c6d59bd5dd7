/**
 * Writes a tokenizer of llama2.c, for tests and stand-ins: the three special tokens, the 256 bytes, then `pieces`.
 * As in sentencepiece a piece is joined earlier the earlier it stands.
 *
 * @param pieces Characters and what they can be joined to.
 * @returns The file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new DataView(writeLlama2cTokenizer(["abcdefg"]).buffer).getInt32(0, true), 7); // the longest
 * ```
 */
export function writeLlama2cTokenizer(pieces: readonly string[]): Uint8Array {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const texts = ["<unk>", "\n<s>\n", "\n</s>\n", ...bytes, ...pieces].map((text) =>
    new TextEncoder().encode(text)
  );
  const file = new Uint8Array(4 + texts.reduce((sum, { length }) => sum + 8 + length, 0));
  const view = new DataView(file.buffer);
  view.setInt32(0, texts.reduce((longest, { length }) => Math.max(longest, length), 0), true);
  let at = 4;
  for (const [number, text] of texts.entries()) {
    view.setFloat32(at, -number, true);
    view.setInt32(at + 4, text.length, true);
    file.set(text, at + 8);
    at += 8 + text.length;
  }
  return file;
}
