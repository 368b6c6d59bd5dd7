import { dispose } from "@tensorflow/tfjs-core";
import { DivergedError } from "../../../src/nn/diverged_error.ts";
import type { LayerSweep } from "./layer_sweep.ts";
import { gatherFeatures, type LabelledFrozenFeatures } from "./labelled_features.ts";

/** Inputs at a time. */
const chunk = 500;

/**
 * The class into which each network of a sweep puts each input: that of the largest result, the first of equals.
 *
 * @param sweep The networks.
 * @param data The inputs.
 * @param count Takes only the first so many; all by default.
 * @returns For each network `(count)` classes.
 * @throws {DivergedError} Where a result is not finite: says which layer was trained.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
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
 * assertEquals(classifyEach(sweep, data), [Uint8Array.of(1, 0)]);
 * backend.dispose();
 * ```
 */
export function classifyEach(
  sweep: LayerSweep,
  data: LabelledFrozenFeatures,
  count: number = data.labels.length,
): Uint8Array[] {
  const found = sweep.layers.map(() => new Uint8Array(count));
  for (let first = 0; first < count; first += chunk) {
    const rows = Uint32Array.from({ length: Math.min(chunk, count - first) }, (_, i) => first + i);
    const features = gatherFeatures(data, rows);
    const logits = sweep.logits(features);
    const values = logits.dataSync();
    const classes = logits.shape[1];
    dispose([...features, logits]);
    for (const [network, classesOfNetwork] of found.entries()) {
      for (let i = 0; i < rows.length; i++) {
        const results = values.subarray((network * rows.length + i) * classes).subarray(0, classes);
        const largest = Math.max(...results);
        if (!Number.isFinite(largest)) {
          throw new DivergedError({
            action: "classify",
            finding: `a result is ${largest}`,
            place: `with layer ${sweep.layers[network]} trained`,
          });
        }
        classesOfNetwork[first + i] = results.indexOf(largest);
      }
    }
  }
  return found;
}
