// Sums down the rows of a matrix.

/** Arguments. */
@unmanaged
class Sum {
  x: usize;
  rows: i32;
  columns: i32;
  /** One row of sums for each part. */
  result: usize;
  partRows: i32;
}

/** Item: the sums of one part of the rows; the caller adds the parts by a second job. */
export function sumRows(item: i32, thread: i32, args: usize): void {
  const p = changetype<Sum>(args);
  const stride = p.columns << 2;
  const first = item * p.partRows;
  const last = min(p.rows, first + p.partRows);
  const result = p.result + (<usize>item) * stride;
  const from = p.x + (<usize>first) * stride;
  let c = 0;
  for (; c + 16 <= p.columns; c += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let at = from + (c << 2);
    for (let row = first; row < last; row++, at += stride) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    const to = result + (c << 2);
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; c < p.columns; c++) {
    let sum: f32 = 0;
    let at = from + (c << 2);
    for (let row = first; row < last; row++, at += stride) sum += load<f32>(at);
    store<f32>(result + (c << 2), sum);
  }
}
