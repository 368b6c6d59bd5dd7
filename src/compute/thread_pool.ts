import { instantiateKernel } from "./instantiate_kernel.ts";
import { MAX_ARGUMENTS, ThreadControl } from "./thread_control.ts";
import type { KernelMessage } from "./thread_worker.ts";

/**
 * Threads that share the work of WebAssembly kernels on shared memory. The main thread takes its share of each
 * job, so that `threads` - 1 workers are started; a pool of one thread starts none.
 *
 * A kernel is a module whose only import is its memory. Its functions are items of a parallel-for,
 * `(item, thread, ...arguments)`; an item must write only what no other item of the job touches, and may use
 * work space that belongs to its thread.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // A module without functions; thread_pool_test.ts has one that computes.
 * const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
 * const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
 * using pool = new ThreadPool(2);
 * const kernel = await pool.attach(module, memory);
 * assertEquals([pool.threads, typeof kernel.run], [2, "function"]);
 * ```
 */
export class ThreadPool {
  /** The number of threads, with the main thread. */
  readonly threads: number;
  readonly #control: SharedArrayBuffer = ThreadControl.allocate();
  readonly #main: ThreadControl = new ThreadControl(this.#control);
  readonly #workers: Worker[];
  #kernels = 0;
  #disposed = false;
  #attached: Promise<unknown> = Promise.resolve();

  /**
   * Starts the workers. They keep the process alive until {@linkcode ThreadPool.dispose}.
   *
   * @param threads The number of threads, with the main thread.
   * @throws {RangeError} Where it is not a positive integer.
   */
  constructor(threads: number) {
    if (!Number.isSafeInteger(threads) || threads < 1) {
      throw new RangeError(
        `Cannot start threads as their number must be an integer >= 1: current value is ${threads}`,
      );
    }
    this.threads = threads;
    this.#workers = Array.from(
      { length: threads - 1 },
      () => new Worker(new URL("./thread_worker.ts", import.meta.url), { type: "module" }),
    );
  }

  /**
   * Instantiates a kernel on every thread.
   *
   * @param module The code; its only import is `env.memory`.
   * @param memory Shared memory.
   * @returns The kernel, when every thread is ready for it.
   * @throws {Error} Where the pool is disposed of, or a worker cannot start.
   */
  attach(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<ThreadKernel> {
    // One after another: a worker that instantiates a kernel must not be sent to listen for the next.
    const attached = this.#attached.then(() => this.#attachNow(module, memory));
    this.#attached = attached.catch(() => {});
    return attached;
  }

  async #attachNow(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<ThreadKernel> {
    if (this.#disposed) throw new Error("Cannot attach a kernel: the thread pool is disposed of");
    const functions = instantiateKernel(module, memory);
    const names = [...functions.keys()];
    const number = this.#kernels++;
    if (number > 0) this.#main.listen();
    await Promise.all(this.#workers.map((worker, i) => {
      const message: KernelMessage = { control: this.#control, thread: i + 1, module, memory };
      return ready(worker, message);
    }));
    return {
      run: (name, items, ...args) => {
        if (this.#disposed) throw new Error(`Cannot run ${name}: the thread pool is disposed of`);
        const call = functions.get(name);
        if (call === undefined) {
          throw new RangeError(`Cannot run ${name}: the kernel has ${names.join(", ")}`);
        }
        if (args.length > MAX_ARGUMENTS) {
          throw new RangeError(
            `Cannot run ${name} with ${args.length} arguments: there must be at most ${MAX_ARGUMENTS}`,
          );
        }
        this.#main.run(number, names.indexOf(name), items, args, call);
      },
    };
  }

  /** Ends the workers; the pool cannot be used afterwards. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#main.stop();
    for (const worker of this.#workers) worker.terminate();
  }

  /** {@linkcode ThreadPool.dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** A kernel on the threads of a pool. */
export interface ThreadKernel {
  /**
   * Runs a job: one call of a function for each item, on all threads, and returns when all are done.
   *
   * @param name The function.
   * @param items The number of items.
   * @param args What every item is given behind item and thread: at most 8 integers.
   * @throws {RangeError} Where the kernel has no such function, or there are too many arguments.
   * @throws {Error} Where an item failed, or the pool is disposed of.
   */
  run(name: string, items: number, ...args: number[]): void;
}

/** Sends a kernel and waits for the answer. */
function ready(worker: Worker, message: KernelMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot start a worker thread: ${event.message}`));
    };
    worker.postMessage(message);
  });
}
