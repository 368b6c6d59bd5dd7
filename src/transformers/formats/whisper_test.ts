import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { DataError } from "../../errors.ts";
import { filesAtHand } from "../../pretrained/files_at_hand.ts";
import { forward } from "../model/forward.ts";
import { likeliest } from "../model/generate.ts";
import { readOut } from "../model/read_out.ts";
import {
  hearSilence,
  readWhisperConfig,
  readWhisperDecoder,
  readWhisperTokenizer,
  transcriptPrefix,
} from "./whisper.ts";

const { context, skipped } = await filesAtHand(Deno.env.get("REPRODUCE_DATA"), ["whisper-tiny"]);

interface Reference {
  text: string;
  tokens: number[];
  encoder: { every: number; states: number[] };
  logits: { every: number; first: number[]; last: number[] };
  attention: number[][];
  greedy: number[];
  hard: { text: string; tokens: number[] };
}

const reference: Reference = JSON.parse(
  await Deno.readTextFile(new URL("./testdata/whisper_reference.json", import.meta.url)),
);

/** The first token that is no text. */
const firstSpecial = 50_257;

Deno.test({
  name: `whisper-tiny computes what numpy does in float64${skipped}`,
  ignore: context === undefined,
  async fn(t) {
    const read = (name: string) => context!.read({ dataset: "whisper-tiny", name });
    const text = async (name: string) => new TextDecoder().decode(await read(name));
    const config = readWhisperConfig(await text("config.json"), "config.json");
    const files = {
      vocab: await text("vocab.json"),
      merges: await text("merges.txt"),
      added: await text("added_tokens.json"),
    };
    const tokenizer = readWhisperTokenizer(files, config.decoder.vocab, "whisper-tiny");
    await t.step("readWhisperTokenizer() gives its tokens, and takes them back", () => {
      assertEquals(tokenizer.bos, null);
      assertEquals([...tokenizer.encode(transcriptPrefix + reference.text)], reference.tokens);
      assertEquals([...tokenizer.encode(reference.hard.text)], reference.hard.tokens);
      assertEquals(tokenizer.decode(reference.hard.tokens), reference.hard.text);
    });
    const backend = await startBackend({ threads: 1 });
    try {
      const heard = hearSilence(await read("onnx/encoder_model_quantized.onnx"), config.encoder, "encoder");
      await t.step("hearSilence() gives its states to 1e-3", () => {
        const { every, states } = reference.encoder;
        assertEquals(heard.states.length, 1500 * 384);
        for (const [i, state] of states.entries()) {
          assertAlmostEquals(heard.states[i * every]!, state, 1e-3);
        }
      });
      const model = readWhisperDecoder(
        await read("onnx/decoder_model_merged_quantized.onnx"),
        config.decoder,
        heard,
        "decoder",
      );
      await t.step("forward() and readOut() give its logits to 1e-3 and its attention to 1e-4", async () => {
        const { tokens, logits: { every, first, last }, attention } = reference;
        const maps: number[][] = [];
        const final = await forward(model, Int32Array.from(tokens), tokens.length, {
          observe: (trace) => {
            maps.push(
              [...trace.heads()].map(({ map }) => map.weights[(tokens.length - 1) * tokens.length]!),
            );
          },
        });
        for (const [at, expected] of [[0, first], [tokens.length - 1, last]] as const) {
          const logits = await readOut(model, final.slice(at * 384, (at + 1) * 384));
          for (const [i, logit] of expected.entries()) assertAlmostEquals(logits[i * every]!, logit, 1e-3);
        }
        for (const [layer, heads] of attention.entries()) {
          for (const [head, weight] of heads.entries()) {
            assertAlmostEquals(maps[layer]![head]!, weight, 1e-4);
          }
        }
      });
      await t.step("the likeliest text is its own", async () => {
        const tokens = [...reference.tokens];
        for (const expected of reference.greedy.slice(0, 5)) {
          const final = await forward(model, Int32Array.from(tokens), tokens.length);
          tokens.push(likeliest((await readOut(model, final.slice(-384))).subarray(0, firstSpecial)));
          assertEquals(tokens.at(-1), expected);
        }
      });
    } finally {
      backend.dispose();
    }
  },
});

const tinyJson = {
  model_type: "whisper",
  d_model: 32,
  encoder_layers: 2,
  encoder_attention_heads: 4,
  encoder_ffn_dim: 64,
  decoder_layers: 2,
  decoder_attention_heads: 4,
  decoder_ffn_dim: 128,
  vocab_size: 96,
  num_mel_bins: 8,
  max_source_positions: 10,
  max_target_positions: 64,
  activation_function: "gelu",
};

Deno.test("readWhisperConfig() reads both halves, and refuses what is not computed here", () => {
  const { encoder, decoder } = readWhisperConfig(JSON.stringify(tinyJson), "config.json");
  assertEquals([encoder.frames, encoder.bands, encoder.hidden], [10, 8, 64]);
  assertEquals([decoder.family, decoder.headSize, decoder.context, decoder.rope], ["whisper", 8, 64, null]);
  const refused: readonly [Record<string, unknown>, string][] = [
    [{ activation_function: "relu" }, "activation_function"],
    [{ scale_embedding: true }, "scale_embedding"],
    [{ d_model: 30 }, "heads must divide d_model: current values are 4, 4 and 30"],
    [{ vocab_size: -1 }, "vocab_size"],
    [{ model_type: "bert" }, "model_type"],
  ];
  for (const [changes, reason] of refused) {
    const error = assertThrows(
      () => readWhisperConfig(JSON.stringify({ ...tinyJson, ...changes }), "config.json"),
      DataError,
      reason,
    );
    assert(!error.message.includes("\n"));
  }
  assertThrows(
    () => readWhisperConfig("[1]", "c.json"),
    DataError,
    "Cannot read c.json: it must be a JSON object",
  );
});

Deno.test("readWhisperDecoder() and hearSilence() refuse a file that is no ONNX model in one line", () => {
  const { encoder, decoder } = readWhisperConfig(JSON.stringify(tinyJson), "config.json");
  const heard = { frames: 10, states: new Float32Array(320) };
  assertThrows(() => readWhisperDecoder(Uint8Array.of(1, 2), decoder, heard, "d.onnx"), DataError, "d.onnx");
  assertThrows(() => hearSilence(Uint8Array.of(1, 2), encoder, "e.onnx"), DataError, "e.onnx");
});
