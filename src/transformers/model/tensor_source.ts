/** Where the weights of a model come from: a checkpoint, whole in memory or read as needed. */
export interface TensorSource {
  /** The shape of a tensor; `undefined` where there is none of that name. */
  shapeOf(name: string): readonly number[] | undefined;
  /**
   * Reads a tensor, or consecutive entries of its first axis.
   *
   * @param name One that {@linkcode shapeOf} knows.
   * @param from The first entry; 0 by default.
   * @param to The one after the last; all of them by default.
   * @returns Row-major, widened to float32; not to be changed.
   */
  read(name: string, from?: number, to?: number): Promise<Float32Array>;
}

/** A tensor in memory. */
export interface NamedTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/**
 * Tensors that stand in memory.
 *
 * @param tensors By name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = memorySource(new Map([["w", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]));
 * assertEquals(await source.read("w", 1), Float32Array.of(3, 4));
 * ```
 */
export function memorySource(tensors: ReadonlyMap<string, NamedTensor>): TensorSource {
  return {
    shapeOf: (name) => tensors.get(name)?.shape,
    read: (name, from = 0, to) => {
      const { shape, values } = tensors.get(name)!;
      const row = values.length / shape[0]!;
      return Promise.resolve(values.subarray(from * row, (to ?? shape[0]!) * row));
    },
  };
}
