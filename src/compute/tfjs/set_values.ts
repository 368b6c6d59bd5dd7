import type { Tensor } from "@tensorflow/tfjs-core";
import { runningBackend } from "./running_backend.ts";

/**
 * Replaces the values of a float32 tensor on the wasm backend, in place.
 *
 * @param tensor The tensor.
 * @param values As many values as it has.
 */
export function setValues(tensor: Tensor, values: Float32Array): void {
  const running = runningBackend();
  running.values(tensor).set(values);
  running.changed(tensor);
}
