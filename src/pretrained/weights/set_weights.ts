import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import type { NamedWeights } from "./named_weights.ts";

/**
 * Gives a model its weights: each of its own, and no other.
 *
 * @param model Whose weights are named `<layer>/<weight>`.
 * @param weights By these names, in shapes of tfjs.
 * @param name The file or folder that they come from, for the error message.
 * @throws {DataError} Where one is missing, is none of the model's, or has another shape; the model may have taken some.
 *
 * @example Usage
 * ```ts
 * import "@tensorflow/tfjs-backend-cpu";
 * import { ready, setBackend } from "@tensorflow/tfjs-core";
 * import { layers, sequential } from "@tensorflow/tfjs-layers";
 * import { assertEquals } from "@std/assert";
 *
 * await setBackend("cpu");
 * const model = sequential({ layers: [layers.dense({ name: "only", units: 1, inputShape: [2], useBias: false })] });
 * setWeights(model, new Map([["only/kernel", { shape: [2, 1], values: Float32Array.of(3, 4) }]]), "tiny");
 * assertEquals([...model.getWeights()[0]!.dataSync()], [3, 4]);
 * ```
 */
export function setWeights(model: LayersModel, weights: NamedWeights, name: string): void {
  const wanted = new Set(model.weights.map(({ originalName }) => originalName));
  const foreign = weights.keys().find((key) => !wanted.has(key));
  if (foreign !== undefined) {
    throw new DataError(
      `Cannot use ${name}: its weights must be those of the network: ${oneLine(foreign)} is not`,
    );
  }
  for (const variable of model.weights) {
    const { originalName, shape } = variable;
    const weight = weights.get(originalName);
    if (weight === undefined) {
      throw new DataError(`Cannot use ${name}: it must have the weight ${originalName}: it has not`);
    }
    if (weight.shape.join() !== shape.join()) {
      throw new DataError(
        `Cannot use ${name}: ${originalName} must have the shape ${shape.join("x")}: ` +
          `current shape is ${weight.shape.join("x")}`,
      );
    }
    tidy(() => {
      variable.write(tensor(weight.values, [...weight.shape], "float32"));
    });
  }
}
