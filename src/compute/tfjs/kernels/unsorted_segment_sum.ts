/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";

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
    const engine = new Engine(backend);
    const rest = x.shape.slice(segmentIds.shape.length);
    const result = engine.zeros([numSegments, ...rest]);
    const row = rest.reduce((product, side) => product * side, 1);
    const from = engine.values(x) as Float32Array;
    const to = engine.values(result) as Float32Array;
    for (const [i, segment] of (engine.values(segmentIds) as Int32Array).entries()) {
      if (segment < 0 || segment >= numSegments) continue;
      for (let k = 0; k < row; k++) to[segment * row + k]! += from[i * row + k]!;
    }
    return result;
  },
};
