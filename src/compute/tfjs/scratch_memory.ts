import type { KernelPool } from "./kernel_pool.ts";

/**
 * Memory on the heap of tfjs for what a kernel keeps while it runs. Whoever needs it owns one such object, and the memory
 * behind it, one piece on each running backend, is kept for the next call: it grows, and goes with the backend.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runningBackend } from "./running_backend.ts";
 * import { startBackend } from "./start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const { pool } = runningBackend();
 * const memory = new ScratchMemory();
 * const address = memory.place(pool, Float64Array.of(1, 2));
 * assertEquals([...pool.doubles(address, 2)], [1, 2]);
 * assertEquals(memory.reserve(pool, 8), address); // large enough
 * backend.dispose();
 * ```
 */
export class ScratchMemory {
  readonly #held = new WeakMap<KernelPool, { readonly pointer: number; readonly bytes: number }>();

  /**
   * Takes memory. What it holds is undefined, and it is valid until the next call.
   *
   * @param pool The threads of the backend on whose heap it lies.
   * @param bytes Bytes wanted.
   * @returns Its address.
   * @throws {RangeError} Where the 4 GiB of WebAssembly memory are used up.
   */
  reserve(pool: KernelPool, bytes: number): number {
    const held = this.#held.get(pool);
    if (held !== undefined && held.bytes >= bytes) return held.pointer;
    // In this order: the old piece may be part of the new one.
    this.#held.delete(pool);
    if (held !== undefined) pool.free(held.pointer);
    const pointer = pool.allocate(bytes);
    this.#held.set(pool, { pointer, bytes });
    return pointer;
  }

  /**
   * Copies values to it.
   *
   * @param pool As in {@linkcode ScratchMemory.reserve}.
   * @param values What is copied.
   * @returns The address.
   * @throws {RangeError} As {@linkcode ScratchMemory.reserve}.
   */
  place(pool: KernelPool, values: Float64Array): number {
    const pointer = this.reserve(pool, values.byteLength);
    pool.doubles(pointer, values.length).set(values);
    return pointer;
  }
}
