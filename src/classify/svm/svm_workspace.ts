import { type KernelRecord, recordWords } from "../../compute/kernel_record.ts";
import { type ThreadKernel, ThreadPool } from "../../compute/thread_pool.ts";
import { svmArguments, type SvmJob } from "./kernel_arguments.ts";
import { SCRATCH_BYTES } from "./kernel_constants.ts";

/** The compiled kernels; src/classify/svm/assembly is their source, `deno task wasm` makes them. */
const wasm = new URL("./svm.wasm", import.meta.url);

const pageBytes = 65536;
/** WebAssembly addresses 4 GiB. */
const mostPages = 65536;
/** Space for the arguments of a job. */
const argumentBytes = 256;
/** Panels, strips and work spaces start on cache lines. */
const alignment = 64;

/**
 * The threads and the memory that SVMs are trained and applied on. Memory is taken and given back as on a stack, so
 * that one workspace serves any number of SVMs, one after another, and grows no larger than the largest.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * using workspace = await SvmWorkspace.start({ threads: 1 });
 * const mark = workspace.mark();
 * assertEquals(workspace.floats(workspace.allocate(8), 2).length, 2);
 * workspace.release(mark);
 * assertEquals(workspace.mark(), mark);
 * ```
 */
export class SvmWorkspace {
  /** The number of threads. */
  readonly threads: number;
  readonly #memory: WebAssembly.Memory;
  readonly #pool: ThreadPool;
  readonly #kernel: ThreadKernel;
  #top: number;

  private constructor(memory: WebAssembly.Memory, pool: ThreadPool, kernel: ThreadKernel) {
    this.threads = pool.threads;
    this.#memory = memory;
    this.#pool = pool;
    this.#kernel = kernel;
    this.#top = alignment;
    this.allocate(argumentBytes + pool.threads * SCRATCH_BYTES);
  }

  /**
   * Starts the threads.
   *
   * @param options How many threads, the calling one included: by default every core.
   * @throws {RangeError} Where the number is not a positive integer.
   */
  static async start(
    { threads = navigator.hardwareConcurrency }: { readonly threads?: number } = {},
  ): Promise<SvmWorkspace> {
    const module = new WebAssembly.Module(Deno.readFileSync(wasm));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
    const pool = new ThreadPool(threads);
    return new SvmWorkspace(memory, pool, await pool.attach(module, memory));
  }

  /**
   * Takes memory. What it holds is undefined.
   *
   * @returns The address, on a cache line.
   * @throws {RangeError} Where the 4 GiB that WebAssembly addresses are used up.
   */
  allocate(bytes: number): number {
    const pointer = this.#top;
    const top = Math.ceil((pointer + bytes) / alignment) * alignment;
    const missing = Math.ceil(top / pageBytes) - this.#memory.buffer.byteLength / pageBytes;
    if (top > mostPages * pageBytes) {
      throw new RangeError(
        `Cannot take ${bytes} bytes for an SVM: ${pointer} of 4 GiB are in use; use fewer rows or a smaller cache`,
      );
    }
    if (missing > 0) this.#memory.grow(missing);
    this.#top = top;
    return pointer;
  }

  /** Takes memory and fills it with zeros. */
  allocateZeros(bytes: number): number {
    const pointer = this.allocate(bytes);
    new Uint8Array(this.#memory.buffer, pointer, bytes).fill(0);
    return pointer;
  }

  /** Where the memory in use ends. */
  mark(): number {
    return this.#top;
  }

  /** Gives back all that was taken since `mark()` returned this mark. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** The 32-bit words at an address. */
  words(pointer: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, pointer, count);
  }

  /** The float32 values at an address. */
  floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }

  /** The float64 values at an address. */
  doubles(pointer: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, pointer, count);
  }

  /**
   * Runs all items of a job.
   *
   * @param job The job.
   * @param items How many.
   * @param args Its arguments, 32-bit words.
   */
  run<Job extends SvmJob>(job: Job, items: number, args: KernelRecord<(typeof svmArguments)[Job]>): void {
    const words = recordWords(svmArguments[job], args);
    this.words(alignment, words.length).set(words);
    this.#kernel.run(job, items, alignment, alignment + argumentBytes);
  }

  /** Ends the threads. */
  [Symbol.dispose](): void {
    this.#pool.dispose();
  }
}
