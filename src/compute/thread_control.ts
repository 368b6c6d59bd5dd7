/**
 * The parallel-for that the threads of a pool share: a block of 32-bit words that they act on atomically.
 *
 * A job has a number of items. Every thread takes the next item until none is left; an item writes only what
 * belongs to it, so that the result does not depend on which thread ran it. A worker may join a job while it is
 * open, and the main thread waits for those that did: one that is late finds it closed and leaves.
 *
 * @module
 */

/** A function of the kernel: item, thread, and what the job gives to every item. */
export type ItemFunction = (item: number, thread: number, ...args: number[]) => void;

/** The largest number of arguments of a job. */
export const MAX_ARGUMENTS = 8;

/** Words of the block. Those that several threads write to stand on cache lines of their own. */
const GENERATION = 0;
const OPEN = 16;
const NEXT = 32;
const JOINED = 48;
const FAILED = 64;
const KERNEL = 80;
const FUNCTION = 81;
const ITEMS = 82;
const ARGUMENTS = 83;
const WORDS = 96;

/** What a worker is told to do instead of a job. */
const LISTEN = -1;
const STOP = -2;

/** Looks at a word this often, some tens of microseconds, before the thread goes to sleep. */
const SPINS = 20_000;

/**
 * One thread's view of the control block.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const control = new ThreadControl(ThreadControl.allocate());
 * const squares: number[] = [];
 * control.run(0, 0, 4, [10], (item, _thread, base = 0) => squares.push(base + item ** 2));
 * assertEquals(squares, [10, 11, 14, 19]);
 * ```
 */
export class ThreadControl {
  readonly #words: Int32Array<SharedArrayBuffer>;
  #seen = 0;

  /** @param buffer What {@linkcode ThreadControl.allocate} returned, on any thread. */
  constructor(buffer: SharedArrayBuffer) {
    this.#words = new Int32Array(buffer);
    this.#seen = Atomics.load(this.#words, GENERATION);
  }

  /** Memory for one control block. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * Runs a job from the main thread, with the workers that are awake in time, and returns when it is done.
   *
   * @param kernel The kernel's number, for the workers.
   * @param index The number of its function, for the workers.
   * @param items The number of items.
   * @param args What every item is given.
   * @param call The function itself.
   * @throws {Error} What an item threw here; or that one failed in a worker.
   */
  run(kernel: number, index: number, items: number, args: readonly number[], call: ItemFunction): void {
    const words = this.#words;
    words.set([kernel, index, items, ...args, ...Array(MAX_ARGUMENTS - args.length).fill(0)], KERNEL);
    Atomics.store(words, FAILED, 0);
    Atomics.store(words, NEXT, 0);
    Atomics.store(words, OPEN, 1);
    this.#announce();
    try {
      this.#takeItems(0, call, items, args);
    } finally {
      Atomics.store(words, NEXT, items);
      Atomics.store(words, OPEN, 0);
      for (let joined = Atomics.load(words, JOINED); joined > 0; joined = Atomics.load(words, JOINED)) {
        this.#waitWhile(JOINED, joined);
      }
    }
    if (Atomics.load(words, FAILED)) {
      throw new Error("Cannot finish the job: an item failed in a worker thread");
    }
  }

  /** Sends the workers to their event loops, to receive a message. */
  listen(): void {
    Atomics.store(this.#words, KERNEL, LISTEN);
    this.#announce();
  }

  /** Ends the workers. */
  stop(): void {
    Atomics.store(this.#words, KERNEL, STOP);
    this.#announce();
  }

  /**
   * A worker's share of all jobs, until it is to listen or to stop.
   *
   * @param thread The worker's number, from 1 on.
   * @param findFunction Finds a function by the numbers of its kernel and of itself.
   * @returns Whether the worker goes on after it has listened.
   */
  serve(thread: number, findFunction: (kernel: number, index: number) => ItemFunction): boolean {
    const words = this.#words;
    for (;;) {
      this.#waitWhile(GENERATION, this.#seen);
      this.#seen = Atomics.load(words, GENERATION);
      const command = Atomics.load(words, KERNEL);
      if (command < 0) return command === LISTEN;
      Atomics.add(words, JOINED, 1);
      if (Atomics.load(words, OPEN) === 1) {
        try {
          const call = findFunction(words[KERNEL]!, words[FUNCTION]!);
          this.#takeItems(thread, call, words[ITEMS]!, [
            ...words.subarray(ARGUMENTS, ARGUMENTS + MAX_ARGUMENTS),
          ]);
        } catch {
          Atomics.store(words, FAILED, 1);
        }
      }
      Atomics.sub(words, JOINED, 1);
      Atomics.notify(words, JOINED);
    }
  }

  #takeItems(thread: number, call: ItemFunction, items: number, args: readonly number[]): void {
    for (
      let item = Atomics.add(this.#words, NEXT, 1);
      item < items;
      item = Atomics.add(this.#words, NEXT, 1)
    ) {
      call(item, thread, ...args);
    }
  }

  #announce(): void {
    Atomics.add(this.#words, GENERATION, 1);
    Atomics.notify(this.#words, GENERATION);
  }

  #waitWhile(word: number, value: number): void {
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.load(this.#words, word) !== value) return;
    }
    Atomics.wait(this.#words, word, value);
  }
}
