/**
 * Checkpoints: one file with everything that a training needs to go on to the same bits.
 *
 * The file is a line of JSON (names, shapes, steps, losses, records), then the float32 values of all tensors, then the SHA-256 of
 * all that. Random streams are named by seed and step, so the step is their whole state.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Tensor } from "@tensorflow/tfjs-core";
import { DataError } from "../errors.ts";
import { ifThere } from "../files/if_there.ts";
import { writeWhole } from "../files/write_whole.ts";
import { type EpochRecord, isRecordable } from "./records.ts";

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
  /** Each loss by step, in float64. */
  readonly losses: readonly (readonly number[])[];
  /** What was measured, epoch after epoch, in float64. */
  readonly records: readonly EpochRecord[];
  /** What decides the course of the training; another one refuses to resume. */
  readonly settings: string;
}

interface Header extends Progress {
  readonly format: number;
  readonly tensors: readonly { name: string; shape: number[] }[];
}

/** Of the header; the first one had the losses of one network alone, no records, and no number. */
const format = 2;

const digestBytes = 32;

/** More bytes than names, shapes, losses and records of any training take. */
const longestHeader = 2 ** 28;

/**
 * Writes a checkpoint in the place of the last one, whole or not at all.
 *
 * @param path The file.
 * @throws {UsageError} Where it cannot be written; the last one stays.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor1d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const path = await Deno.makeTempFile();
 * const tensors = [{ name: "w", tensor: tensor1d([1, 2]) }];
 * const progress = { step: 2, losses: [[0.5, 0.1]], records: [{ epoch: 1, errors: 3 }], settings: "w" };
 * saveCheckpoint(path, tensors, progress);
 * assertEquals(loadCheckpoint(path, tensors, "w", (_, values) => assertEquals([...values], [1, 2])), progress);
 * await Deno.remove(path);
 * backend.dispose();
 * ```
 */
export function saveCheckpoint(path: string, tensors: readonly NamedTensor[], progress: Progress): void {
  const header: Header = {
    format,
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
  writeWhole(path, parts);
}

/**
 * Reads a checkpoint into tensors.
 *
 * @param path The file.
 * @param tensors Where the values go; names and shapes must be those of the file.
 * @param settings What was given to {@linkcode saveCheckpoint}.
 * @param assign Puts values into a tensor.
 * @param steps Steps of the whole training: more than the checkpoint has done.
 * @returns How far the training had come, or `undefined` where there is no file.
 * @throws {DataError} Where the file is damaged or belongs to another training; nothing is assigned then.
 */
export function loadCheckpoint(
  path: string,
  tensors: readonly NamedTensor[],
  settings: string,
  assign: (tensor: Tensor, values: Float32Array) => void,
  steps = Infinity,
): Progress | undefined {
  const floats = tensors.reduce((sum, { tensor }) => sum + tensor.size, 0);
  const size = ifThere(() => Deno.statSync(path).size, undefined);
  if (size === undefined) return undefined;
  if (size > 4 * floats + longestHeader) {
    throw new DataError(
      `Cannot resume from ${path}: ${size} bytes are too many for its tensors; delete it to start again`,
    );
  }
  const bytes = Deno.readFileSync(path);
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  const digest = new Uint8Array(createHash("sha256").update(body).digest());
  if (!digest.every((byte, i) => byte === bytes[body.length + i])) {
    throw new DataError(`Cannot resume from ${path}: the checkpoint is damaged; delete it to start again`);
  }
  const end = body.indexOf(0x0a);
  const progress = parseHeader(new TextDecoder().decode(body.subarray(0, end)), settings, tensors);
  if (progress === undefined || progress.step > steps || body.length !== end + 1 + 4 * floats) {
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

/** The progress of a header; `undefined` where it is none, or one of other tensors or settings. */
function parseHeader(text: string, settings: string, tensors: readonly NamedTensor[]): Progress | undefined {
  let header: Partial<Record<keyof Header, unknown>> | null;
  try {
    header = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof header !== "object" || header === null) return undefined;
  const { tensors: held, step, losses, records } = header;
  const isSame = header.format === format && header.settings === settings &&
    Array.isArray(held) && held.length === tensors.length &&
    tensors.every(({ name, tensor: { shape } }, i) =>
      held[i]?.name === name && held[i].shape?.length === shape.length &&
      shape.every((side, axis) => held[i].shape[axis] === side)
    );
  return isSame && isCount(step) && areLosses(losses, step) && areRecords(records)
    ? { step, losses, records, settings }
    : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function areLosses(value: unknown, steps: number): value is number[][] {
  return Array.isArray(value) &&
    value.every((course) =>
      Array.isArray(course) && course.length === steps && course.every(Number.isFinite)
    );
}

function areRecords(value: unknown): value is EpochRecord[] {
  return Array.isArray(value) && value.every((record) => {
    return typeof record === "object" && record !== null && isCount(record.epoch) &&
      Object.values(record).every(isRecordable);
  });
}
