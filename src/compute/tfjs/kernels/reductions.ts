/**
 * Sums, means and products over any axes, added up in float64 and rounded once: the shipped kernels add in float32, one after
 * the other, and stop growing at 2^24.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { ADD, DOUBLES, FLOATS, INTEGERS, MULTIPLY, REDUCTION_COLUMNS } from "../../kernel_constants.ts";
import { RunningBackend } from "../running_backend.ts";

type Call = Parameters<KernelConfig["kernelFunc"]>[0];

/** The sums of float32 (to float32) and int32 or bool tensors (to int32, modulo 2^32); 0 for none. */
export const sum: KernelConfig = reduction("Sum", ADD, 0);

/** The products, likewise; 1 for none. */
export const prod: KernelConfig = reduction("Prod", MULTIPLY, 1);

/** The means, of float32; NaN for none. */
export const mean: KernelConfig = reduction("Mean", ADD, NaN);

/** The largest values; -Infinity (of int32 and bool their smallest number) for none. */
export const max: KernelConfig = orIdentity("Max", -Infinity, -(2 ** 31), 0);
/** The smallest ones. */
export const min: KernelConfig = orIdentity("Min", Infinity, 2 ** 31 - 1, 1);
/** Whether all are true; they are where there is none. */
export const all: KernelConfig = orIdentity("All", 1, 1, 1);
/** Whether any is true. */
export const any: KernelConfig = orIdentity("Any", 0, 0, 0);

/** The first place of the largest value. */
export const argMax: KernelConfig = needsOne("ArgMax");
/** The first place of the smallest. */
export const argMin: KernelConfig = needsOne("ArgMin");

/** Elements of an item, and rows of a part where columns fill the vectors. */
const itemElements = 32_768;
const partRows = 256;

function reduction(
  kernelName: string,
  operation: typeof ADD | typeof MULTIPLY,
  ofNone: number,
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: TensorInfo };
      const running = new RunningBackend(call.backend);
      if (x.dtype === "bool") {
        const cast = getKernel("Cast", "wasm").kernelFunc({
          ...call,
          attrs: { dtype: "int32" },
        }) as TensorInfo;
        const result = reduceTensor(running, cast, call, operation, kernelName === "Mean", ofNone);
        running.dispose(cast);
        return result;
      }
      if (x.dtype !== "float32" && x.dtype !== "int32") {
        throw new TypeError(
          `Cannot run ${kernelName}: tensors must be float32, int32 or bool, current dtype is ${x.dtype}`,
        );
      }
      return reduceTensor(running, x, call, operation, kernelName === "Mean", ofNone);
    },
  };
}

function reduceTensor(
  running: RunningBackend,
  x: TensorInfo,
  call: Call,
  operation: number,
  isMean: boolean,
  ofNone: number,
): TensorInfo {
  const { axes, shape, count } = reducedShape(x, call);
  const isFloat = isMean || x.dtype === "float32";
  const result = running.output(shape, isFloat ? "float32" : "int32");
  if (count === 0) running.values(result).fill(ofNone);
  if (x.shape.includes(0)) return result;
  reduceAxes(running, x, axes, running.pointer(result), {
    from: x.dtype === "float32" ? FLOATS : INTEGERS,
    to: isFloat ? FLOATS : INTEGERS,
    operation,
    divisor: isMean ? count : 1,
  });
  return result;
}

/** The axes of a call, the shape of its result, and how many elements become one. */
function reducedShape(x: TensorInfo, call: Call): { axes: number[]; shape: number[]; count: number } {
  const { axis, reductionIndices = axis, keepDims } = call.attrs as unknown as {
    axis?: number | number[];
    reductionIndices?: number | number[];
    keepDims?: boolean;
  };
  const axes = util.parseAxisParam(reductionIndices as number | number[], x.shape);
  const shape: number[] = [];
  let count = 1;
  for (let axis = 0; axis < x.shape.length; axis++) {
    const side = x.shape[axis]!;
    if (!axes.includes(axis)) shape.push(side);
    else {
      count *= side;
      if (keepDims) shape.push(1);
    }
  }
  return { axes, shape, count };
}

/** What a pass over a tensor does with its elements. */
interface Pass {
  readonly from: number;
  readonly to: number;
  readonly operation: number;
  readonly divisor: number;
}

/**
 * Reduces one run of neighbouring axes after the other, from the last one; what lies between is float64. Long runs are cut
 * into parts whose length depends on the shape alone, so that the threads share them and no bit depends on their number.
 */
function reduceAxes(
  running: RunningBackend,
  x: TensorInfo,
  axes: readonly number[],
  result: number,
  { from, to, operation, divisor }: Pass,
): void {
  const { pool } = running;
  let at = running.pointer(x);
  let type = from;
  let held = 0;
  // Sides are those of x, and behind a pass 1, or the number of its parts, where it reduced.
  const sides = x.shape.slice();
  const isReduced = (axis: number) => axes.includes(axis) && sides[axis]! > 1;
  try {
    for (let isLast = false; !isLast;) {
      let outer = 1;
      let rows = 1;
      let columns = 1;
      let axis = sides.length - 1;
      for (; axis >= 0 && !isReduced(axis); axis--) columns *= sides[axis]!;
      const last = axis;
      for (; axis >= 0 && (isReduced(axis) || sides[axis] === 1); axis--) {
        rows *= sides[axis]!;
        sides[axis] = 1;
      }
      isLast = true;
      for (; axis >= 0; axis--) {
        if (isReduced(axis)) isLast = false;
        outer *= sides[axis]!;
      }
      const most = columns < 16 ? Math.ceil(itemElements / columns) : partRows;
      const parts = rows > 2 * most ? Math.ceil(rows / most) : 1;
      if (parts > 1) {
        sides[last] = parts;
        isLast = false;
      }
      const next = isLast ? 0 : pool.allocate(outer * parts * columns * 8);
      const blocks = Math.ceil(columns / REDUCTION_COLUMNS);
      const itemOuter = parts * blocks > 1 ? 1 : Math.max(1, Math.floor(itemElements / (rows * columns)));
      pool.run("reduce", {
        x: at,
        result: isLast ? result : next,
        outer,
        rows,
        columns,
        parts,
        partRows: parts > 1 ? most : rows,
        itemOuter,
        from: type,
        to: isLast ? to : DOUBLES,
        operation,
        divisor: isLast ? divisor : 1,
      }, Math.ceil(outer / itemOuter) * parts * blocks);
      if (held !== 0) pool.free(held);
      held = next;
      at = next;
      type = DOUBLES;
    }
  } finally {
    if (held !== 0) pool.free(held);
  }
}

/** A shipped kernel; where there is nothing to reduce, it would leave the result as it finds it. */
function unlessEmpty(kernelName: string, ofNone: (x: TensorInfo, call: Call) => TensorInfo): KernelConfig {
  const shipped = getKernel(kernelName, "wasm");
  return {
    ...shipped,
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: TensorInfo };
      return x.shape.includes(0) ? ofNone(x, call) : shipped.kernelFunc(call);
    },
  };
}

/** A shipped kernel with what it gives of nothing, by type. */
function orIdentity(kernelName: string, float: number, integer: number, bool: number): KernelConfig {
  return unlessEmpty(kernelName, (x, call) => {
    const running = new RunningBackend(call.backend);
    const result = running.output(reducedShape(x, call).shape, x.dtype);
    running.values(result).fill(x.dtype === "float32" ? float : x.dtype === "int32" ? integer : bool);
    return result;
  });
}

/** A shipped kernel that gives the place of an element: there must be one. */
function needsOne(kernelName: string): KernelConfig {
  return unlessEmpty(kernelName, (x, call) => {
    const { shape, count } = reducedShape(x, call);
    if (count === 0 && !shape.includes(0)) {
      throw new RangeError(
        `Cannot run ${kernelName} over an axis of length 0: there must be an element, the shape is (${x.shape})`,
      );
    }
    return new RunningBackend(call.backend).output(shape, "int32");
  });
}
