import { negligible } from "./negligible.ts";
import type { Precision, RealArray } from "./tables.ts";

/** A filter as sheet.ts of the kernel reads it: of each row two parts outside of which it vanishes. */
export interface SheetFilter {
  /** Of each row first column and length of the first part, those of the second one, and where the values of both begin. */
  readonly rows: Uint32Array;
  /** The values of all parts. */
  readonly values: RealArray;
}

/** The words of a row. */
const ROW_WORDS = 5;

/**
 * Takes from a filter what a transform needs: values below 1/64 of the rounding error of the largest are left out as `writeFilter` leaves
 * them out. Of each row the longest gap is, so that a band that goes on from the last column to the first one has two parts.
 *
 * @param filter Real, in the Fourier domain, row-major.
 * @param columns Its columns.
 * @param factor What it is multiplied by.
 * @param precision The format of the values.
 * @param place Where the values may stand; new memory where it is not given.
 * @returns What is kept.
 */
export function sheetFilter(
  filter: Float64Array,
  columns: number,
  factor: number,
  precision: Precision,
  place?: RealArray,
): SheetFilter {
  const smallest = negligible(filter, precision);
  const height = filter.length / columns;
  const rows = new Uint32Array(height * ROW_WORDS);
  let length = 0;
  for (let row = 0; row < height; row++) {
    const parts = partsOfRow(filter.subarray(row * columns, (row + 1) * columns), smallest);
    rows.set([...parts, length], row * ROW_WORDS);
    length += parts[1] + parts[3];
  }
  const values = place?.subarray(0, length) ??
    (precision === "float32" ? new Float32Array(length) : new Float64Array(length));
  for (let row = 0; row < height; row++) {
    const [first0, count0, first1, count1, at] = rows.subarray(row * ROW_WORDS, (row + 1) * ROW_WORDS);
    const write = (to: number, column: number, count: number) => {
      for (let i = 0; i < count; i++) {
        const value = filter[row * columns + column + i]!;
        values[to + i] = Math.abs(value) <= smallest ? 0 : value * factor;
      }
    };
    write(at!, first0!, count0!);
    write(at! + count0!, first1!, count1!);
  }
  return { rows, values };
}

/** First columns and lengths of what lies before the longest gap between two values, and behind it. */
function partsOfRow(
  row: Float64Array,
  smallest: number,
): readonly [first0: number, count0: number, first1: number, count1: number] {
  let first = -1;
  let last = -1;
  let gap = 1;
  let [gapStart, gapEnd] = [0, 0];
  for (let l = 0; l < row.length; l++) {
    if (Math.abs(row[l]!) <= smallest) continue;
    if (first < 0) first = l;
    else if (l - last > gap) [gap, gapStart, gapEnd] = [l - last, last, l];
    last = l;
  }
  if (first < 0) return [0, 0, 0, 0];
  if (gap === 1) return [first, last - first + 1, 0, 0];
  return [first, gapStart - first + 1, gapEnd, last - gapEnd + 1];
}
