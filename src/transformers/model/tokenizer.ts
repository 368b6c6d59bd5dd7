/** Text to token numbers and back. */
export interface Tokenizer {
  /** Tokens, one more than the largest number. */
  readonly size: number;
  /** The token that begins a text in training; `null` where there is none. */
  readonly bos: number | null;
  /** Tokens of a text, without any that begins it. */
  encode(text: string): Int32Array;
  /** The text of tokens. */
  decode(tokens: Iterable<number>): string;
  /** What one token stands for; of a token that is a part of a character, U+FFFD. */
  piece(token: number): string;
}
