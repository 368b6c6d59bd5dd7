/**
 * The training kernels on the threads of this project and on the memory of tfjs.
 *
 * @module
 */
import { instantiateKernel } from "../instantiate_kernel.ts";
import type { ItemFunction } from "../thread_control.ts";
import { type ThreadKernel, ThreadPool } from "../thread_pool.ts";
import type { TfjsModule } from "./tfjs_module.ts";

/** Bytes for the arguments of a job. */
const argumentBytes = 256;
/** Work space of a thread, as in assembly/scratch.ts: the packed blocks of assembly/product64.ts and a tile. */
const scratchBytes = 327680;

/** The jobs of `assembly/training.ts`, run over all their items by every thread. */
export class KernelPool {
  /** Threads, the calling one included. */
  readonly threads: number;
  readonly #module: TfjsModule;
  readonly #workers: { pool: ThreadPool; kernel: ThreadKernel } | undefined;
  readonly #functions: ReadonlyMap<string, ItemFunction>;
  readonly #arguments: number;
  readonly #scratch = new Map<string, { pointer: number; bytes: number }>();
  #words: Int32Array = new Int32Array(0);

  private constructor(
    threads: number,
    module: TfjsModule,
    workers: { pool: ThreadPool; kernel: ThreadKernel } | undefined,
    functions: ReadonlyMap<string, ItemFunction>,
  ) {
    this.threads = threads;
    this.#module = module;
    this.#workers = workers;
    this.#functions = functions;
    this.#arguments = allocate(module, argumentBytes + threads * scratchBytes);
  }

  /**
   * Starts the threads.
   *
   * @param module The module of tfjs on whose memory they work: a shared one where `threads` exceeds 1.
   * @param threads Threads, the calling one included.
   */
  static async start(module: TfjsModule, threads: number): Promise<KernelPool> {
    const memory = module.wasmMemory;
    const bytes = await Deno.readFile(new URL("../training.wasm", import.meta.url));
    const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
    const code = await WebAssembly.compile(shared ? bytes : withOwnMemory(bytes));
    const functions = instantiateKernel(code, memory);
    if (threads === 1) return new KernelPool(1, module, undefined, functions);
    const pool = new ThreadPool(threads);
    return new KernelPool(threads, module, { pool, kernel: await pool.attach(code, memory) }, functions);
  }

  /**
   * Runs items 0 .. count of a job and returns when they are done.
   *
   * @param job The name of an export of assembly/training.ts.
   * @param args Its arguments, 32-bit words (`floatWord()` for a float).
   * @param count Number of items.
   */
  run(job: string, args: readonly number[], count: number): void {
    this.write(this.#arguments, args);
    const scratch = this.#arguments + argumentBytes;
    // One item is not worth the announcement to the others.
    if (count > 1 && this.#workers !== undefined) {
      this.#workers.kernel.run(job, count, this.#arguments, scratch);
      return;
    }
    const call = this.#functions.get(job)!;
    for (let item = 0; item < count; item++) call(item, 0, this.#arguments, scratch);
  }

  /** Writes 32-bit words at an address. */
  write(pointer: number, words: readonly number[]): void {
    if (this.#words.buffer !== this.#module.wasmMemory.buffer) {
      this.#words = new Int32Array(this.#module.wasmMemory.buffer);
    }
    this.#words.set(words, pointer / 4);
  }

  /** The memory of tfjs. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#module.wasmMemory.buffer);
  }

  /**
   * Memory for what a kernel keeps while it runs: grown as needed, valid until the next call with the same use.
   *
   * @param use What it is for; uses at the same time have different names.
   * @param bytes Bytes wanted.
   * @returns Its address.
   */
  scratch(use: string, bytes: number): number {
    const held = this.#scratch.get(use);
    if (held !== undefined && held.bytes >= bytes) return held.pointer;
    if (held !== undefined) this.#module._free(held.pointer);
    const pointer = allocate(this.#module, bytes);
    this.#scratch.set(use, { pointer, bytes });
    return pointer;
  }

  /** Copies values to memory of their own, see {@linkcode KernelPool.scratch}, and returns its address. */
  place(use: string, values: Float64Array): number {
    const pointer = this.scratch(use, values.byteLength);
    this.doubles(pointer, values.length).set(values);
    return pointer;
  }

  /** The float64 values at an address, in place; valid until the next allocation. */
  doubles(pointer: number, count: number): Float64Array {
    return new Float64Array(this.#module.wasmMemory.buffer, pointer, count);
  }

  /** Ends the threads. */
  dispose(): void {
    this.#workers?.pool.dispose();
  }
}

/** Allocates on the heap of tfjs; addresses above 2 GiB come back negative. */
function allocate(module: TfjsModule, bytes: number): number {
  const pointer = module._malloc(bytes) >>> 0;
  if (pointer === 0) {
    throw new RangeError(
      `Cannot allocate ${bytes} bytes for a kernel: the 4 GiB of WebAssembly memory are used up`,
    );
  }
  return pointer;
}

/**
 * The same kernels for a memory that is not shared: the import of the memory says which, in the last byte of
 * `env.memory`, kind, limits.
 */
function withOwnMemory(code: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [kind, sharedLimits, ownLimits] = [2, 3, 1];
  const entry = [
    3,
    ...new TextEncoder().encode("env"),
    6,
    ...new TextEncoder().encode("memory"),
    kind,
    sharedLimits,
  ];
  const at = code.findIndex((_, i) => entry.every((byte, k) => code[i + k] === byte));
  if (at < 0) throw new Error("Cannot use the training kernels: they import no shared memory");
  const copy = code.slice();
  copy[at + entry.length - 1] = ownLimits;
  return copy;
}
