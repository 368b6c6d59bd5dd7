import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { RunningBackend } from "../running_backend.ts";

/**
 * result[place[i]] += x[i] over rows of `row` values, in float64 and rounded once: any number of rows may have one place. Rows whose
 * place is outside of the result are left out.
 *
 * @param x float32 rows, as many as places.
 * @param places Rows of the result.
 * @param result A float32 tensor, which is overwritten.
 * @param row Values of a row.
 */
export function addRows(
  running: RunningBackend,
  x: TensorInfo,
  places: ArrayLike<number>,
  result: TensorInfo,
  row: number,
): void {
  const from = running.values(x) as Float32Array;
  const to = running.values(result) as Float32Array;
  const sums = new Float64Array(to.length);
  const rows = row === 0 ? 0 : to.length / row;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    if (place < 0 || place >= rows) continue;
    for (let k = 0; k < row; k++) sums[place * row + k]! += from[i * row + k]!;
  }
  to.set(sums);
}
