import { Tensor } from "@tensorflow/tfjs-core";
import { assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";
import { loadCheckpoint, type Progress } from "./checkpoint.ts";

const tensors = [{ name: "w", tensor: new Tensor([2], "float32", {}, 1) }];
const header = {
  format: 2,
  step: 3,
  losses: [[1, 0.5, 0.1 + 0.2]],
  records: [{ epoch: 0, errors: 3, fisher: null }, { epoch: 1, errors: 1, shares: [0.5, 1e-300] }],
  settings: "a",
  tensors: [{ name: "w", shape: [2] }],
};

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
    const progress = loadCheckpoint(path, tensors, "a", (_, values) => assigned.push(values.length), 4);
    return { progress, assigned };
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("loadCheckpoint() reads losses and records to the bit", async () => {
  const { progress, assigned } = await load(`${JSON.stringify(header)}\n`);
  const { step, losses, records, settings } = header;
  assertEquals([progress, assigned], [{ step, losses, records, settings }, [2]]);
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
    ["a loss that is none", line({ losses: [[1, 0.5, "1"]] }), 2],
    ["a loss that is not finite", line({ losses: [[1, 0.5, NaN]] }), 2],
    ["other losses than steps", line({ losses: [[1, 0.5]] }), 2],
    ["no records", line({ records: undefined }), 2],
    ["a record that is none", line({ records: [null] }), 2],
    ["a record of no epoch", line({ records: [{ errors: 3 }] }), 2],
    ["a record that is no number", line({ records: [{ epoch: 0, errors: "3" }] }), 2],
    ["a list with a record that is not finite", line({ records: [{ epoch: 0, shares: [1, NaN] }] }), 2],
    ["the first format", line({ format: undefined, losses: [1, 0.5, 0.25], records: undefined }), 2],
    ["a later format", line({ format: 3 }), 2],
    ["more steps than the training has", line({ step: 5, losses: [[1, 1, 1, 1, 1]] }), 2],
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
