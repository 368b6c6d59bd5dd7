/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";

/** Rows of one item, as in assembly/cross_entropy.ts. */
const itemRows = 64;

/**
 * Softmax cross-entropy: logits (rows, classes) and int32 labels (rows) give the losses (rows) and their gradient
 * softmax - one-hot (rows, classes). A kernel that tfjs has not, for src/nn.
 *
 * @throws {RangeError} Where the shapes differ or a label is no class.
 */
export const crossEntropy: KernelConfig = {
  kernelName: "CrossEntropy",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    requireFloat32("CrossEntropy", logits);
    const [rows, columns] = logits.shape as [number, number];
    const engine = new Engine(backend);
    if (labels.dtype !== "int32" || labels.shape.length !== 1 || labels.shape[0] !== rows) {
      throw new RangeError(
        `Cannot compare logits (${logits.shape}) with labels (${labels.shape}) of ${labels.dtype}: ` +
          "labels must be one int32 for each row",
      );
    }
    for (const label of engine.values(labels)) {
      if (label < 0 || label >= columns) {
        throw new RangeError(`Cannot use label ${label}: it must be one of the ${columns} classes from 0`);
      }
    }
    const losses = engine.output([rows]);
    const gradient = engine.output([rows, columns]);
    const pointers = [logits, labels, losses, gradient].map((tensor) => engine.pointer(tensor));
    engine.pool.run("crossEntropy", [...pointers, rows, columns], Math.ceil(rows / itemRows));
    return [losses, gradient];
  },
};
