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
import { ifThere } from "../files/if_there.ts";
import { writeWhole } from "../files/write_whole.ts";

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

/** More bytes than names, shapes and the losses of any training take. */
const longestHeader = 2 ** 28;

/**
 * Writes a checkpoint in the place of the last one, whole or not at all.
 *
 * @param path The file.
 * @throws {UsageError} Where it cannot be written; the last one stays.
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
  writeWhole(path, parts);
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
  if (progress === undefined || body.length !== end + 1 + 4 * floats) {
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
  const { tensors: held, step, losses } = header;
  const isSame = header.settings === settings && Array.isArray(held) && held.length === tensors.length &&
    tensors.every(({ name, tensor: { shape } }, i) =>
      held[i]?.name === name && held[i].shape?.length === shape.length &&
      shape.every((side, axis) => held[i].shape[axis] === side)
    );
  // JSON has no NaN: a loss that is not finite is written as null.
  const isSound = Number.isSafeInteger(step) && Number(step) >= 0 && Array.isArray(losses) &&
    losses.every((loss) => typeof loss === "number" || loss === null);
  return isSame && isSound
    ? { step: Number(step), losses: losses.map((loss) => loss ?? NaN), settings }
    : undefined;
}
