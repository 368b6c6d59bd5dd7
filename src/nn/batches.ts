import { Tensor } from "@tensorflow/tfjs-core";

/**
 * Where batches come from: a function of the step, counted from 0, or what gives them one after the other from a step on and may
 * prepare some of them ahead. A training that is resumed asks for those of the steps that are left.
 *
 * A batch is a tensor, or has tensors as members or in lists that are members: `fit()` disposes of all these after the step.
 */
export type Batches<Batch> =
  | ((step: number) => Batch | Promise<Batch>)
  | { from(step: number): Iterable<Batch> | AsyncIterable<Batch> };

/**
 * The batches from a step on, one after the other; of a function without end.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const seen: number[] = [];
 * for await (const batch of batchesFrom((step) => Promise.resolve(10 * step), 3)) {
 *   if (seen.push(batch) === 2) break;
 * }
 * assertEquals(seen, [30, 40]);
 * ```
 */
export function batchesFrom<Batch>(
  batches: Batches<Batch>,
  first: number,
): Iterable<Batch> | AsyncIterable<Batch> {
  return typeof batches === "function" ? callsFrom(batches, first) : batches.from(first);
}

async function* callsFrom<Batch>(
  make: (step: number) => Batch | Promise<Batch>,
  first: number,
): AsyncGenerator<Batch> {
  for (let step = first;; step++) yield await make(step);
}

/** The tensors of a batch, as {@linkcode Batches} says. */
export function tensorsOfBatch(batch: unknown): Tensor[] {
  if (batch instanceof Tensor) return [batch];
  // Not the members of numbers in a list: there may be millions.
  if (typeof batch !== "object" || batch === null || ArrayBuffer.isView(batch)) return [];
  return Object.values(batch).flat().filter((member) => member instanceof Tensor);
}
