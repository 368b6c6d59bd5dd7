/**
 * Checkpoints: one file with everything that a training needs to go on to the same bits.
 *
 * The file is a line of JSON (names, shapes, steps, losses), then the float32 values of all tensors, then the SHA-256 of
 * all that. Random streams are named by seed and step, so the step is their whole state.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Tensor } from "@tensorflow/tfjs-core";
import { DataError } from "../errors.ts";

/** A tensor with the name that it has in a checkpoint. */
export interface NamedTensor {
  /** Unique in its checkpoint. */
  readonly name: string;
  /** Its values. */
  readonly tensor: Tensor;
}

/** What a checkpoint holds beside tensors. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** The loss of each step. */
  readonly losses: readonly number[];
  /** What decides the course of the training; another one refuses to resume. */
  readonly settings: string;
}

interface Header extends Progress {
  readonly tensors: readonly { name: string; shape: number[] }[];
}

const digestBytes = 32;

/**
 * Writes a checkpoint beside the last one and moves it into place, so that a file of this name is always whole.
 *
 * @param path The file.
 */
export function saveCheckpoint(path: string, tensors: readonly NamedTensor[], progress: Progress): void {
  const header: Header = {
    ...progress,
    tensors: tensors.map(({ name, tensor }) => ({ name, shape: tensor.shape })),
  };
  const parts = [new TextEncoder().encode(`${JSON.stringify(header)}\n`)];
  for (const { tensor } of tensors) {
    const values = tensor.dataSync();
    parts.push(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength));
  }
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  parts.push(new Uint8Array(digest.digest()));
  const temporary = `${path}.part`;
  const file = Deno.openSync(temporary, { write: true, create: true, truncate: true });
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length;) done += file.writeSync(part.subarray(done));
    }
    file.syncSync();
  } finally {
    file.close();
  }
  Deno.renameSync(temporary, path);
}

/**
 * Reads a checkpoint into tensors.
 *
 * @param path The file.
 * @param tensors Where the values go; names and shapes must be those of the file.
 * @param settings What was given to {@linkcode saveCheckpoint}.
 * @param assign Puts values into a tensor.
 * @returns How far the training had come, or `undefined` where there is no file.
 * @throws {DataError} Where the file is damaged or belongs to another training; nothing is assigned then.
 */
export function loadCheckpoint(
  path: string,
  tensors: readonly NamedTensor[],
  settings: string,
  assign: (tensor: Tensor, values: Float32Array) => void,
): Progress | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  const digest = new Uint8Array(createHash("sha256").update(body).digest());
  if (!digest.every((byte, i) => byte === bytes[body.length + i])) {
    throw new DataError(`Cannot resume from ${path}: the checkpoint is damaged; delete it to start again`);
  }
  const end = body.indexOf(0x0a);
  const { tensors: held, ...progress } = JSON.parse(
    new TextDecoder().decode(body.subarray(0, end)),
  ) as Header;
  const wanted = tensors.map(({ name, tensor }) => ({ name, shape: tensor.shape }));
  if (JSON.stringify(held) !== JSON.stringify(wanted) || progress.settings !== settings) {
    throw new DataError(
      `Cannot resume from ${path}: the checkpoint is of another training; delete it to start again`,
    );
  }
  let at = end + 1;
  for (const { tensor } of tensors) {
    const size = tensor.size * 4;
    assign(tensor, new Float32Array(body.slice(at, at + size).buffer));
    at += size;
  }
  return progress;
}
