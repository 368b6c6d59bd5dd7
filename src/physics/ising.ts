/**
 * The Ising model on a periodic square lattice at its critical temperature.
 *
 * @module
 */
import type { RandomStream } from "../numeric/random/random_stream.ts";

/** 1 - exp(-2 beta) at Onsager's beta = ln(1 + sqrt 2) / 2: with it a spin joins a cluster beside an equal one. */
const joining = 1 - 1 / (1 + Math.SQRT2);

/** How often every site is flipped, on average, before a sample is taken. */
const sweeps = 40;

/** Clusters from there to the sample: a fixed number, since to stop where enough sites were flipped favours large clusters. */
const clustersBeforeSample = 40;

/**
 * A sample of the critical Ising model, by Wolff's clusters (Wolff 1989).
 *
 * @param N Sites of a side.
 * @param stream Where the numbers come from.
 * @returns `(N, N)` of -1 and 1.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * assert(criticalIsing(4, randomStream("example", 0)).every((spin) => spin * spin === 1));
 * ```
 */
export function criticalIsing(N: number, stream: RandomStream): Float64Array {
  const spins = new Float64Array(N * N).fill(1);
  const stack = new Int32Array(N * N);
  let flips = 0;
  while (flips < sweeps * N * N) flips += flipCluster(spins, N, stack, stream);
  for (let i = 0; i < clustersBeforeSample; i++) flipCluster(spins, N, stack, stream);
  return spins;
}

/** Flips one cluster, and says how many sites it has. */
function flipCluster(spins: Float64Array, N: number, stack: Int32Array, stream: RandomStream): number {
  const seed = stream.integer(N * N);
  const spin = spins[seed]!;
  spins[seed] = -spin;
  stack[0] = seed;
  let height = 1;
  let size = 1;
  while (height > 0) {
    const site = stack[--height]!;
    const row = Math.floor(site / N);
    const column = site % N;
    for (let side = 0; side < 4; side++) {
      const neighbour = side < 2
        ? (row + (side === 0 ? 1 : N - 1)) % N * N + column
        : row * N + (column + (side === 2 ? 1 : N - 1)) % N;
      if (spins[neighbour] !== spin || stream.uniform() >= joining) continue;
      spins[neighbour] = -spin;
      stack[height++] = neighbour;
      size++;
    }
  }
  return size;
}

/** The energy of a site: minus the mean of the products of neighbours, twice. -sqrt 2 at the critical point of an infinite lattice. */
export function isingEnergy(spins: Float64Array, N: number): number {
  let sum = 0;
  let i = 0;
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++, i++) {
      sum += spins[i]! * (spins[((u + 1) % N) * N + v]! + spins[u * N + (v + 1) % N]!);
    }
  }
  return -sum / (N * N);
}

/** The share of the largest set of connected sites of one sign. */
export function largestCluster(field: Float64Array, N: number): number {
  const isSeen = new Uint8Array(N * N);
  const stack: number[] = [];
  let largest = 0;
  for (let first = 0; first < N * N; first++) {
    if (isSeen[first] === 1) continue;
    let size = 0;
    stack.push(first);
    isSeen[first] = 1;
    while (stack.length > 0) {
      const site = stack.pop()!;
      size++;
      const row = Math.floor(site / N);
      const column = site % N;
      const neighbours = [
        ((row + 1) % N) * N + column,
        ((row + N - 1) % N) * N + column,
        row * N + (column + 1) % N,
        row * N + (column + N - 1) % N,
      ];
      for (const next of neighbours) {
        if (isSeen[next] === 1 || field[next]! >= 0 !== field[site]! >= 0) continue;
        isSeen[next] = 1;
        stack.push(next);
      }
    }
    largest = Math.max(largest, size);
  }
  return largest / (N * N);
}
