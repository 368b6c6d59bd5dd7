/**
 * The Emscripten modules inside `@tensorflow/tfjs-backend-wasm`, started without its own start-up code, which
 * never chooses the threaded build outside a browser. No file of the package is changed.
 *
 * @module
 */
import { createRequire } from "node:module";
import os from "node:os";
import process from "node:process";
import type { Worker } from "node:worker_threads";
import { fromFileUrl } from "@std/path";

/** What this project uses of the module that the glue of tfjs builds. */
export interface TfjsModule {
  /** The memory of every tensor. */
  wasmMemory: WebAssembly.Memory;
  /** The bytes of {@linkcode TfjsModule.wasmMemory}; replaced when it grows. */
  HEAPU8: Uint8Array;
  /** Allocates bytes on the heap of the tensors. */
  _malloc(bytes: number): number;
  /** Frees what `_malloc` gave. */
  _free(pointer: number): void;
  /** Wraps an exported C function. */
  cwrap(name: string, returns: "number" | null, takes: "number"[]): (...values: number[]) => number;
  /** The threads of Emscripten, where the build has them. */
  PThread?: { unusedWorkers: Worker[]; runningWorkers: Worker[]; terminateAllThreads(): void };
  /** The functions through which `BackendWasm` reaches C++. */
  tfjs: Record<string, (...values: number[]) => number>;
}

type Glue = (configuration: Record<string, unknown>) => Promise<TfjsModule>;

const require = createRequire(import.meta.url);
const folder = "@tensorflow/tfjs-backend-wasm/wasm-out/";

/**
 * The most threads that the threaded build can start: its glue makes eight workers and no more without
 * returning to the event loop, and the calling thread is one more.
 */
export const maxThreads = 9;

/**
 * Starts the threaded SIMD build.
 *
 * @param threads Threads of XNNPACK, the calling one included: 1 to {@linkcode maxThreads}.
 * @returns The module; `init` of its `tfjs` functions starts the threads.
 * @throws {Error} Where shared memory or workers cannot be had.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const module = await startThreadedModule(1);
 * assert(module.wasmMemory.buffer instanceof SharedArrayBuffer);
 * module.PThread?.terminateAllThreads();
 * ```
 */
export async function startThreadedModule(threads: number): Promise<TfjsModule> {
  const glue = require.resolve(`${folder}tfjs-backend-wasm-threaded-simd.js`);
  const worker = fromFileUrl(new URL("./pthread_worker.cjs", import.meta.url));
  return await startGlue(glue, {
    locateFile: (path: string, prefix: string) => path.endsWith(".worker.js") ? worker : prefix + path,
    mainScriptUrlOrBlob: glue,
    instantiateWasm: instantiateFile(`${folder}tfjs-backend-wasm-threaded-simd.wasm`),
  }, threads);
}

/**
 * Starts the SIMD build for one thread.
 *
 * @returns The module.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const module = await startSingleModule();
 * assert(module.wasmMemory.buffer instanceof ArrayBuffer);
 * ```
 */
export async function startSingleModule(): Promise<TfjsModule> {
  let memory: WebAssembly.Memory | undefined;
  const module = await startGlue(require.resolve(`${folder}tfjs-backend-wasm.js`), {
    instantiateWasm: instantiateFile(`${folder}tfjs-backend-wasm-simd.wasm`, (exports) => {
      // The glue keeps its memory to itself; the exports are the one place where it can be had.
      memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    }),
  }, 1);
  if (memory === undefined) throw new Error("Cannot find the memory of tfjs: the module exports none");
  module.wasmMemory = memory;
  return module;
}

/**
 * What the glue calls to have its module. It is compiled on the calling thread: workers that compile the same code in the background share
 * the work of the first, and should not depend on one that may be ended (docs/reliability.md says what was seen, and what is conjectured).
 */
function instantiateFile(name: string, onExports: (exports: WebAssembly.Exports) => void = () => {}) {
  return (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports => {
    const module = new WebAssembly.Module(Deno.readFileSync(require.resolve(name)));
    const instance = new WebAssembly.Instance(module, imports);
    onExports(instance.exports);
    receive(instance, module);
    return instance.exports;
  };
}

/** The glue adds listeners of these. They are strings to Node; its types want one overload for each. */
const events = ["uncaughtException", "unhandledRejection"] as unknown as ["uncaughtException"];

/** Runs a glue script and puts back what it changes of the process. */
async function startGlue(
  glue: string,
  configuration: Record<string, unknown>,
  threads: number,
): Promise<TfjsModule> {
  const cpus = os.cpus;
  const worker = globalThis.Worker;
  const listeners = events.map((event) => process.listeners(event));
  // XNNPACK takes half of the processors that the process seems to have, counted once at the start.
  os.cpus = () => new Array(2 * threads).fill(noCpu);
  try {
    const module = await (require(glue) as Glue)(configuration);
    module.tfjs = wrapFunctions(module, threads);
    return module;
  } finally {
    os.cpus = cpus;
    globalThis.Worker = worker;
    for (const [i, event] of events.entries()) {
      for (const listener of process.listeners(event)) {
        if (!listeners[i]!.includes(listener)) process.removeListener(event, listener);
      }
    }
  }
}

const noCpu = { model: "", speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };

function wrapFunctions(module: TfjsModule, threads: number): TfjsModule["tfjs"] {
  const number = "number";
  const init = module.cwrap("init_with_threads_count", null, [number]);
  return {
    init: module.cwrap("init", null, []),
    // BackendWasm passes a variable of its own module, which is not set here.
    initWithThreadsCount: () => init(threads),
    getThreadsCount: module.cwrap("get_threads_count", number, []),
    registerTensor: module.cwrap("register_tensor", null, [number, number, number]),
    disposeData: module.cwrap("dispose_data", null, [number]),
    dispose: module.cwrap("dispose", null, []),
  };
}
