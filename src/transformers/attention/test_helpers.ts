/**
 * Attention maps and points for the tests of this folder.
 *
 * @module
 */
import type { RandomStream } from "../../numeric/random/random_stream.ts";
import type { AttentionMap } from "./attention_map.ts";

/** Every query attends equally to all keys up to itself. */
export function uniformAttention(length: number): AttentionMap {
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) weights.fill(1 / (i + 1), i * length, i * length + i + 1);
  return { length, weights };
}

/** Causal rows of random weights that sum to 1. */
export function randomAttention(length: number, stream: RandomStream): AttentionMap {
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    const row = weights.subarray(i * length, i * length + i + 1);
    for (let j = 0; j <= i; j++) row[j] = stream.uniform();
    const sum = row.reduce((total, weight) => total + weight, 0);
    for (let j = 0; j <= i; j++) row[j]! /= sum;
  }
  return { length, weights };
}

/** Normal deviates. */
export function normals(count: number, stream: RandomStream): Float64Array {
  return Float64Array.from({ length: count }, () => stream.normal());
}
