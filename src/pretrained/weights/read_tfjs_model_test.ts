import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inMemory, someValues, utf8, writeTfjsModel } from "../test_helpers.ts";
import { readTfjsModel } from "./read_tfjs_model.ts";

const weights = new Map([
  ["conv/kernel", { shape: [1, 1, 2, 3], values: someValues(6, 1) }],
  ["conv/bias", { shape: [3], values: someValues(3, 2) }],
]);
const from = { dataset: "tiny", path: "net" };
const files = writeTfjsModel("net", weights);

/** A file of one group whose two weights lie in the given shards. */
function manifest(paths: readonly string[], weight: object = {}): Uint8Array {
  const entries = [...weights].map(([name, { shape }]) => ({ name, shape, dtype: "float32", ...weight }));
  return utf8(JSON.stringify({ modelTopology: null, weightsManifest: [{ paths, weights: entries }] }));
}

const bytes = new Uint8Array(
  Float32Array.from([...weights.values()].flatMap(({ values }) => [...values])).buffer,
);

Deno.test("readTfjsModel() gives back the weights in the order of the manifest", async () => {
  const read = await readTfjsModel(from, inMemory(files));
  assertEquals(read.topology, null);
  assertEquals([...read.weights], [...weights]);
});

Deno.test("readTfjsModel() joins the shards of a group, wherever they are cut", async () => {
  for (const cut of [0, 1, 7, 24, 35]) {
    const read = await readTfjsModel(
      from,
      inMemory({
        "net/model.json": manifest(["a", "b"]),
        "net/a": bytes.slice(0, cut),
        "net/b": bytes.slice(cut),
      }),
    );
    assertEquals([...read.weights], [...weights], `cut at ${cut}`);
  }
});

Deno.test("readTfjsModel() refuses files that are none of such a model, with the reason", async (t) => {
  const twice = { paths: ["a"], weights: [{ name: "w", shape: [], dtype: "float32" }] };
  const cases: Record<string, [Record<string, Uint8Array>, string]> = {
    "no JSON": [{ "net/model.json": utf8("{") }, "Cannot read tiny/net/model.json: it must be JSON"],
    "no UTF-8": [{ "net/model.json": Uint8Array.of(0xff) }, "it must be JSON"],
    "another form": [{ "net/model.json": utf8("[]") }, "the file is not as a layers model of tfjs has it"],
    "no manifest": [{ "net/model.json": utf8('{"modelTopology":null}') }, "weightsManifest is not as"],
    "a shape of no lengths": [
      { "net/model.json": manifest(["a"], { shape: [-1] }) },
      "weightsManifest.0.weights.0.shape.0 is not as",
    ],
    "a path out of the folder": [
      { "net/model.json": manifest(["../a"]) },
      '"../a" is not a name inside the folder',
    ],
    "an absolute path": [
      { "net/model.json": manifest(["/etc/x"]) },
      '"/etc/x" is not a name inside the folder',
    ],
    "float16": [
      { "net/model.json": manifest(["a"], { dtype: "float16" }), "net/a": bytes },
      "weights must be float32: conv/kernel is float16",
    ],
    "quantised weights": [
      {
        "net/model.json": manifest(["a"], { quantization: { dtype: "uint8", min: 0, scale: 1 } }),
        "net/a": bytes,
      },
      "weights must not be quantised: conv/kernel is",
    ],
    "a short shard": [
      { "net/model.json": manifest(["a", "b"]), "net/a": bytes.slice(0, 8), "net/b": bytes.slice(9) },
      "the shards of group 1 must have 36 bytes: a, b have 35",
    ],
    "a long shard": [
      { "net/model.json": manifest(["a"]), "net/a": new Uint8Array(37) },
      "the shards of group 1 must have 36 bytes: a have 37",
    ],
    "the same weight twice": [
      {
        "net/model.json": utf8(JSON.stringify({ modelTopology: null, weightsManifest: [twice, twice] })),
        "net/a": bytes.slice(0, 4),
      },
      "its weights must have different names: w is there twice",
    ],
  };
  for (const [title, [broken, reason]] of Object.entries(cases)) {
    await t.step(title, async () => {
      const error = await assertRejects(() => readTfjsModel(from, inMemory(broken)), DataError, reason);
      assertEquals(error.message.split("\n").length, 1);
    });
  }
});
