import type { LayerMaker } from "../../../src/nn/layer.ts";
import { unitRows } from "./unit_rows.ts";

/**
 * Divides the channels at each position by their Euclidean norm, as Zarka, Guth and Mallat (2021) do behind a projection: what
 * a frame is given are unit vectors. A position whose channels are all 0 stays 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 * import { inference } from "../../../src/nn/layer.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const layer = unitChannels()([1, 2, 2], 0, 1);
 * const x = tensor([0, -2, 0, 0], [1, 1, 2, 2]);
 * assertEquals(Array.from(layer.apply(x, inference).dataSync()), [0, -1, 0, 0]);
 * backend.dispose();
 * ```
 */
export function unitChannels(): LayerMaker {
  return (inputShape, index) => ({
    name: `${index}-unit-channels`,
    outputShape: inputShape,
    parameters: [],
    state: [],
    apply: (x) => unitRows(x),
  });
}
