import fc from "fast-check";
import { join } from "@std/path";
import { DataError } from "../../../src/errors.ts";
import { openModelFolder } from "../../../src/transformers/formats/open_model_folder.ts";
import { huggingFaceConfig } from "../../../src/transformers/formats/test_helpers.ts";
import { tinyTokenizerJson } from "../../../src/transformers/formats/tiny_tokenizer.ts";
import { writeSafetensors } from "../../../src/transformers/formats/write_safetensors.ts";
import { randomTensors } from "../../../src/transformers/model/random_model.ts";
import { tinyConfig } from "../../../src/transformers/model/tiny_config.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";

const config = tinyConfig("llama", {
  ...{ dim: 4, hidden: 3, heads: 2, kvHeads: 1, headSize: 2, vocab: 5, context: 3, layers: 1 },
});
const tensors = [...randomTensors(config, "fuzz")];
const halves = [tensors.slice(0, 5), tensors.slice(5)];
const shardName = (half: number) => `model-0000${half + 1}-of-00002.safetensors`;
const others = [
  { name: "config.json", bytes: utf8(JSON.stringify(huggingFaceConfig(config))) },
  { name: "tokenizer.json", bytes: utf8(tinyTokenizerJson(["<unk>", "<s>", "a", "b"])) },
  ...halves.map((half, i) => ({ name: shardName(i), bytes: writeSafetensors(new Map(half), "F16") })),
];
const index = {
  metadata: { total_size: 1 },
  weight_map: Object.fromEntries(halves.flatMap((half, i) => half.map(([name]) => [name, shardName(i)]))),
};

/** The index that says in which file each tensor of a model is. */
export const modelIndexTarget: FuzzTarget = {
  name: "safetensors-index",
  files: fc.oneof(
    changedJson(index),
    // Two shards changed places, and one that is not there.
    changedJson({ weight_map: { ...index.weight_map, [tensors[0]![0]]: shardName(1) } }),
    changedJson({ weight_map: { ...index.weight_map, [tensors[0]![0]]: shardName(2) } }),
  ),
  errors: [DataError],
  read: async (bytes, folder) => {
    for (const { name, bytes } of others) await Deno.writeFile(join(folder, name), bytes);
    await Deno.writeFile(join(folder, "model.safetensors.index.json"), bytes);
    await using opened = await openModelFolder(folder);
    for (const [name, { shape, values }] of tensors) {
      const read = await opened.model.tensors.read(name);
      must(read.length === values.length, `${name} has its shape, (${shape.join()})`);
    }
    must(opened.notes.length === 0, "nothing is chosen where there is no choice");
  },
};
