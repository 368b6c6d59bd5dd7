import { Tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { join } from "@std/path";
import { createHash } from "node:crypto";
import { DataError } from "../../../src/errors.ts";
import { loadCheckpoint, type NamedTensor } from "../../../src/nn/checkpoint.ts";
import { changedBytes } from "../changed_bytes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

// Neither has values: only names and shapes are compared, and what is read is not assigned.
const tensors: readonly NamedTensor[] = [
  { name: "weights", tensor: new Tensor([2, 3], "float32", {}, 1) },
  { name: "bias", tensor: new Tensor([3], "float32", {}, 2) },
];
const header = {
  format: 2,
  step: 2,
  losses: [[0.5, 0.25]],
  records: [{ epoch: 0, errors: 3, fisher: null }, { epoch: 1, errors: 1, fisher: 2.5 }],
  settings: "fuzz",
  tensors: tensors.map(({ name, tensor }) => ({ name, shape: tensor.shape })),
};
const values = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9).buffer);

/** Puts the SHA-256 of all but the last 32 bytes there. */
function withDigest(file: Uint8Array): Uint8Array {
  const body = file.subarray(0, Math.max(0, file.length - 32));
  return joinBytes(body, createHash("sha256").update(body).digest());
}

const valid = withDigest(joinBytes(utf8(`${JSON.stringify(header)}\n`), values, new Uint8Array(32)));

/** What a training goes on from. */
export const checkpointTarget: FuzzTarget = {
  name: "checkpoint",
  files: fc.oneof(
    changedBytes(fc.constant(valid), {
      seal: withDigest,
      words: ["\n", "{", '"step":-1,', "NaN", "[]"].map(utf8),
    }),
    changedJson(header).map((text) => withDigest(joinBytes(text, utf8("\n"), values, new Uint8Array(32)))),
  ),
  errors: [DataError],
  read: (bytes, folder) => {
    const path = join(folder, "fuzz.checkpoint");
    Deno.writeFileSync(path, bytes);
    const assigned: number[] = [];
    const read = () => loadCheckpoint(path, tensors, "fuzz", (_, values) => assigned.push(values.length));
    try {
      const { step, losses, records } = read()!;
      must(Number.isSafeInteger(step) && step >= 0, "steps are counted");
      must(
        losses.every((course) => course.length === step && course.every(Number.isFinite)),
        "losses are numbers",
      );
      must(records.every(({ epoch }) => Number.isSafeInteger(epoch)), "records have an epoch");
      must(assigned.join() === "6,3", "every tensor is assigned whole");
    } catch (error) {
      must(assigned.length === 0 || !(error instanceof DataError), "nothing is assigned from a damaged file");
      throw error;
    }
  },
};
