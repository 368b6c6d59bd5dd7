import { dispose } from "@tensorflow/tfjs-core";
import type { LayerSweep } from "./layer_sweep.ts";
import { gatherFeatures, type LabelledFrozenFeatures } from "./labelled_features.ts";

/** Inputs at a time. */
const chunk = 500;

/**
 * How many inputs each network of a sweep puts into their class: exact counts, over every input once.
 *
 * @param sweep The networks; the largest result is the class (the first of equals).
 * @param data The inputs.
 * @param count Takes only the first so many; all by default.
 * @returns A count for each network; NaN for one with a result that is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { LayerSweep } from "./layer_sweep.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * // The largest of two inputs, through an identity and a read-out that changes nothing.
 * const identity = Float32Array.of(1, 0, 0, 1);
 * const sweep = new LayerSweep({
 *   ...{ inputs: 2, width: 2, depth: 1, classes: 2 },
 *   weights: [identity, identity, identity],
 *   biases: [new Float32Array(2), new Float32Array(2), new Float32Array(2)],
 * }, { layers: [1], readout: "frozen" });
 * const data = { features: [Float32Array.of(0.1, 0.2, 0.4, 0.3)], labels: Uint8Array.of(1, 1) };
 * assertEquals(countCorrectEach(sweep, data), [1]);
 * backend.dispose();
 * ```
 */
export function countCorrectEach(
  sweep: LayerSweep,
  data: LabelledFrozenFeatures,
  count: number = data.labels.length,
): number[] {
  const correct = sweep.layers.map(() => 0);
  for (let first = 0; first < count; first += chunk) {
    const rows = Uint32Array.from({ length: Math.min(chunk, count - first) }, (_, i) => first + i);
    const features = gatherFeatures(data, rows);
    const logits = sweep.logits(features);
    const values = logits.dataSync();
    const classes = logits.shape[1];
    dispose([...features, logits]);
    for (let network = 0; network < correct.length; network++) {
      for (let i = 0; i < rows.length; i++) {
        const results = values.subarray((network * rows.length + i) * classes).subarray(0, classes);
        const largest = Math.max(...results);
        if (!Number.isFinite(largest)) correct[network] = NaN;
        else if (results.indexOf(largest) === data.labels[first + i]) correct[network]!++;
      }
    }
  }
  return correct;
}
