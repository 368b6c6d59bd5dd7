/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { RunningBackend } from "../running_backend.ts";
import { multiply } from "./batch_mat_mul.ts";
import { fuse, type Fusion } from "./fused_epilogue.ts";

/** A product with its bias and activation, see {@linkcode batchMatMul} for why. */
export const fusedMatMul: KernelConfig = {
  kernelName: "_FusedMatMul",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { a, b, bias, preluActivationWeights } = inputs as Record<string, TensorInfo>;
    const { transposeA, transposeB, ...fusion } = attrs as unknown as
      & { transposeA: boolean; transposeB: boolean }
      & Fusion;
    const running = new RunningBackend(backend);
    const columns = b!.shape.at(transposeB ? -2 : -1)!;
    // A product of transposed rows has no epilogue: bring it to the plain form by a transposed copy.
    const left = transposeA ? running.transposed(a!) : a!;
    const result = fuse(running, backend, columns, fusion, bias, preluActivationWeights, (epilogue) => {
      return multiply(running, left, b!, false, transposeB, epilogue);
    });
    if (transposeA) running.dispose(left);
    return result;
  },
};
