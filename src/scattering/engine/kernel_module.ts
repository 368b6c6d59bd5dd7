import { UsageError } from "../../errors.ts";

/** The compiled kernel; src/scattering/engine/assembly is its source, `deno task wasm` makes it. */
const WASM = new URL("./scattering.wasm", import.meta.url);

let compiled: WebAssembly.Module | undefined;

/**
 * The compiled kernel.
 *
 * @returns The module; its import is `env.memory`, and its functions are items of a parallel-for.
 * @throws {UsageError} Where the runtime lacks what the kernel needs: shared memory or SIMD.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(WebAssembly.Module.imports(kernelModule()).map(({ name }) => name), ["memory"]);
 * ```
 */
export function kernelModule(): WebAssembly.Module {
  return compiled ??= compileKernel(Deno.readFileSync(WASM), "SharedArrayBuffer" in globalThis);
}

/**
 * Compiles the kernel, or says what the runtime lacks for it.
 *
 * @param code The WebAssembly binary.
 * @param hasSharedMemory Whether the runtime has SharedArrayBuffer.
 * @returns The module.
 * @throws {UsageError} Where the runtime cannot run it.
 */
export function compileKernel(code: BufferSource, hasSharedMemory: boolean): WebAssembly.Module {
  const need = "run it in Deno 2.9 or another runtime with WebAssembly SIMD and SharedArrayBuffer";
  if (!hasSharedMemory) {
    throw new UsageError(
      `Cannot start the scattering kernel as this runtime has no SharedArrayBuffer: ${need}`,
    );
  }
  if (!WebAssembly.validate(code)) {
    throw new UsageError(
      `Cannot start the scattering kernel as this runtime does not accept WebAssembly SIMD: ${need}`,
    );
  }
  return new WebAssembly.Module(code);
}
