/**
 * The one call that makes tfjs fast and right on this machine.
 *
 * @module
 */
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  findBackendFactory,
  matMul,
  registerBackend,
  removeBackend,
  setBackend,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { setPool } from "./running_backend.ts";
import { KernelPool } from "./kernel_pool.ts";
import { registerKernels } from "./register_kernels.ts";
import { maxThreads, startSingleModule, startThreadedModule, type TfjsModule } from "./tfjs_module.ts";

/** A running backend. */
export interface Backend {
  /** Threads that work, the calling one included. */
  readonly threads: number;
  /** What a user should know: empty, or why fewer threads run than were asked for. */
  readonly notes: readonly string[];
  /** Ends the threads and takes the backend, with every tensor on it, out of tfjs. */
  dispose(): void;
}

/** Options of {@linkcode startBackend}. */
export interface BackendOptions {
  /** Threads, the calling one included; every core by default. At most 9 work: the build can start no more. */
  readonly threads?: number;
}

/**
 * Starts tfjs on its threaded SIMD build with the kernels of this project, checks it, and makes it the current backend.
 * One thread runs on the SIMD build without threads; so do more where the threaded build does not start, and a note
 * says so. Results do not depend on the number of threads, to the bit.
 *
 * @throws {RangeError} Where `threads` is not a whole number >= 1.
 * @throws {Error} Where the self-check finds a wrong product.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const backend = await startBackend({ threads: 2 });
 * const product = tf.matMul([[1, 2], [3, 4]], [[0, 1], [1, 0]]);
 * assertEquals(await product.array(), [[2, 1], [4, 3]]);
 * backend.dispose();
 * ```
 */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const asked = options.threads ?? navigator.hardwareConcurrency;
  if (!Number.isSafeInteger(asked) || asked < 1) {
    throw new RangeError(
      `Cannot start the backend on ${asked} threads: the number must be whole and at least 1`,
    );
  }
  const threads = Math.min(asked, maxThreads);
  const notes: string[] = [];
  const module = await startModule(threads, notes);
  const count = notes.length === 0 ? threads : 1;
  const pool = await KernelPool.start(module, count);
  registerKernels();
  if (findBackendFactory("wasm") !== null) removeBackend("wasm");
  registerBackend("wasm", () => {
    // tfjs declares its module without the parts that TfjsModule adds.
    const backend = new BackendWasm(module as unknown as BackendWasm["wasm"]);
    setPool(backend, pool);
    return backend;
  });
  await setBackend("wasm");
  for (const worker of module.PThread?.runningWorkers ?? []) worker.unref();
  checkProducts();
  return {
    threads: count,
    notes,
    dispose: () => {
      pool.dispose();
      removeBackend("wasm");
    },
  };
}

async function startModule(threads: number, notes: string[]): Promise<TfjsModule> {
  // The same code without workers: it starts in a tenth of the time and gives the same bits.
  if (threads === 1) return await startSingleModule();
  try {
    return await startThreadedModule(threads);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.push(`The threaded backend did not start (${reason}): one thread computes`);
    return await startSingleModule();
  }
}

/** Multiplies matrices of small whole numbers, whose products are exact, in every form and on every thread. */
function checkProducts(): void {
  const side = 97;
  const a = Float32Array.from({ length: side * side }, (_, i) => (i * 7) % 13 - 6);
  const b = Float32Array.from({ length: side * side }, (_, i) => (i * 5) % 11 - 5);
  for (const [transposeA, transposeB] of [[false, false], [true, false], [false, true]] as const) {
    const product = tidy(() => {
      return matMul(tensor2d(a, [side, side]), tensor2d(b, [side, side]), transposeA, transposeB).dataSync();
    });
    for (let i = 0; i < side * side; i++) {
      const row = Math.floor(i / side);
      const column = i % side;
      let expected = 0;
      for (let k = 0; k < side; k++) {
        expected += a[transposeA ? k * side + row : row * side + k]! *
          b[transposeB ? column * side + k : k * side + column]!;
      }
      if (product[i] !== expected) {
        throw new Error(
          `Cannot use the wasm backend: element ${i} of a product is ${product[i]} and must be ${expected}`,
        );
      }
    }
  }
}
