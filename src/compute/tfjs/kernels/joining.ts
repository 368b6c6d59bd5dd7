/**
 * Tensors joined and taken apart: copies of rows, on every thread. The shipped kernels copy row by row in JavaScript, and that
 * of a slice copies the whole tensor first.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import {
  backend_util,
  getKernel,
  type KernelConfig,
  slice_util,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";
import { RunningBackend } from "../running_backend.ts";

/** Floats that an item copies. */
const itemFloats = 16384;

const shippedConcat: KernelConfig = getKernel("Concat", "wasm");
const shippedSlice: KernelConfig = getKernel("Slice", "wasm");
const shippedSplit: KernelConfig = getKernel("SplitV", "wasm");

/** Tensors one after the other along an axis. */
export const concat: KernelConfig = {
  ...shippedConcat,
  kernelFunc: (call) => {
    // tfjs hands a list over as if it were a map.
    const tensors = call.inputs as unknown as TensorInfo[];
    if (!tensors.every(isWords)) return shippedConcat.kernelFunc(call);
    const running = new RunningBackend(call.backend);
    const shapes = tensors.map(({ shape }) => shape);
    const axis = util.parseAxisParam((call.attrs as { axis: number }).axis, shapes[0]!)[0]!;
    backend_util.assertParamsConsistent(shapes, axis);
    const shape = backend_util.computeOutShape(shapes, axis);
    const result = running.output(shape, tensors[0]!.dtype);
    const rows = util.sizeFromShape(shape.slice(0, axis));
    const toStride = util.sizeFromShape(shape.slice(axis));
    let to = running.pointer(result);
    for (const tensor of tensors) {
      const columns = util.sizeFromShape(tensor.shape.slice(axis));
      copyRows(running, { from: running.pointer(tensor), to, fromStride: columns, toStride, rows, columns });
      to += columns * 4;
    }
    return result;
  },
};

/** A box of a tensor. */
export const slice: KernelConfig = {
  ...shippedSlice,
  kernelFunc: (call) => {
    const { x } = call.inputs as { x: TensorInfo };
    if (!isWords(x)) return shippedSlice.kernelFunc(call);
    const { begin, size } = call.attrs as unknown as { begin: number | number[]; size: number | number[] };
    // It reads the shape alone, though its type asks for a tensor.
    const [from, sides] = slice_util.parseSliceParams(x as never, begin, size);
    slice_util.assertParamsValid(x as never, from!, sides!);
    return cut(new RunningBackend(call.backend), x, from!, sides!);
  },
};

/** A tensor in pieces along an axis. */
export const split: KernelConfig = {
  ...shippedSplit,
  kernelFunc: (call) => {
    const { x } = call.inputs as { x: TensorInfo };
    if (!isWords(x)) return shippedSplit.kernelFunc(call);
    const attributes = call.attrs as unknown as { numOrSizeSplits: number | number[]; axis: number };
    const axis = util.parseAxisParam(attributes.axis, x.shape)[0]!;
    // As above: the shape alone.
    const sides = backend_util.prepareSplitSize(x as never, attributes.numOrSizeSplits, axis);
    const running = new RunningBackend(call.backend);
    let begin = 0;
    return sides.map((side) => {
      const piece = cut(
        running,
        x,
        x.shape.map((_, i) => i === axis ? begin : 0),
        x.shape.map((whole, i) => i === axis ? side : whole),
      );
      begin += side;
      return piece;
    });
  },
};

/** Whether the values of a tensor are 32-bit words. */
function isWords({ dtype }: TensorInfo): boolean {
  return dtype === "float32" || dtype === "int32";
}

/** The box of `size` at `begin`: rows along its last cut axis, as many at once as have one distance. */
function cut(
  running: RunningBackend,
  x: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): TensorInfo {
  const result = running.output(size, x.dtype);
  if (size.includes(0)) return result;
  const { shape } = x;
  const isWhole = (axis: number) => size[axis] === shape[axis];
  const strides = shape.map((_, axis) => util.sizeFromShape(shape.slice(axis + 1)));
  let axis = Math.max(shape.length - 1, 0);
  while (axis > 0 && isWhole(axis)) axis--;
  // The rows run over the axis before, and over those before it as long as they are whole.
  let first = Math.max(axis - 1, 0);
  while (first > 0 && isWhole(first)) first--;
  const rows = util.sizeFromShape(size.slice(first, axis));
  const columns = util.sizeFromShape(size.slice(axis));
  const fromStride = axis === 0 ? columns : strides[axis - 1]!;
  const blocks = util.sizeFromShape(size.slice(0, first));
  let to = running.pointer(result);
  for (let block = 0; block < blocks; block++) {
    let offset = begin.reduce((sum, at, i) => sum + at * strides[i]!, 0);
    let rest = block;
    for (let i = first - 1; i >= 0; i--) {
      offset += (rest % size[i]!) * strides[i]!;
      rest = Math.floor(rest / size[i]!);
    }
    const from = running.pointer(x) + offset * 4;
    copyRows(running, { from, to, fromStride, toStride: columns, rows, columns });
    to += rows * columns * 4;
  }
  return result;
}

function copyRows(
  running: RunningBackend,
  copy: { from: number; to: number; fromStride: number; toStride: number; rows: number; columns: number },
): void {
  if (copy.rows * copy.columns === 0) return;
  const itemRows = Math.max(1, Math.floor(itemFloats / copy.columns));
  running.pool.run("copyRows", { ...copy, itemRows }, Math.ceil(copy.rows / itemRows));
}
