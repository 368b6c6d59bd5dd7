/**
 * A tokenizer.json of characters without merges, for tests: token i is the i-th piece. Longer pieces are special tokens.
 *
 * @param pieces Such as `["<s>", "a", "b", "\n"]`.
 * @param bos The piece that comes before every text; none by default.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(JSON.parse(tinyTokenizerJson(["a", "b"])).model.vocab, { a: 0, b: 1 });
 * ```
 */
export function tinyTokenizerJson(pieces: readonly string[], bos?: string): string {
  const added = pieces.map((content, id) => ({ id, content })).filter(({ content }) => content.length > 1);
  const special = bos === undefined ? undefined : pieces.indexOf(bos);
  return JSON.stringify({
    version: "1.0",
    added_tokens: added.map((token) => ({
      ...token,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: null,
    post_processor: bos === undefined ? null : {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: bos, type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
      special_tokens: { [bos]: { id: bos, ids: [special], tokens: [bos] } },
    },
    decoder: { type: "Fuse" },
    model: {
      type: "BPE",
      unk_token: pieces[0],
      vocab: Object.fromEntries(pieces.map((piece, i) => [piece, i])),
      merges: [],
    },
  });
}
