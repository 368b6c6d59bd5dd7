import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../../src/numeric/random/random_stream.ts";
import { startBackend } from "../../../../src/compute/tfjs/start_backend.ts";
import { measureWhisper } from "./measure_whisper.ts";
import { labelTokens, measureTags, otherKeys, strongestOthers, withoutPosition } from "./measure_tags.ts";
import { removeDirection, replaceValues } from "./replace_values.ts";
import { releasedTags } from "./heads.ts";
import { lossPlaces } from "./measure_losses.ts";
import { standInWhisper } from "./stand_in.ts";
import { prefixedWindows, proseWindows } from "./whisper_prompts.ts";

const { model, tokenizer } = standInWhisper();

/** A map of one head in which every query gives a share to each of some keys before it, and the rest to itself. */
function planted(length: number, shares: ReadonlyMap<number, number>) {
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    let left = 1;
    for (const [key, share] of shares) {
      if (key >= i) continue;
      weights[i * length + key] = share;
      left -= share;
    }
    weights[i * length + i] = left;
  }
  return { length, weights };
}

Deno.test("prefixedWindows() puts tokens before the text, and between its halves", () => {
  const text = { tokens: tokenizer.encode("abcdefgh"), length: 4 };
  const read = (name: "prev" | "sot" | "text" | "prevsot") => {
    const windows = prefixedWindows(name, text, tokenizer);
    const { tokens, length, sinks, halves } = windows;
    return { second: tokenizer.decode(tokens.subarray(length)), sinks, halves, prefix: windows.prefix };
  };
  const begin = "<|startoftranscript|><|en|><|transcribe|><|notimestamps|>";
  assertEquals(read("text"), { second: "efgh", sinks: [], halves: [[0, 2], [2, 4]], prefix: 0 });
  assertEquals(read("prev"), {
    second: "<|startofprev|>efgh",
    sinks: [0],
    halves: [[1, 3], [3, 5]],
    prefix: 1,
  });
  assertEquals(read("sot"), { second: `${begin}efgh`, sinks: [1], halves: [[4, 6], [6, 8]], prefix: 4 });
  assertEquals(read("prevsot"), {
    second: `<|startofprev|>ef${begin}gh`,
    sinks: [0, 4],
    halves: [[1, 3], [7, 9]],
    prefix: 1,
  });
});

Deno.test("proseWindows() takes the second half of a text without speakers and ends of lines", () => {
  const text = `FIRST:\n${"x".repeat(60)}\n\nSECOND:\nTo be,\nor not.\n\nTHIRD:\nThat is it.\n`;
  const { tokens } = proseWindows(text, 2, 12, tokenizer);
  assertEquals(tokenizer.decode(tokens), "To be, or not. That is i");
  assertThrows(() => proseWindows(text, 3, 12, tokenizer), RangeError, "it fills 2");
});

Deno.test("replaceValues() gives what attention with other values gives later queries", () => {
  const length = 6;
  const stream = randomStream("replace", 0);
  const map = planted(length, new Map([[0, 0.3], [2, 0.25]]));
  const values = Float32Array.from({ length: 2 * length }, () => stream.normal());
  const attend = (valueAt: (i: number, key: number, k: number) => number) =>
    Float32Array.from({ length: 2 * length }, (_, at) => {
      const [i, k] = [Math.floor(at / 2), at % 2];
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += map.weights[i * length + j]! * valueAt(i, j, k);
      return sum;
    });
  const keys = [0, 2];
  const isReplaced = (i: number, key: number) => keys.includes(key) && key < i;
  const plain = (key: number, k: number) => values[2 * key + k]!;
  const head = () => ({
    attention: Float32Array.from(map.weights),
    values,
    outputs: attend((_, key, k) => plain(key, k)),
    dimension: 2,
  });
  const zeroed = head();
  replaceValues(zeroed, keys, "zero");
  const expected = attend((i, key, k) => isReplaced(i, key) ? 0 : plain(key, k));
  for (const [at, value] of expected.entries()) assertAlmostEquals(zeroed.outputs[at]!, value, 1e-6);
  const averaged = head();
  replaceValues(averaged, keys, "mean");
  const means = attend((i, key, k) => {
    if (!isReplaced(i, key)) return plain(key, k);
    const others = Array.from({ length: i + 1 }, (_, j) => j).filter((j) => !keys.includes(j));
    return others.reduce((sum, j) => sum + plain(j, k), 0) / others.length;
  });
  for (const [at, value] of means.entries()) assertAlmostEquals(averaged.outputs[at]!, value, 1e-6);
});

Deno.test("replaceValues() leaves a query as it is that has no other keys to take the mean of", () => {
  const attention = Float32Array.of(1, 0, 0.5, 0.5);
  const head = { attention, values: Float32Array.of(4, 2), outputs: Float32Array.of(4, 3), dimension: 1 };
  replaceValues(head, [0, 1], "mean");
  assertEquals(head.outputs, Float32Array.of(4, 3));
});

Deno.test("removeDirection() takes as much from each query as the key's value gives it, in a direction of its own", () => {
  const attention = Float32Array.of(1, 0, 0.25, 0.75);
  const head = { attention, values: Float32Array.of(3, 4, 0, 0), outputs: new Float32Array(4), dimension: 2 };
  removeDirection(head, 0, Float64Array.of(1, 0));
  assertEquals(head.outputs, Float32Array.of(0, 0, -1.25, 0));
});

Deno.test("strongestOthers() and otherKeys() leave out sinks and keys near the end", () => {
  const map = planted(16, new Map([[0, 0.5], [5, 0.2], [7, 0.1], [13, 0.15]]));
  assertEquals(otherKeys(16, [0]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assertEquals(strongestOthers({ map }, [0]), [5]);
  assertEquals(strongestOthers({ map }, [0, 5]), [7, 1]);
});

Deno.test("labelTokens() labels by the strongest key, and leaves rare labels out", () => {
  const length = 40;
  const map = planted(length, new Map([[0, 0.6]]));
  const trace = { map };
  assertEquals(labelTokens(trace, [0]), null);
  for (let i = 30; i < 39; i++) {
    map.weights[i * length] = 0.1;
    map.weights[i * length + 20] = 0.9;
  }
  const found = labelTokens(trace, [0])!;
  assertEquals(found.tokens, Array.from({ length: 32 }, (_, i) => i + 8));
  assertEquals(found.labels.filter((label) => label === -1).length, 9);
  const both = labelTokens(trace, [0, 20])!;
  // Queries from 28 on: nine attend to 20, and three to 0, which are too few.
  assertEquals(both, null as unknown as typeof both);
});

Deno.test("withoutPosition() leaves nothing of functions of the position, and everything of what has none of them", () => {
  const first = 5;
  const count = 30;
  const stream = randomStream("position", 0);
  const noise = Float64Array.from({ length: count }, () => stream.normal());
  const values = Float64Array.from({ length: 2 * count }, (_, at) => {
    const i = first + Math.floor(at / 2);
    return at % 2 === 0 ? 3 - 2 * i + 5 * Math.log(1 + i) : noise[Math.floor(at / 2)]!;
  });
  const left = withoutPosition({ values, dimension: 2 }, first).values;
  const again = withoutPosition({ values: left, dimension: 2 }, first).values;
  for (let row = 0; row < count; row++) {
    assertAlmostEquals(left[2 * row]!, 0, 1e-10);
    assertAlmostEquals(again[2 * row + 1]!, left[2 * row + 1]!, 1e-10);
  }
  let sum = 0;
  for (let row = 0; row < count; row++) sum += left[2 * row + 1]! * (first + row);
  assertAlmostEquals(sum, 0, 1e-9);
});

Deno.test("measureTags() sees a tag that outputs vary along, and not where they do not", () => {
  const length = 40;
  const stream = randomStream("tags", 0);
  const map = planted(length, new Map([[0, 0.5], [3, 0.1]]));
  const values = Float64Array.from({ length: 4 * length }, () => stream.normal());
  values.set([10, 0, 0, 0], 0);
  const outputs = Float64Array.from({ length: 4 * length }, (_, at) => at % 4 === 0 ? stream.normal() : 0);
  const head = { window: 0, layer: 0, head: 0, map, values, outputs, dimension: 4 };
  const { share, others, beyondPosition } = measureTags(head, [0]);
  assertAlmostEquals(share, 1, 1e-12);
  assertAlmostEquals(beyondPosition, 1, 1e-12);
  const [key] = strongestOthers(head, [0]);
  const other = values.subarray(4 * key!, 4 * key! + 4);
  assertAlmostEquals(others, other[0]! ** 2 / other.reduce((sum, value) => sum + value * value, 0), 1e-12);
});

Deno.test("releasedTags() sends a value through its head's rows of the output matrix", async () => {
  const { headSize, dim } = model.config;
  const values = new Float64Array(3 * headSize);
  values[2 * headSize + 1] = 2;
  const [tag] = await releasedTags(model, { values, dimension: headSize }, [2], { layer: 1, head: 3 });
  const matrix = await model.tensors.read("model.decoder.layers.1.self_attn.out_proj.weight");
  const row = 3 * headSize + 1;
  assertEquals(
    Array.from(tag!),
    Array.from(matrix.subarray(row * dim, (row + 1) * dim), (value) => 2 * value),
  );
});

Deno.test("lossPlaces() are every so many-th token of the text, and never the first of all", () => {
  const windows = (prefix: number) => ({
    ...prefixedWindows("text", { tokens: new Int32Array(12), length: 12 }, tokenizer),
    prefix,
  });
  assertEquals(lossPlaces(windows(4), 3), [4, 7, 10]);
  assertEquals(lossPlaces(windows(0), 5), [5, 10]);
});

Deno.test("measureWhisper() sees in a model with planted sinks what was planted", async (t) => {
  const backend = await startBackend({ threads: 1 });
  const letters = Array.from({ length: 2 * 80 }, (_, i) => "abcdefgh,. "[(i * i + 3 * i) % 11]).join("");
  const text = { tokens: tokenizer.encode(letters), length: 80 };
  const measure = (name: "prev" | "sot" | "text" | "prevsot", batch = 2) =>
    measureWhisper({ model, tokenizer }, prefixedWindows(name, text, tokenizer), {
      name,
      stride: 8,
      batch,
      stream: (window) => randomStream("window", window),
      progress: () => {},
    });
  try {
    await t.step("the planted sink in every head, in any company", async () => {
      const found = await measure("prev");
      for (const { heads, tagShare, otherShare, losses, normRatios } of found) {
        assertEquals(heads.length, 16);
        assert(heads.every(({ sinks }) => sinks.includes(0)));
        assert(tagShare !== null && otherShare !== null && normRatios!.length === 4);
        assert(losses?.kind === "prev" && losses.clean > 0);
      }
      assertEquals(await measure("prev", 1), found);
    });
    await t.step("two sinks, each for its own half", async () => {
      for (const { halves } of await measure("prevsot")) {
        assertEquals(halves!.twoSinks, true);
        assert(halves!.outputs > halves!.values);
      }
    });
    await t.step("no causal test of text alone", async () => {
      for (const { normRatios, losses, halves } of await measure("text")) {
        assertEquals([normRatios, losses, halves], [null, null, null]);
      }
    });
    await t.step("that each replacement changes the loss in a way of its own", async () => {
      for (const { losses } of await measure("sot")) {
        assert(losses?.kind === "sot");
        const { clean, zero, mean, random } = losses;
        assertEquals(new Set([clean, zero, mean, random]).size, 4);
      }
    });
  } finally {
    backend.dispose();
  }
});
