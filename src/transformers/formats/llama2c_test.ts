import { assert, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { DataError } from "../../errors.ts";
import { forward } from "../model/forward.ts";
import { readLlama2cTokenizer } from "./llama2c_tokenizer.ts";
import { randomTensors } from "../model/random_model.ts";
import { readLlama2c } from "./read_llama2c.ts";
import { readOut } from "../model/read_out.ts";
import { ReferenceDecoder } from "../model/reference_decoder.ts";
import { tinyConfig } from "../model/tiny_config.ts";
import { writeLlama2c } from "./write_llama2c.ts";
import { writeLlama2cTokenizer } from "./write_llama2c_tokenizer.ts";

for (const tied of [true, false]) {
  Deno.test(`readLlama2c() makes a model of the logits of float64 arithmetic on interleaved RoPE, tied = ${tied}`, async () => {
    const config = tinyConfig("llama", { tied });
    const tensors = randomTensors(config, "llama2.c");
    const model = readLlama2c(writeLlama2c(config, tensors), "tiny.bin");
    assertEquals(model.config, config);
    const backend = await startBackend({ threads: 1 });
    try {
      const tokens = Int32Array.from({ length: 20 }, (_, i) => (i * 29 + 1) % 96);
      const logits = await readOut(model, await forward(model, tokens, 20));
      const decoder = new ReferenceDecoder(config, (name) => tensors.get(name)!.values, true);
      const expected = Array.from(tokens).flatMap((token) => Array.from(decoder.next(token)));
      const worst = expected.reduce((most, value, at) => Math.max(most, Math.abs(value - logits[at]!)), 0);
      assert(worst < 1e-4, `largest difference of a logit: ${worst}, allowed 1e-4`);
    } finally {
      backend.dispose();
    }
  });
}

Deno.test("readLlama2c() reads a file that stands anywhere in memory", () => {
  const bytes = writeLlama2c(tinyConfig("llama"), randomTensors(tinyConfig("llama"), "place"));
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  assertEquals(readLlama2c(shifted.subarray(1), "tiny.bin").config, tinyConfig("llama"));
});

Deno.test("readLlama2c() refuses a truncated or foreign checkpoint in one line", async (t) => {
  const bytes = writeLlama2c(tinyConfig("llama"), new Map());
  const changed = (at: number, value: number) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setInt32(at, value, true);
    return copy;
  };
  const wrong: [string, Uint8Array, string][] = [
    [
      "truncated",
      bytes.subarray(0, bytes.length - 1),
      `takes ${bytes.length} bytes: current size is ${bytes.length - 1}`,
    ],
    ["with more behind it", Uint8Array.of(...bytes, 0), `current size is ${bytes.length + 1}`],
    ["a part of the header", bytes.subarray(0, 20), "begins with 28 bytes of header: current size is 20"],
    ["empty", new Uint8Array(), "current size is 0"],
    ["of version 1", changed(0, 0x616b3432), "must give a width that heads divide"],
    [
      "a safetensors file",
      new TextEncoder().encode('12345678{"w":{"dtype":"F32","shape":[1]}}'),
      "Cannot read tiny.bin",
    ],
    ["of 2^31 - 1 layers", changed(8, 2 ** 31 - 1), "layers must be a whole number from 1 to 16777216"],
    ["of 2^24 layers, which have no names yet", changed(8, 2 ** 24), "the model of its header takes"],
    ["of another size", changed(4, 2 ** 24), "the model of its header takes"],
    ["of 3 key and value heads", changed(16, 3), "kv heads must divide heads: current value is 3 of 4"],
    ["without heads", changed(12, 0), "heads divide: current values are 32 and 0"],
  ];
  for (const [name, file, message] of wrong) {
    await t.step(name, () => {
      const error = assertThrows(() => readLlama2c(file, "tiny.bin"), DataError, message);
      assertEquals(error.message.includes("\n"), false);
    });
  }
});

const pieces = [" ", "t", "h", "e", "th", " t", "the", " the", ".", "he"];
const vocab = 259 + pieces.length;

Deno.test("readLlama2cTokenizer() joins the pair of the best score first", () => {
  const tokenizer = readLlama2cTokenizer(writeLlama2cTokenizer(pieces), vocab, "tok.bin");
  const encoded = (text: string) => Array.from(tokenizer.encode(text), (token) => tokenizer.piece(token));
  // "th" stands before " t", so " the" is built from " " and "the".
  assertEquals(encoded("the the."), [" the", " the", "."]);
  assertEquals(encoded("t t"), [" t", " t"]);
  assertEquals(encoded("hethe"), [" ", "he", "the"]);
  assertEquals(encoded(""), []);
});

Deno.test("readLlama2cTokenizer() gives back any text, in bytes where it has no characters", () => {
  const tokenizer = readLlama2cTokenizer(writeLlama2cTokenizer(pieces), vocab, "tok.bin");
  for (const text of ["the", " the  t\n", "żółw 🐢\0", "."]) {
    assertEquals(tokenizer.decode([1, ...tokenizer.encode(text)]), text);
  }
  assertEquals([tokenizer.bos, tokenizer.size, tokenizer.piece(3 + 10)], [1, vocab, "\n"]);
});

Deno.test("readLlama2cTokenizer() refuses a damaged file or another vocabulary", () => {
  const file = writeLlama2cTokenizer(pieces);
  const read = (bytes: Uint8Array, count = vocab) => () => readLlama2cTokenizer(bytes, count, "tok.bin");
  assertThrows(read(file, 512), DataError, "must have the 512 tokens of the model: current number is 269");
  assertThrows(read(file.subarray(0, file.length - 1)), DataError, "token 268 of a llama2.c tokenizer");
  assertThrows(read(file.subarray(0, 9)), DataError, "token 0 of a llama2.c tokenizer");
  const negative = file.slice();
  new DataView(negative.buffer).setInt32(8, -5, true);
  assertThrows(read(negative), DataError, "token 0 of a llama2.c tokenizer");
  const scoreless = file.slice();
  new DataView(scoreless.buffer).setFloat32(4, NaN, true);
  assertThrows(read(scoreless), DataError, "the score of token 0 must be a number: it is NaN");
});

Deno.test("readLlama2cTokenizer() refuses a vocabulary without a token for every byte", () => {
  const bytes = new Uint8Array(4 + 2 * 8);
  assertThrows(
    () => readLlama2cTokenizer(bytes, 2, "tok.bin"),
    DataError,
    "must have at least 259 tokens: current number is 2",
  );
});
