import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** What gradient ascent found, over filters and starts. */
export interface BestPatches {
  /** The largest distance of the best patch of unit norm from the filter of unit norm. */
  readonly angle: number;
  /** The largest |response / ‖w‖ - 1|. */
  readonly response: number;
  /** The smallest angle between the filter and the best patch with pixels in [-1, 1]. */
  readonly box: number;
  /** The smallest angle that is left after a start at minus the filter. */
  readonly antipode: number;
  /** For each filter, the share of random starts from which a rectified unit never moves. */
  readonly stuck: readonly number[];
  /** The first filters, for a figure: the filter, a start, and what ascent made of it on the sphere and in the box. */
  readonly examples: readonly PatchExample[];
}

/** A filter and its best patches, all of unit norm. */
export interface PatchExample {
  /** The filter. */
  readonly filter: readonly number[];
  /** Where ascent began. */
  readonly start: readonly number[];
  /** The best patch of unit norm. */
  readonly sphere: readonly number[];
  /** The best patch with pixels in [-1, 1]. */
  readonly box: readonly number[];
}

/** How many examples are kept. */
const examplesKept = 4;

/** Steps at most. */
const steps = 2000;

/**
 * Seeks the patches that filters answer most by gradient ascent on w . x: on the sphere of unit norm from random starts and from
 * one next to the worst, -w; among pixels in [-1, 1]; and through a ReLU, whose gradient is 0 where the response is not positive.
 *
 * @param filters Their weights.
 * @param starts Random starts a filter.
 * @param stream Samples them.
 */
export function seekPatches(
  filters: readonly Float64Array[],
  starts: number,
  stream: RandomStream,
): BestPatches {
  let angle = 0;
  let response = 0;
  let box = Infinity;
  let antipode = Infinity;
  const stuck: number[] = [];
  const examples: PatchExample[] = [];
  for (const filter of filters) {
    const best = unit(filter);
    const random = () => unit(filter.map(() => stream.normal()));
    const worst = best.map((value) => -value);
    const nextToWorst = unit(add(worst, random(), 1e-6));
    let unmoved = 0;
    for (const start of [nextToWorst, ...Array.from({ length: starts }, random)]) {
      const patch = ascend(filter, start);
      angle = Math.max(angle, norm(add(patch, best, -1)));
      response = Math.max(response, Math.abs(dot(filter, patch) / norm(filter) - 1));
      if (start !== nextToWorst && dot(filter, start) <= 0) unmoved++;
    }
    stuck.push(unmoved / starts);
    const start = random();
    const inBox = ascendInBox(filter, start);
    box = Math.min(box, angleBetween(inBox, best));
    antipode = Math.min(antipode, angleBetween(ascend(filter, worst), best));
    if (examples.length < examplesKept) {
      const shown = (patch: Float64Array) => Array.from(unit(patch), (value) => Number(value.toPrecision(6)));
      examples.push({
        filter: shown(filter),
        start: shown(start),
        sphere: shown(ascend(filter, start)),
        box: shown(inBox),
      });
    }
  }
  return { angle, response, box, antipode, stuck, examples };
}

/** Gradient ascent on the sphere: a step along w, and back to unit norm. */
function ascend(filter: Float64Array, start: Float64Array): Float64Array {
  const rate = 0.5 / norm(filter);
  let patch = start;
  for (let step = 0; step < steps; step++) {
    const next = unit(add(patch, filter, rate));
    const moved = norm(add(next, patch, -1));
    patch = next;
    if (moved < 1e-15) break;
  }
  return patch;
}

/** Gradient ascent with every pixel kept in [-1, 1]. */
function ascendInBox(filter: Float64Array, start: Float64Array): Float64Array {
  const rate = 1 / norm(filter);
  let patch = start;
  for (let step = 0; step < steps; step++) {
    patch = add(patch, filter, rate).map((value) => Math.min(1, Math.max(-1, value)));
  }
  return patch;
}

function angleBetween(a: Float64Array, b: Float64Array): number {
  return Math.acos(Math.min(1, Math.max(-1, dot(a, b) / norm(a) / norm(b))));
}

function add(a: Float64Array, b: Float64Array, scale: number): Float64Array {
  return a.map((value, i) => value + scale * b[i]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function unit(a: Float64Array): Float64Array {
  const length = norm(a);
  return a.map((value) => value / length);
}
