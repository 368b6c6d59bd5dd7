import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";

/** What {@linkcode frozenFeatures} gave, with the classes of the inputs. */
export interface LabelledFrozenFeatures {
  /** For each layer from 1 on: (count, width). */
  readonly features: readonly Float32Array[];
  /** The class of each input. */
  readonly labels: Uint8Array;
}

/**
 * The chosen rows of every layer, as tensors.
 *
 * @param data The features.
 * @param rows Which inputs, in which order.
 * @returns (rows, width) for each layer; the caller disposes of them.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const data = { features: [Float32Array.of(1, 2, 3, 4, 5, 6)], labels: Uint8Array.of(0, 1, 0) };
 * const [layer] = gatherFeatures(data, Uint32Array.of(2, 0));
 * assertEquals(layer!.arraySync(), [[5, 6], [1, 2]]);
 * backend.dispose();
 * ```
 */
export function gatherFeatures({ features, labels }: LabelledFrozenFeatures, rows: Uint32Array): Tensor2D[] {
  return features.map((values) => {
    const width = values.length / labels.length;
    const gathered = new Float32Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      gathered.set(values.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
    }
    return tensor2d(gathered, [rows.length, width]);
  });
}
