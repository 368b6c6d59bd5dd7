/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { CROSS_ENTROPY_ROWS } from "../../kernel_constants.ts";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

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
    const running = new RunningBackend(backend);
    if (labels.dtype !== "int32" || labels.shape.length !== 1 || labels.shape[0] !== rows) {
      throw new RangeError(
        `Cannot compare logits (${logits.shape}) with labels (${labels.shape}) of ${labels.dtype}: ` +
          "labels must be one int32 for each row",
      );
    }
    for (const label of running.values(labels)) {
      if (label < 0 || label >= columns) {
        throw new RangeError(`Cannot use label ${label}: it must be one of the ${columns} classes from 0`);
      }
    }
    const losses = running.output([rows]);
    const gradient = running.output([rows, columns]);
    const args = {
      logits: running.pointer(logits),
      labels: running.pointer(labels),
      losses: running.pointer(losses),
      gradient: running.pointer(gradient),
      rows,
      columns,
    };
    running.pool.run("crossEntropy", args, Math.ceil(rows / CROSS_ENTROPY_ROWS));
    return [losses, gradient];
  },
};
