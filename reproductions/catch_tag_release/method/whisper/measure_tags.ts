/**
 * What is measured of a head with sinks: its tags, and the clusters that they make.
 *
 * @module
 */
import { explainedBySpan } from "../../../../src/transformers/attention/explained_by_sinks.ts";
import type { Points } from "../../../../src/transformers/attention/points.ts";
import { receivedAttention } from "../../../../src/transformers/attention/received_attention.ts";
import { likeliest } from "../../../../src/transformers/model/generate.ts";
import type { HeadTrace } from "../../../../src/transformers/model/layer_trace.ts";
import { pairwiseDistances, silhouetteByDistances } from "../silhouette.ts";

/** Tokens right after a sink are left out: they attend to it for being near. */
export const near = 8;

/** The tags of a head on a window. */
export interface Tags {
  /** Share of the variance of the outputs in the span of the values of the sinks. */
  readonly share: number;
  /** The same for as many keys that are no sinks and receive the most attention. */
  readonly others: number;
  /** `share`, of what a regression on the position leaves. */
  readonly beyondPosition: number;
}

/** The queries of a head that are measured: those from {@linkcode near} tokens after its last sink on. */
export function firstQuery(sinks: readonly number[]): number {
  return Math.max(...sinks) + near;
}

/**
 * Measures the tags of a head.
 *
 * @param trace The head on one window.
 * @param sinks Its sinks, one at least.
 */
export function measureTags(trace: HeadTrace, sinks: readonly number[]): Tags {
  const { values, dimension } = trace;
  const outputs = rowsFrom(trace.outputs, dimension, firstQuery(sinks));
  const share = (points: Points, keys: readonly number[]) =>
    explainedBySpan(points, keys.map((key) => values.subarray(key * dimension, (key + 1) * dimension))).share;
  return {
    share: share(outputs, sinks),
    others: share(outputs, strongestOthers(trace, sinks)),
    beyondPosition: share(withoutPosition(outputs, firstQuery(sinks)), sinks),
  };
}

/** As many keys as there are sinks, of those that are none and have T/4 later queries: the ones that receive the most attention. */
export function strongestOthers({ map }: Pick<HeadTrace, "map">, sinks: readonly number[]): number[] {
  const received = receivedAttention(map);
  return otherKeys(map.length, sinks).sort((a, b) => received[b]! - received[a]! || a - b).slice(
    0,
    sinks.length,
  );
}

/** The keys that could be sinks and are none. */
export function otherKeys(length: number, sinks: readonly number[]): number[] {
  return Array.from({ length }, (_, key) => key)
    .filter((key) => length - 1 - key >= length / 4 && !sinks.includes(key));
}

/** Labels of tokens by the key that they attend to the most: the sink, or -1 for any other. */
export interface Labels {
  /** Positions of the tokens whose label occurs often enough. */
  readonly tokens: readonly number[];
  readonly labels: readonly number[];
}

/** A cluster has as many tokens at least. */
const fewest = 8;

/**
 * Labels the measured queries of a head.
 *
 * @returns `null` where there are not two labels that occur often enough.
 */
export function labelTokens({ map }: Pick<HeadTrace, "map">, sinks: readonly number[]): Labels | null {
  const { length, weights } = map;
  const all = Array.from({ length }, (_, i) => i).slice(firstQuery(sinks)).map((i) => {
    const row = weights.subarray(i * length, i * length + i + 1);
    const key = likeliest(row);
    return { token: i, label: sinks.includes(key) ? key : -1 };
  });
  const counts = new Map<number, number>();
  for (const { label } of all) counts.set(label, (counts.get(label) ?? 0) + 1);
  const kept = all.filter(({ label }) => counts.get(label)! >= fewest);
  if (new Set(kept.map(({ label }) => label)).size < 2) return null;
  return { tokens: kept.map(({ token }) => token), labels: kept.map(({ label }) => label) };
}

/** The silhouette of labelled tokens in a space that has a vector for every token of the window. */
export function silhouetteOf(space: Points, { tokens, labels }: Labels): number {
  return silhouetteByDistances(pairwiseDistances(rowsAt(space, tokens)), labels);
}

/** Rows of points. */
export function rowsAt({ values, dimension }: Points, rows: readonly number[]): Points {
  const taken = new Float64Array(rows.length * dimension);
  for (const [at, row] of rows.entries()) {
    taken.set(values.subarray(row * dimension, (row + 1) * dimension), at * dimension);
  }
  return { values: taken, dimension };
}

/** Rows of points from one on. */
export function rowsFrom(values: Float32Array | Float64Array, dimension: number, first: number): Points {
  return { values: values.subarray(first * dimension), dimension };
}

/** What an ordinary regression of every coordinate on 1, i and ln(1 + i) leaves of points, i their position. */
export function withoutPosition({ values, dimension }: Points, first: number): Points {
  const count = values.length / dimension;
  const left = Float64Array.from(values);
  const basis: Float64Array[] = [];
  for (const regressor of [() => 1, (i: number) => i, (i: number) => Math.log1p(i)]) {
    const column = Float64Array.from({ length: count }, (_, row) => regressor(first + row));
    for (const known of [...basis, ...basis]) subtract(column, known, dot(column, known));
    const size = Math.sqrt(dot(column, column));
    basis.push(column.map((value) => value / size));
  }
  for (let k = 0; k < dimension; k++) {
    const column = Float64Array.from({ length: count }, (_, row) => left[row * dimension + k]!);
    for (const known of basis) subtract(column, known, dot(column, known));
    for (let row = 0; row < count; row++) left[row * dimension + k] = column[row]!;
  }
  return { values: left, dimension };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(from: Float64Array, direction: Float64Array, times: number): void {
  for (let i = 0; i < from.length; i++) from[i]! -= times * direction[i]!;
}
