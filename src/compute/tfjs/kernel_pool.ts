/**
 * The training kernels on the threads of this project and on the memory of tfjs.
 *
 * @module
 */
import { instantiateKernel } from "../instantiate_kernel.ts";
import { kernelArguments, type KernelJob } from "../kernel_arguments.ts";
import { SCRATCH_BYTES } from "../kernel_constants.ts";
import { type KernelRecord, recordWords } from "../kernel_record.ts";
import type { ItemFunction } from "../thread_control.ts";
import { type ThreadKernel, ThreadPool } from "../thread_pool.ts";
import type { TfjsModule } from "./tfjs_module.ts";

/** Bytes for the arguments of a job. */
const argumentBytes = 256;

/** The jobs of `assembly/training.ts`, run over all their items by every thread. */
export class KernelPool {
  /** Threads, the calling one included. */
  readonly threads: number;
  readonly #module: TfjsModule;
  readonly #workers: { pool: ThreadPool; kernel: ThreadKernel } | undefined;
  readonly #functions: ReadonlyMap<string, ItemFunction>;
  readonly #arguments: number;
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
    this.#arguments = allocate(module, argumentBytes + threads * SCRATCH_BYTES);
  }

  /**
   * Starts the threads.
   *
   * @param module The module of tfjs on whose memory they work: a shared one where `threads` exceeds 1.
   * @param threads Threads, the calling one included.
   */
  static async start(module: TfjsModule, threads: number): Promise<KernelPool> {
    const memory = module.wasmMemory;
    const bytes = Deno.readFileSync(new URL("../training.wasm", import.meta.url));
    const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
    const code = new WebAssembly.Module(shared ? bytes : withOwnMemory(bytes));
    const functions = instantiateKernel(code, memory);
    if (threads === 1) return new KernelPool(1, module, undefined, functions);
    const pool = new ThreadPool(threads);
    return new KernelPool(threads, module, { pool, kernel: await pool.attach(code, memory) }, functions);
  }

  /**
   * Runs items 0 .. count of a job and returns when they are done.
   *
   * @param job The job.
   * @param args Its arguments, 32-bit words (`floatWord()` for a float).
   * @param count Number of items.
   */
  run<Job extends KernelJob>(
    job: Job,
    args: KernelRecord<(typeof kernelArguments)[Job]>,
    count: number,
  ): void {
    this.write(this.#arguments, recordWords(kernelArguments[job], args));
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
   * Takes memory on the heap of tfjs; a kernel does so by its own `ScratchMemory`.
   *
   * @param bytes Bytes wanted.
   * @returns The address.
   * @throws {RangeError} Where the 4 GiB of WebAssembly memory are used up.
   */
  allocate(bytes: number): number {
    return allocate(this.#module, bytes);
  }

  /** Gives memory of {@linkcode KernelPool.allocate} back. */
  free(pointer: number): void {
    this.#module._free(pointer);
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
  const kind = 2;
  const sharedLimits = 3;
  const ownLimits = 1;
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
