import { z } from "zod";
import { safeName } from "../../data/fetch/safe_name.ts";
import type { ReadContext } from "../../data/sources/source.ts";
import { DataError } from "../../errors.ts";
import { parseJson } from "../../files/parse_json.ts";
import { oneLine } from "../../one_line.ts";
import { sizeOf, type Weight } from "./named_weights.ts";

/** A model as tfjs-layers publishes it. */
export interface TfjsModel {
  /** What its layers are; `null` where the file leaves that out. */
  readonly topology: object | null;
  /** Its weights by name, in the order of the manifest. */
  readonly weights: ReadonlyMap<string, Weight>;
}

const weight = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.string(),
  quantization: z.unknown().optional(),
});
const modelFile = z.object({
  modelTopology: z.record(z.string(), z.unknown()).nullable(),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weight) })),
});

type Group = z.infer<typeof modelFile>["weightsManifest"][number];

/**
 * Reads a layers model of tfjs: `model.json` (topology and `weightsManifest`) and the shards that it names, each group of which
 * is, one shard after the other, the float32 values of its weights, little-endian.
 *
 * @param folder Where `model.json` and the shards are: a folder of a data set.
 * @param context Reads its files, verified.
 * @throws {DataError} Where `model.json` has another form, a shard's name leads out of the folder, a weight is there twice, quantised or
 * none of float32, or the shards of a group have not as many bytes as its weights.
 */
export async function readTfjsModel(
  folder: { readonly dataset: string; readonly path: string },
  context: Pick<ReadContext, "read">,
): Promise<TfjsModel> {
  const { dataset, path } = folder;
  const name = `${dataset}/${path}/model.json`;
  const { modelTopology, weightsManifest } = parse(
    await context.read({ dataset, name: `${path}/model.json` }),
    name,
  );
  const weights = new Map<string, Weight>();
  for (const [i, group] of weightsManifest.entries()) {
    const shards: Uint8Array[] = [];
    for (const shard of group.paths) {
      shards.push(await context.read({ dataset, name: `${path}/${inside(shard, name)}` }));
    }
    for (const [key, value] of sliceGroup(group, shards, `group ${i + 1}`, name)) {
      if (weights.has(key)) fail(name, `its weights must have different names: ${key} is there twice`);
      weights.set(key, value);
    }
  }
  return { topology: modelTopology, weights };
}

function fail(name: string, reason: string): never {
  throw new DataError(`Cannot read ${name}: ${oneLine(reason)}`);
}

function parse(bytes: Uint8Array, name: string): z.infer<typeof modelFile> {
  let json: unknown;
  try {
    json = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return fail(name, `it must be JSON: ${(error as Error).message}`);
  }
  const parsed = modelFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  return fail(name, `${path.join(".") || "the file"} is not as a layers model of tfjs has it: ${message}`);
}

/** The name of a shard, which must lie in the folder of the model. */
function inside(shard: string, name: string): string {
  try {
    return safeName(shard);
  } catch (error) {
    return fail(name, (error as Error).message);
  }
}

/** Cuts the shards of one group into its weights. */
function* sliceGroup(
  group: Group,
  shards: readonly Uint8Array[],
  title: string,
  name: string,
): Generator<[string, Weight]> {
  for (const { name: key, dtype, quantization } of group.weights) {
    if (dtype !== "float32") fail(name, `weights must be float32: ${key} is ${dtype}`);
    if (quantization !== undefined) fail(name, `weights must not be quantised: ${key} is`);
  }
  const wanted = 4 * group.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const found = shards.reduce((sum, { length }) => sum + length, 0);
  if (found !== wanted) {
    fail(name, `the shards of ${title} must have ${wanted} bytes: ${group.paths.join(", ")} have ${found}`);
  }
  const bytes = new Uint8Array(found);
  let to = 0;
  for (const shard of shards) {
    bytes.set(shard, to);
    to += shard.length;
  }
  const values = new Float32Array(bytes.buffer);
  let from = 0;
  for (const { name: key, shape } of group.weights) {
    yield [key, { shape, values: values.subarray(from, from + sizeOf(shape)) }];
    from += sizeOf(shape);
  }
}
