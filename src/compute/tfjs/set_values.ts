import { backend, type Tensor } from "@tensorflow/tfjs-core";
import { Engine } from "./engine.ts";

/**
 * Replaces the values of a float32 tensor on the wasm backend, in place.
 *
 * @param tensor The tensor.
 * @param values As many values as it has.
 */
export function setValues(tensor: Tensor, values: Float32Array): void {
  const engine = new Engine(backend());
  engine.values(tensor).set(values);
  engine.changed(tensor);
}
