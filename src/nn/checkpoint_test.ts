import { Tensor } from "@tensorflow/tfjs-core";
import { assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";
import { loadCheckpoint, type Progress } from "./checkpoint.ts";

const tensors = [{ name: "w", tensor: new Tensor([2], "float32", {}, 1) }];
const header = { step: 3, losses: [1, 0.5, 0.25], settings: "a", tensors: [{ name: "w", shape: [2] }] };

/** Reads a file of a header and as many floats, whose digest is right. */
async function load(
  text: string,
  floats = 2,
): Promise<{ progress: Progress | undefined; assigned: number[] }> {
  const path = await Deno.makeTempFile();
  try {
    const body = new Uint8Array([...new TextEncoder().encode(text), ...new Uint8Array(4 * floats)]);
    await Deno.writeFile(path, new Uint8Array([...body, ...createHash("sha256").update(body).digest()]));
    const assigned: number[] = [];
    const progress = loadCheckpoint(path, tensors, "a", (_, values) => assigned.push(values.length));
    return { progress, assigned };
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("loadCheckpoint() reads losses that JSON has no number for", async () => {
  const { progress, assigned } = await load(`${JSON.stringify({ ...header, losses: [1, NaN] })}\n`);
  assertEquals([progress, assigned], [{ step: 3, losses: [1, NaN], settings: "a" }, [2]]);
});

Deno.test("loadCheckpoint() refuses a header that is none, though its digest is right, and assigns nothing", async (t) => {
  const line = (changes: Record<string, unknown>) => `${JSON.stringify({ ...header, ...changes })}\n`;
  const cases: [string, string, number][] = [
    ["no JSON", "{\n", 2],
    ["null", "null\n", 2],
    ["no line", JSON.stringify(header), 0],
    ["another tensor", line({ tensors: [{ name: "v", shape: [2] }] }), 2],
    ["another shape", line({ tensors: [{ name: "w", shape: [3] }] }), 2],
    ["no shape", line({ tensors: [null] }), 2],
    ["a step below 0", line({ step: -1 }), 2],
    ["no step", line({ step: undefined }), 2],
    ["losses that are none", line({ losses: ["1"] }), 2],
    ["too few values", line({}), 1],
    ["too many values", line({}), 3],
  ];
  for (const [name, text, floats] of cases) {
    await t.step(name, async () => {
      const error = await load(text, floats).then(({ assigned }) => assigned, (error) => error);
      assertThrows(
        () => {
          throw error;
        },
        DataError,
        "the checkpoint is of another training",
      );
    });
  }
});

Deno.test("loadCheckpoint() finds nothing where there is no file, and reads none that is too large", async () => {
  const path = await Deno.makeTempFile();
  const load = () => loadCheckpoint(path, tensors, "a", () => {});
  try {
    await Deno.truncate(path, 2 ** 32);
    assertThrows(load, DataError, `Cannot resume from ${path}: 4294967296 bytes are too many`);
  } finally {
    await Deno.remove(path);
  }
  assertEquals(load(), undefined);
});
