// Copies of rows between places of other strides: what joins tensors and takes them apart.

import { copyFloats } from "./copy_floats";

/** Arguments; strides in floats. */
@unmanaged
class RowCopies {
  from: usize;
  to: usize;
  fromStride: i32;
  toStride: i32;
  rows: i32;
  columns: i32;
  itemRows: i32;
}

/** Item: `itemRows` rows. */
export function copyRows(item: i32, thread: i32, args: usize): void {
  const p = changetype<RowCopies>(args);
  const first = item * p.itemRows;
  const last = min(p.rows, first + p.itemRows);
  let from = p.from + (((<usize>first) * p.fromStride) << 2);
  let to = p.to + (((<usize>first) * p.toStride) << 2);
  for (let row = first; row < last; row++) {
    copyFloats(from, to, p.columns);
    from += p.fromStride << 2;
    to += p.toStride << 2;
  }
}
