/**
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { addRows } from "./add_rows.ts";

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
    const result = running.output([numSegments, ...rest]);
    addRows(running, x, running.values(segmentIds), result, util.sizeFromShape(rest));
    return result;
  },
};
