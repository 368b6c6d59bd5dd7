/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine } from "../engine.ts";
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
    const engine = new Engine(backend);
    const columns = b!.shape.at(transposeB ? -2 : -1)!;
    // A product of transposed rows has no epilogue: bring it to the plain form by a transposed copy.
    const left = transposeA ? engine.transposed(a!) : a!;
    const result = fuse(engine, backend, columns, fusion, bias, preluActivationWeights, (epilogue) => {
      return multiply(engine, left, b!, false, transposeB, epilogue);
    });
    if (transposeA) engine.dispose(left);
    return result;
  },
};
