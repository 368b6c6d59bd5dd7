/**
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

/**
 * Sums of the rows of x that carry the same segment number, the gradient of gather(); rows whose number is outside
 * 0 .. numSegments - 1 are left out, as on the cpu backend. tfjs has no such kernel on this backend.
 */
export const unsortedSegmentSum: KernelConfig = {
  kernelName: "UnsortedSegmentSum",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = attrs as unknown as { numSegments: number };
    requireFloat32("UnsortedSegmentSum", x);
    const running = new RunningBackend(backend);
    const rest = x.shape.slice(segmentIds.shape.length);
    const result = running.zeros([numSegments, ...rest]);
    const row = util.sizeFromShape(rest);
    const from = running.values(x) as Float32Array;
    const to = running.values(result) as Float32Array;
    for (const [i, segment] of (running.values(segmentIds) as Int32Array).entries()) {
      if (segment < 0 || segment >= numSegments) continue;
      for (let k = 0; k < row; k++) to[segment * row + k]! += from[i * row + k]!;
    }
    return result;
  },
};
