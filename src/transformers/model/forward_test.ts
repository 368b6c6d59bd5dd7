import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { memory } from "@tensorflow/tfjs-core";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { DataError } from "../../errors.ts";
import { forward } from "./forward.ts";
import { type LanguageModel, languageModel } from "./language_model.ts";
import type { HeadTrace } from "./layer_trace.ts";
import type { Family, ModelConfig } from "./model_config.ts";
import { randomModel, randomTensors } from "./random_model.ts";
import { readOut } from "./read_out.ts";
import { ReferenceDecoder } from "./reference_decoder.ts";
import { memorySource } from "./tensor_source.ts";
import { tinyConfig } from "./tiny_config.ts";
import { tokenLosses } from "./token_losses.ts";

const length = 24;
const tokens = Int32Array.from({ length: 2 * length }, (_, i) => (i * 37 + 5) % 96);

const llama3 = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 32 };
const configs: readonly [string, ModelConfig][] = [
  ["llama", tinyConfig("llama")],
  ["llama with one key and value head", tinyConfig("llama", { kvHeads: 1, tied: false })],
  [
    "llama 3.1 with biases and heads wider than the stream",
    tinyConfig("llama", {
      headSize: 12,
      rope: { theta: 500, llama3 },
      bias: { qkv: true, output: true, feedForward: true },
    }),
  ],
  ["qwen2", tinyConfig("qwen2")],
  ["gpt2", tinyConfig("gpt2")],
];

Deno.test("forward() gives the logits of independent float64 arithmetic to 1e-4", async (t) => {
  const backend = await startBackend({ threads: 2 });
  try {
    for (const [name, config] of configs) {
      await t.step(name, async () => {
        const tensors = randomTensors(config, name);
        const before = memory().numTensors;
        const model = randomModel(config, name);
        const logits = await readOut(model, await forward(model, tokens, length));
        const losses = await tokenLosses(model, tokens, length);
        assertEquals(memory().numTensors, before);
        let [worst, worstLoss] = [0, 0];
        for (let window = 0; window < 2; window++) {
          const decoder = new ReferenceDecoder(config, (name) => tensors.get(name)!.values);
          for (let i = 0; i < length; i++) {
            const at = window * length + i;
            const expected = decoder.next(tokens[at]!);
            expected.forEach((value, v) => {
              worst = Math.max(worst, Math.abs(value - logits[at * config.vocab + v]!));
            });
            if (i === length - 1) continue;
            const total = expected.reduce((sum, logit) => sum + Math.exp(logit), 0);
            const loss = Math.log(total) - expected[tokens[at + 1]!]!;
            worstLoss = Math.max(worstLoss, Math.abs(loss - losses[window * (length - 1) + i]!));
          }
        }
        assert(worst < 1e-4, `largest difference of a logit: ${worst}, allowed 1e-4`);
        assert(worstLoss < 1e-4, `largest difference of a loss: ${worstLoss}, allowed 1e-4`);
      });
    }
  } finally {
    backend.dispose();
  }
});

Deno.test("forward() keeps the intermediates that plain sums over them confirm", async (t) => {
  const backend = await startBackend({ threads: 1 });
  try {
    for (const family of ["llama", "gpt2"] as const) {
      const config = tinyConfig(family);
      const { heads, kvHeads, headSize, dim, layers } = config;
      const tensors = randomTensors(config, "intermediates");
      const traces: HeadTrace[] = [];
      let last = new Float32Array();
      const final = await forward(randomModel(config, "intermediates"), tokens, length, {
        observe: (trace) => {
          traces.push(...trace.heads());
          last = trace.residual().slice();
        },
      });
      await t.step(`${family}: rows of attention sum to 1 and give later tokens exactly 0`, () => {
        assertEquals(traces.length, layers * 2 * heads);
        for (const { map: { weights } } of traces) {
          for (let i = 0; i < length; i++) {
            const row = weights.subarray(i * length, (i + 1) * length);
            assertAlmostEquals(Array.from(row).reduce((a, b) => a + b), 1, 1e-6);
            assertEquals(row.subarray(i + 1).every((weight) => weight === 0), true);
          }
        }
      });
      await t.step(
        `${family}: outputs are attention times values, shared by ${heads / kvHeads} heads`,
        () => {
          for (const { map: { weights }, values, outputs } of traces) {
            for (let i = 0; i < length; i++) {
              for (let k = 0; k < headSize; k++) {
                let sum = 0;
                for (let j = 0; j <= i; j++) sum += weights[i * length + j]! * values[j * headSize + k]!;
                assertAlmostEquals(outputs[i * headSize + k]!, sum, 1e-5);
              }
            }
          }
          const [first, second] = traces;
          assertEquals(first!.values.join() === second!.values.join(), kvHeads < heads);
        },
      );
      await t.step(`${family}: the result is the last residual stream, normalised`, () => {
        assertEquals(last.length, 2 * length * dim);
        const name = family === "gpt2" ? "ln_f" : "model.norm";
        const [scale, shift] = ["weight", "bias"].map((part) => tensors.get(`${name}.${part}`)?.values);
        for (let at = 0; at < 2 * length; at++) {
          const x = Array.from(last.subarray(at * dim, (at + 1) * dim));
          const mean = shift === undefined ? 0 : x.reduce((a, b) => a + b) / dim;
          const size = Math.sqrt(
            x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / dim + config.normEps,
          );
          for (const [k, value] of x.entries()) {
            const expected = (value - mean) / size * scale![k]! + (shift?.[k] ?? 0);
            assertAlmostEquals(final[at * dim + k]!, expected, 1e-5);
          }
        }
      });
    }
  } finally {
    backend.dispose();
  }
});

Deno.test("forward() gives a window the same bits in any company and on any number of threads", async () => {
  const model = randomModel(tinyConfig("qwen2"), "company");
  const run = async (threads: number, tokens: Int32Array) => {
    const backend = await startBackend({ threads });
    try {
      return await forward(model, tokens, length);
    } finally {
      backend.dispose();
    }
  };
  const both = await run(1, tokens);
  assertEquals(await run(2, tokens), both);
  assertEquals(await run(1, tokens.subarray(length)), both.slice(both.length / 2));
});

Deno.test("forward() gives a prefix what the whole window gives it", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const model = randomModel(tinyConfig("llama"), "prefix");
    const whole = await forward(model, tokens.subarray(0, length), length);
    const prefix = await forward(model, tokens.subarray(0, 10), 10);
    for (const [at, value] of prefix.entries()) assertAlmostEquals(value, whole[at]!, 1e-5);
  } finally {
    backend.dispose();
  }
});

Deno.test("forward() refuses windows and tokens that the model does not have", async (t) => {
  const model = randomModel(tinyConfig("gpt2"), "wrong");
  const wrong: [string, Int32Array, number, string][] = [
    ["longer than the context", new Int32Array(65), 65, "from 1 to the context of the model, 64"],
    ["no whole window", new Int32Array(5), 2, "whole windows of 2 tokens"],
    ["no token", new Int32Array(), 2, "one at least"],
    [
      "a token too large",
      Int32Array.of(96),
      1,
      "Cannot run token 96: it must be in the vocabulary of the model, 0..95",
    ],
    ["a negative token", Int32Array.of(-1), 1, "Cannot run token -1"],
  ];
  for (const [name, tokens, length, message] of wrong) {
    await t.step(name, async () => {
      await assertRejects(() => forward(model, tokens, length), RangeError, message);
    });
  }
});

type Change = readonly [name: string, change: (value: number, at: number) => number];

/** A random model with the values of one tensor changed. */
function changedModel(family: Family, [name, change]: Change): LanguageModel {
  const config = tinyConfig(family, { tied: false });
  const tensors = randomTensors(config, "changed");
  const { shape, values } = tensors.get(name)!;
  tensors.set(name, { shape, values: values.map(change) });
  return languageModel(config, memorySource(tensors), "changed.safetensors");
}

const onlyAt = (at: number, value: number) => (other: number, i: number) => i === at ? value : other;
const times = (factor: number) => (value: number) => value * factor;

Deno.test("tokenLosses() refuses a model that is no number anywhere, and names the tensor or the layer", async (t) => {
  const query = "model.layers.1.self_attn.q_proj.weight";
  const down = "model.layers.0.mlp.down_proj.weight";
  const wrong: [string, Family, Change, string][] = [
    ["NaN in a query matrix", "llama", [query, onlyAt(70, NaN)], `element 70 of "${query}" is NaN`],
    [
      "Infinity in a feed-forward matrix",
      "llama",
      [down, onlyAt(3, Infinity)],
      `element 3 of "${down}" is Inf`,
    ],
    [
      "NaN in a bias",
      "qwen2",
      ["model.layers.0.self_attn.k_proj.bias", onlyAt(0, NaN)],
      'self_attn.k_proj.bias" is',
    ],
    ["NaN in the embedding of a token that is read", "llama", [
      "model.embed_tokens.weight",
      onlyAt(tokens[1]! * 32 + 5, NaN),
    ], `element ${tokens[1]! * 32 + 5} of "model.embed_tokens.weight" is NaN`],
    [
      "NaN in the embedding of a position",
      "gpt2",
      ["wpe.weight", onlyAt(1, NaN)],
      'element 1 of "wpe.weight"',
    ],
    ["NaN in the last norm", "gpt2", ["ln_f.bias", onlyAt(1, NaN)], 'element 1 of "ln_f.bias" is NaN'],
    [
      "NaN in the read-out",
      "gpt2",
      ["lm_head.weight", onlyAt(95, NaN)],
      'element 95 of "lm_head.weight" is NaN',
    ],
    [
      "scores that float32 does not hold",
      "llama",
      [query, times(1e38)],
      "a score in the attention of layer 2",
    ],
    ["scores that show later keys", "llama", [query, times(1e32)], "a score in the attention of layer 2"],
    ["values that float32 does not hold", "llama", [
      "model.layers.0.self_attn.v_proj.weight",
      times(3e38),
    ], "the residual stream after the attention of layer 1"],
    ["a residual stream whose squares float32 does not hold", "llama", [
      "model.layers.1.mlp.down_proj.weight",
      times(1e20),
    ], "the residual stream after layer 2"],
    [
      "logits that float32 does not hold",
      "llama",
      ["lm_head.weight", times(1e38)],
      'the logits of "lm_head.weight"',
    ],
  ];
  const backend = await startBackend({ threads: 1 });
  try {
    for (const [name, family, change, message] of wrong) {
      await t.step(name, async () => {
        const run = () => tokenLosses(changedModel(family, change), tokens, length);
        await assertRejects(run, DataError, message);
      });
    }
  } finally {
    backend.dispose();
  }
});
