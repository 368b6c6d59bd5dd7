/**
 * One thread of the threaded tfjs build: the worker that its glue asks for, for `node:worker_threads` as Deno
 * provides them (the worker that ships with tfjs is a blob worker that evaluates scripts by `importScripts`).
 *
 * The protocol is Emscripten's: `load` instantiates the module on the shared memory, `run` enters a pthread,
 * `cancel` ends it.
 */
"use strict";
const { parentPort } = require("node:worker_threads");

/** The half-initialised module that the glue completes on `load`. */
let Module = {
  ENVIRONMENT_IS_PTHREAD: true,
  instantiateWasm(info, receiveInstance) {
    const instance = new WebAssembly.Instance(Module.wasmModule, info);
    receiveInstance(instance);
    return instance.exports;
  },
};

globalThis.postMessage = (message) => parentPort.postMessage(message);
globalThis.startWorker = (instance) => {
  Module = instance;
  parentPort.postMessage({ cmd: "loaded" });
};

function load({ wasmModule, wasmMemory, urlOrBlob }) {
  Object.assign(Module, { wasmModule, wasmMemory, buffer: wasmMemory.buffer });
  require(urlOrBlob)(Module);
}

function run({ pthread_ptr, start_routine, arg, ...transfer }) {
  Module.__emscripten_thread_init(pthread_ptr, 0, 0, 1);
  Module.establishStackSpace();
  Module.PThread.receiveObjectTransfer(transfer);
  Module.PThread.threadInitTLS();
  try {
    Module.invokeEntryPoint(start_routine, arg);
  } catch (error) {
    // Emscripten leaves an entry point that stays alive by throwing this string.
    if (error !== "unwind") throw error;
  }
}

parentPort.on("message", (message) => {
  if (message.cmd === "load") load(message);
  else if (message.cmd === "run") run(message);
  else if (message.cmd === "cancel" && Module._pthread_self()) Module.__emscripten_thread_exit(-1);
});
