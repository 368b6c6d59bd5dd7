import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { memory } from "@tensorflow/tfjs-core";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { encodeAudio, encoderShapes } from "./audio_encoder.ts";
import { forward } from "./forward.ts";
import { languageModel } from "./language_model.ts";
import { randomHeard, randomModel, randomTensors } from "./random_model.ts";
import { readOut } from "./read_out.ts";
import { memorySource, type NamedTensor } from "./tensor_source.ts";
import { tinyConfig } from "./tiny_config.ts";
import { tokenLosses } from "./token_losses.ts";

type Rows = readonly (readonly number[])[];

/** Whisper's layers in float64 by sums as they are defined: shares no arithmetic with what is tested. */
function plain(tensors: ReadonlyMap<string, NamedTensor>, heads: number) {
  const values = (name: string) => tensors.get(name)!.values;
  const linear = (rows: Rows, name: string): Rows => {
    const [inputs, outputs] = tensors.get(`${name}.weight`)!.shape as [number, number];
    const bias = tensors.get(`${name}.bias`)?.values;
    return rows.map((row) =>
      Array.from({ length: outputs }, (_, o) => {
        let sum = bias?.[o] ?? 0;
        for (let k = 0; k < inputs; k++) sum += row[k]! * values(`${name}.weight`)[k * outputs + o]!;
        return sum;
      })
    );
  };
  const norm = (rows: Rows, name: string): Rows =>
    rows.map((row) => {
      const mean = row.reduce((a, b) => a + b) / row.length;
      const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
      return row.map((x, k) =>
        (x - mean) / Math.sqrt(variance + 1e-5) * values(`${name}.weight`)[k]! + values(`${name}.bias`)[k]!
      );
    });
  const attend = (x: Rows, y: Rows, at: string, isCausal: boolean): Rows => {
    const [q, k, v] = [linear(x, `${at}.q_proj`), linear(y, `${at}.k_proj`), linear(y, `${at}.v_proj`)];
    const size = q![0]!.length / heads;
    const outputs = q!.map((query, i) =>
      query.map((_, o) => {
        const from = Math.floor(o / size) * size;
        const weights = k!.slice(0, isCausal ? i + 1 : undefined).map((key) => {
          let score = 0;
          for (let d = from; d < from + size; d++) score += query[d]! * key[d]!;
          return Math.exp(score / Math.sqrt(size));
        });
        const total = weights.reduce((a, b) => a + b);
        return weights.reduce((sum, weight, j) => sum + weight / total * v![j]![o]!, 0);
      })
    );
    return linear(outputs, `${at}.out_proj`);
  };
  const feed = (rows: Rows, at: string): Rows =>
    linear(linear(rows, `${at}.fc1`).map((row) => row.map(gelu)), `${at}.fc2`);
  return { values, norm, attend, feed };
}

const add = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((x, k) => x + b[i]![k]!));

/** z/2 (1 + erf(z / sqrt(2))), by a series whose terms are all positive. */
function gelu(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) sum += term *= 2 * x * x / (2 * n + 1);
  return z / 2 * (1 + Math.sign(z) * 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum);
}

const rowsOf = (values: Float32Array, dim: number): Rows =>
  Array.from({ length: values.length / dim }, (_, i) => Array.from(values.subarray(i * dim, (i + 1) * dim)));

const config = tinyConfig("whisper");
const length = 12;
const tokens = Int32Array.from({ length: 2 * length }, (_, i) => (i * 37 + 5) % 96);

Deno.test("forward() gives the logits of Whisper's decoder as plain sums do, and leaves no tensor", async () => {
  const backend = await startBackend({ threads: 2 });
  try {
    const model = randomModel(config, "decoder");
    const before = memory().numTensors;
    const logits = await readOut(model, await forward(model, tokens, length));
    assertEquals(memory().numTensors, before);
    const tensors = randomTensors(config, "decoder");
    const { values, norm, attend, feed } = plain(tensors, config.heads);
    const heard = rowsOf(randomHeard(config, "decoder").states, config.dim);
    const [table, places] = ["tokens", "positions"].map((of) =>
      rowsOf(values(`model.decoder.embed_${of}.weight`), config.dim)
    ) as [Rows, Rows];
    for (const window of [0, 1]) {
      let x: Rows = Array.from(
        tokens.subarray(window * length, (window + 1) * length),
        (token, i) => table[token]!.map((value, k) => value + places[i]![k]!),
      );
      for (let layer = 0; layer < config.layers; layer++) {
        const at = `model.decoder.layers.${layer}`;
        const normed = norm(x, `${at}.self_attn_layer_norm`);
        x = add(x, attend(normed, normed, `${at}.self_attn`, true));
        x = add(x, attend(norm(x, `${at}.encoder_attn_layer_norm`), heard, `${at}.encoder_attn`, false));
        x = add(x, feed(norm(x, `${at}.final_layer_norm`), at));
      }
      for (const [i, row] of norm(x, "model.decoder.layer_norm").entries()) {
        for (const [token, embedding] of table.entries()) {
          const expected = embedding.reduce((sum, value, k) => sum + value * row[k]!, 0);
          assertAlmostEquals(logits[((window * length) + i) * config.vocab + token]!, expected, 1e-4);
        }
      }
    }
  } finally {
    backend.dispose();
  }
});

Deno.test("encodeAudio() encodes as plain sums do, and leaves no tensor", async () => {
  const shape = { bands: 6, dim: 16, layers: 2, heads: 2, hidden: 24, frames: 7, normEps: 1e-5 };
  const tensors = new Map<string, NamedTensor>();
  for (const [name, sides] of encoderShapes(shape)) {
    const stream = randomStream(`encoder/${name}`, 0);
    const size = sides.reduce((a, b) => a * b);
    const scale = sides.length === 1 ? 0.3 : Math.sqrt(2 / (size / sides[0]!));
    tensors.set(name, {
      shape: sides,
      values: Float32Array.from({ length: size }, () => scale * stream.normal()),
    });
  }
  const stream = randomStream("mel", 0);
  const mel = Float32Array.from({ length: 6 * 14 }, () => stream.normal());
  const backend = await startBackend({ threads: 1 });
  try {
    const before = memory().numTensors;
    const { frames, states } = encodeAudio(shape, tensors, mel, "encoder");
    assertEquals([frames, states.length, memory().numTensors], [7, 7 * 16, before]);
    const { values, norm, attend, feed } = plain(tensors, shape.heads);
    const convolve = (input: Rows, name: string, step: number): Rows =>
      rowsOf(values(`${name}.weight`), input.length * 3).map((kernel, o) =>
        Array.from({ length: input[0]!.length / step }, (_, moment) => {
          let sum = values(`${name}.bias`)[o]!;
          for (const [channel, row] of input.entries()) {
            for (const k of [0, 1, 2]) sum += kernel[channel * 3 + k]! * (row[moment * step + k - 1] ?? 0);
          }
          return gelu(sum);
        })
      );
    const moments = convolve(convolve(rowsOf(mel, 14), "conv1", 1), "conv2", 2);
    let x: Rows = rowsOf(values("embed_positions.weight"), 16)
      .map((row, moment) => row.map((value, k) => value + moments[k]![moment]!));
    for (let layer = 0; layer < 2; layer++) {
      const normed = norm(x, `layers.${layer}.self_attn_layer_norm`);
      x = add(x, attend(normed, normed, `layers.${layer}.self_attn`, false));
      x = add(x, feed(norm(x, `layers.${layer}.final_layer_norm`), `layers.${layer}`));
    }
    for (const [i, value] of norm(x, "layer_norm").flat().entries()) {
      assertAlmostEquals(states[i]!, value, 1e-5);
    }
    tensors.delete("conv2.bias");
    assertThrows(
      () => encodeAudio(shape, tensors, mel, "e.onnx"),
      Error,
      'Cannot read e.onnx: it must have a tensor "conv2.bias" of shape (16): current shape is none',
    );
  } finally {
    backend.dispose();
  }
});

Deno.test("forward() lets an experiment change the outputs of heads, and nothing else", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const model = randomModel(config, "edit");
    const traced = async (edit?: (outputs: Float32Array, layer: number) => void) => {
      const outputs: Float32Array[] = [];
      const final = await forward(model, tokens, length, {
        observe: (trace) => outputs.push(trace.outputs()),
        ...edit && { edit: ({ outputs, layer }) => edit(outputs, layer) },
      });
      return { outputs, final };
    };
    const clean = await traced();
    assertEquals((await traced(() => {})).final, clean.final);
    const changed = await traced((outputs, layer) => {
      if (layer === 1) outputs[0]! += 1;
    });
    assertEquals(changed.outputs[0], clean.outputs[0]);
    assertAlmostEquals(changed.outputs[1]![0]!, clean.outputs[1]![0]! + 1, 1e-6);
    // The first token of the first window alone: later layers would spread it, but there are none.
    assert(changed.final.slice(0, config.dim).some((value, k) => value !== clean.final[k]));
    assertEquals(changed.final.slice(config.dim), clean.final.slice(config.dim));
  } finally {
    backend.dispose();
  }
});

Deno.test("tokenLosses() takes the losses of some places alone", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const model = randomModel(config, "places");
    const all = await tokenLosses(model, tokens, length);
    const some = await tokenLosses(model, tokens, length, { places: [3, 11] });
    const expected = [2, 10, 13, 21].map((at) => all[at]!);
    assertEquals(some.length, 4);
    for (const [i, loss] of expected.entries()) assertAlmostEquals(some[i]!, loss, 1e-5);
  } finally {
    backend.dispose();
  }
});

Deno.test("languageModel() gives a sound to Whisper, and to no other", () => {
  const whisper = memorySource(randomTensors(config, "heard"));
  assertThrows(() => languageModel(config, whisper, "w"), TypeError, "must have something to listen to");
  const gpt2 = tinyConfig("gpt2");
  const other = memorySource(randomTensors(gpt2, "heard"));
  assertThrows(() => languageModel(gpt2, other, "g", randomHeard(gpt2, "heard")), TypeError, "and no other");
});
