/**
 * What a kernel needs of the running backend: the addresses of tensors, new tensors, and the threads.
 *
 * @module
 */
import { backend, type DataType, getBackend, getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelPool } from "./kernel_pool.ts";

const pools = new WeakMap<object, KernelPool>();

/** Ties the threads to the backend whose memory they work on. */
export function setPool(backend: BackendWasm, pool: KernelPool): void {
  pools.set(backend, pool);
}

/**
 * The current backend, for functions that compute on it outside the kernels of tfjs.
 *
 * @returns The backend that `startBackend()` started last.
 * @throws {Error} Where none runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { startBackend } from "./start_backend.ts";
 *
 * assertThrows(() => runningBackend(), Error, "call startBackend() first");
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(runningBackend().pool.threads, 1);
 * backend.dispose();
 * ```
 */
export function runningBackend(): RunningBackend {
  // `backend()` would start some other one where there is none.
  return new RunningBackend(getBackend() ? backend() : undefined);
}

/** A backend and its threads, as a kernel sees them. */
export class RunningBackend {
  /** The threads. */
  readonly pool: KernelPool;
  readonly #backend: BackendWasm;

  /**
   * Finds the threads of a backend.
   *
   * @param backend The `backend` that tfjs hands to a kernel.
   * @throws {Error} Where it was not started by `startBackend()`.
   */
  constructor(backend: unknown) {
    const pool = pools.get(backend as object);
    if (pool === undefined) {
      const found = backend === undefined ? "none runs" : "this one is tfjs's own";
      throw new Error(
        `Cannot compute: there must be a backend of this project, and ${found}; call startBackend() first`,
      );
    }
    this.pool = pool;
    this.#backend = backend as BackendWasm;
  }

  /** Address of a tensor. */
  pointer(tensor: TensorInfo): number {
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** The values of a tensor, in place. */
  values(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array {
    return this.#backend.typedArrayFromHeap(tensor) as Float32Array | Int32Array | Uint8Array;
  }

  /** A new tensor with undefined values. */
  output(shape: readonly number[], dtype: DataType = "float32"): TensorInfo {
    return this.#backend.makeOutput([...shape], dtype);
  }

  /** A new tensor of zeros. */
  zeros(shape: readonly number[]): TensorInfo {
    const tensor = this.output(shape);
    this.values(tensor).fill(0);
    return tensor;
  }

  /** The same values in another shape; the tensor given and the one returned share them. */
  reshaped(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
    this.#backend.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** A copy with the last two sides exchanged. */
  transposed(x: TensorInfo): TensorInfo {
    const axes = x.shape.map((_, i) => i);
    const perm = [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
    return getKernel("Transpose", "wasm").kernelFunc(
      { inputs: { x }, attrs: { perm }, backend: this.#backend },
    ) as TensorInfo;
  }

  /** Copies bytes from one address to another. */
  copy(from: number, to: number, bytes: number): void {
    this.pool.bytes().copyWithin(to, from, from + bytes);
  }

  /** Gives back a tensor that a kernel made for itself. */
  dispose(tensor: TensorInfo): void {
    this.#backend.disposeData(tensor.dataId);
  }

  /**
   * Tells the kernels of tfjs that the values of a tensor have changed in place: XNNPACK keeps packed copies of
   * filters by the number of their data.
   */
  changed(tensor: TensorInfo): void {
    const { id, memoryOffset, shape } = this.#backend.dataIdMap.get(tensor.dataId);
    const functions = this.#backend.wasm.tfjs;
    functions.disposeData(id);
    functions.registerTensor(id, shape.reduce((a, b) => a * b, 1), memoryOffset);
  }
}

/** Throws unless every tensor is of float32: the training kernels know no other. */
export function requireFloat32(kernel: string, ...tensors: (TensorInfo | undefined)[]): void {
  for (const tensor of tensors) {
    if (tensor !== undefined && tensor.dtype !== "float32") {
      throw new TypeError(`Cannot run ${kernel}: tensors must be float32, current dtype is ${tensor.dtype}`);
    }
  }
}
