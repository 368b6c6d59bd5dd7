import { type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";

/** Inputs with their classes. */
export interface DataSet {
  /** Shape of one input. */
  readonly shape: readonly number[];
  /** The inputs, one after the other. */
  readonly inputs: Float32Array;
  /** The class of each input. */
  readonly labels: Uint8Array | Int32Array;
}

/** Some inputs with their classes, as tensors. */
export interface LabelledBatch {
  /** The inputs (rows, ...shape). */
  readonly x: Tensor;
  /** Their int32 classes (rows). */
  readonly labels: Tensor;
}

/**
 * The chosen rows of a data set as tensors.
 *
 * @param data The data set.
 * @param rows Which inputs, in which order.
 * @throws {RangeError} Where inputs and labels do not belong together or a row does not exist.
 */
export function batchOf(data: DataSet, rows: ArrayLike<number>): LabelledBatch {
  const size = data.shape.reduce((product, side) => product * side, 1);
  if (data.inputs.length !== data.labels.length * size) {
    throw new RangeError(
      `Cannot use ${data.inputs.length} values as ${data.labels.length} inputs of shape (${data.shape})`,
    );
  }
  const values = new Float32Array(rows.length * size);
  const labels = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(row >= 0 && row < data.labels.length)) {
      throw new RangeError(`Cannot take row ${row}: the data set has ${data.labels.length}`);
    }
    values.set(data.inputs.subarray(row * size, (row + 1) * size), i * size);
    labels[i] = data.labels[row]!;
  }
  return { x: tensor(values, [rows.length, ...data.shape]), labels: tensor1d(labels, "int32") };
}
