/**
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { type Epilogue, matrixRows, multiplyColumns, multiplyRows, type Packed } from "../product.ts";

/**
 * Products of matrices (..., M, K) and (..., K, N), either one transposed. The shipped kernel gives a wrong product
 * when `b` was seen before in another shape, and runs transposed and batched products at a few per cent of the
 * speed of a plain one.
 */
export const batchMatMul: KernelConfig = {
  kernelName: "BatchMatMul",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
    return multiply(new RunningBackend(backend), a, b, transposeA, transposeB);
  },
};

/**
 * The product itself, with an epilogue for the fused kernel.
 *
 * @throws {RangeError} Where the batches differ and neither is 1, or the inner sides differ.
 */
export function multiply(
  running: RunningBackend,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  epilogue: Epilogue = {},
): TensorInfo {
  requireFloat32("matMul", a, b);
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [rows, steps] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const batchA = util.sizeFromShape(a.shape.slice(0, -2));
  const batchB = util.sizeFromShape(b.shape.slice(0, -2));
  if (steps !== inner || (batchA !== batchB && batchA !== 1 && batchB !== 1)) {
    throw new RangeError(
      `Cannot multiply (${a.shape}) by (${b.shape}) with transposeA=${transposeA}, transposeB=${transposeB}: ` +
        "the inner sides must be equal, and the batches equal or 1",
    );
  }
  const outer = batchA === 1 && a.shape.length <= b.shape.length ? b : batchB === 1 ? a : b;
  const shape = [...outer.shape.slice(0, -2), rows, columns];
  if (util.sizeFromShape(shape) === 0) return running.output(shape);
  if (steps === 0 && epilogue.bias !== undefined) {
    throw new RangeError("Cannot fuse a bias with a product whose inner side is 0: add it apart");
  }
  if (steps === 0) return running.zeros(shape);

  const result = running.output(shape);
  const packed: Packed = {
    pointer: running.pointer(b),
    steps,
    columns,
    stepStride: transposeB ? 1 : bColumns,
    columnStride: transposeB ? bColumns : 1,
  };
  const from = running.pointer(a);
  const to = running.pointer(result);
  const batch = {
    count: Math.max(batchA, batchB),
    rows: batchA === 1 ? 0 : aRows * aColumns,
    packed: batchB === 1 ? 0 : bRows * bColumns,
  };
  if (transposeA) {
    multiplyColumns(running.pool, matrixRows(from, aRows, aColumns), packed, to, batch);
  } else if (batchB === 1) {
    // One matrix for the whole batch: its rows are those of one long product.
    multiplyRows(running.pool, matrixRows(from, batchA * rows, steps), packed, to, undefined, epilogue);
  } else {
    multiplyRows(running.pool, matrixRows(from, rows, steps), packed, to, batch, epilogue);
  }
  return result;
}
