/**
 * The kernels of this project on the wasm backend.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
// tfjs-core alone has no gradients; the layers package registers all of them.
import "@tensorflow/tfjs-layers";
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { setConv2DCall } from "./conv2d_layer.ts";
import { registerGradients } from "./gradients.ts";
import { batchMatMul } from "./kernels/batch_mat_mul.ts";
import { conv2d, fusedConv2d } from "./kernels/conv2d.ts";
import { conv2dBackpropFilter, conv2dBackpropInput } from "./kernels/conv2d_gradients.ts";
import { crossEntropy } from "./kernels/cross_entropy.ts";
import {
  depthwiseConv2d,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  fusedDepthwiseConv2d,
} from "./kernels/depthwise_conv2d.ts";
import * as elementwise from "./kernels/elementwise.ts";
import { fusedMatMul } from "./kernels/fused_mat_mul.ts";
import { identity } from "./kernels/identity.ts";
import { concat, slice, split } from "./kernels/joining.ts";
import { batchNorm, clipGrad } from "./kernels/normalize.ts";
import { avgPool, avgPoolGrad, maxPool, maxPoolGrad } from "./kernels/pooling.ts";
import { orderedSum } from "./kernels/ordered_sum.ts";
import * as reductions from "./kernels/reductions.ts";
import { resizeBilinearGrad, resizeNearestNeighborGrad } from "./kernels/resize_gradients.ts";
import * as scans from "./kernels/scans.ts";
import * as scatteredSums from "./kernels/scattered_sums.ts";
import { softmax } from "./kernels/softmax.ts";
import { transform } from "./kernels/transform.ts";
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
  depthwiseConv2d,
  fusedDepthwiseConv2d,
  depthwiseConv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  maxPool,
  maxPoolGrad,
  avgPool,
  avgPoolGrad,
  batchNorm,
  clipGrad,
  identity,
  concat,
  slice,
  split,
  resizeBilinearGrad,
  resizeNearestNeighborGrad,
  transform,
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
  // The gradients of what is convolved or averaged in three dimensions: nothing here needs them either.
  unsupported("Conv3DBackpropInputV2"),
  unsupported("AvgPool3DGrad"),
];

/** Registers {@linkcode kernels} with their gradients; a second call changes nothing. */
export function registerKernels(): void {
  for (const kernel of kernels) {
    const registered = getKernel(kernel.kernelName, kernel.backendName);
    if (registered === kernel) continue;
    if (registered !== undefined) unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  }
  registerGradients();
  setConv2DCall();
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
