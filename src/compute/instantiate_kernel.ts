import type { ItemFunction } from "./thread_control.ts";

/**
 * Instantiates a WebAssembly module whose only import is its memory, `env.memory`.
 *
 * @param module The code.
 * @param memory The memory that all threads share.
 * @returns Its functions by name, in an order that is the same on every thread.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
 * const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
 * assertEquals([...instantiateKernel(empty, memory).keys()], []);
 * ```
 */
export function instantiateKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): ReadonlyMap<string, ItemFunction> {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const names = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  return new Map(names.map(({ name }) => [name, exports[name] as ItemFunction]));
}
