/**
 * The kernels of this project on the wasm backend.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
// tfjs-core alone has no gradients; the layers package registers all of them.
import "@tensorflow/tfjs-layers";
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { batchMatMul } from "./kernels/batch_mat_mul.ts";
import { conv2d, fusedConv2d } from "./kernels/conv2d.ts";
import { conv2dBackpropFilter, conv2dBackpropInput } from "./kernels/conv2d_gradients.ts";
import { crossEntropy } from "./kernels/cross_entropy.ts";
import * as elementwise from "./kernels/elementwise.ts";
import { fusedMatMul } from "./kernels/fused_mat_mul.ts";
import { avgPool, avgPoolGrad, maxPool, maxPoolGrad } from "./kernels/pooling.ts";
import { orderedSum } from "./kernels/ordered_sum.ts";
import * as reductions from "./kernels/reductions.ts";
import * as scans from "./kernels/scans.ts";
import * as scatteredSums from "./kernels/scattered_sums.ts";
import { softmax } from "./kernels/softmax.ts";
import { unitRows } from "./kernels/unit_rows.ts";
import { unsortedSegmentSum } from "./kernels/unsorted_segment_sum.ts";
import { foldWindows, takeWindows } from "./kernels/windows.ts";

/** The kernels that are registered in place of the shipped ones, or beside them. */
export const kernels: readonly KernelConfig[] = [
  batchMatMul,
  fusedMatMul,
  conv2d,
  fusedConv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  maxPool,
  maxPoolGrad,
  avgPool,
  avgPoolGrad,
  orderedSum,
  ...Object.values(reductions),
  ...Object.values(scans),
  ...Object.values(scatteredSums),
  softmax,
  unsortedSegmentSum,
  crossEntropy,
  takeWindows,
  foldWindows,
  unitRows,
  ...Object.values(elementwise),
  // Wrong where a window holds no positive value, and nothing here needs them.
  unsupported("MaxPool3D"),
  unsupported("MaxPool3DGrad"),
];

/** Registers {@linkcode kernels}; a second call changes nothing. */
export function registerKernels(): void {
  for (const kernel of kernels) {
    const registered = getKernel(kernel.kernelName, kernel.backendName);
    if (registered === kernel) continue;
    if (registered !== undefined) unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  }
}

function unsupported(kernelName: string): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: () => {
      throw new Error(`Cannot run ${kernelName} on the wasm backend: its shipped kernel gives wrong values`);
    },
  };
}
