import { randomStream } from "../numeric/random/random_stream.ts";
import { requireWhole } from "./require_whole.ts";

/**
 * Which inputs each step of a training takes: every epoch passes over all of them in an order of its own, and its last step may be
 * shorter.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const batches = new MiniBatches(10, 4, 1);
 * const epoch = [0, 1, 2].flatMap((step) => [...batches.rowsOf(step)]);
 * assertEquals(batches.perEpoch, 3);
 * assertEquals(epoch.toSorted((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 */
export class MiniBatches {
  /** Steps of an epoch. */
  readonly perEpoch: number;
  #epoch = -1;
  #order: Uint32Array = new Uint32Array(0);

  /**
   * @param count The inputs there are.
   * @param batchSize Inputs of a step.
   * @param seed Decides the orders.
   * @throws {RangeError} Where there are no inputs, or none in a step.
   */
  constructor(readonly count: number, readonly batchSize: number, readonly seed: number) {
    if (count === 0) throw new RangeError("Cannot train on 0 inputs: there must be at least one");
    requireWhole("make mini-batches", { count, batchSize });
    this.perEpoch = Math.ceil(count / batchSize);
  }

  /**
   * The inputs of a step, counted from 0 over all epochs. They are the same whichever steps were asked for before; an order is sampled
   * where another epoch begins, so that steps are best asked for in turn.
   */
  rowsOf(step: number): Uint32Array {
    const epoch = Math.floor(step / this.perEpoch);
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#order = randomStream(`shuffle/epoch${epoch}`, this.seed).permutation(this.count);
    }
    const start = (step - epoch * this.perEpoch) * this.batchSize;
    return this.#order.subarray(start, start + this.batchSize);
  }
}
