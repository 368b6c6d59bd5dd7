// The inner loops of every float32 product: a tile of 6 x 8 results in 12 registers. A product and a sum are rounded
// apart: the fused `relaxed_madd` is a quarter faster, but its bits would depend on the processor.

/**
 * The tile of 6 rows that lie anywhere: row i is `segments` runs of `length` floats from the address in
 * rows[i]. `panel` holds 8 columns, one step of the sum after the other.
 *
 * The sums start from the 8 floats at `start`, the same for each row, or from `c` when start is 0; no result is less
 * than `floor`. Distances are in bytes.
 */
export function rowTile(
  rows: usize,
  segments: i32,
  length: i32,
  stride: i32,
  panel: usize,
  start: usize,
  floor: f32,
  c: usize,
  ldc: i32,
): void {
  const step = start == 0 ? ldc : 0;
  if (start == 0) start = c;
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  start += step;
  let c10 = v128.load(start);
  let c11 = v128.load(start, 16);
  start += step;
  let c20 = v128.load(start);
  let c21 = v128.load(start, 16);
  start += step;
  let c30 = v128.load(start);
  let c31 = v128.load(start, 16);
  start += step;
  let c40 = v128.load(start);
  let c41 = v128.load(start, 16);
  start += step;
  let c50 = v128.load(start);
  let c51 = v128.load(start, 16);
  let a: v128, b0: v128, b1: v128;
  let shift: usize = 0;
  for (let segment = 0; segment < segments; segment++) {
    let r0 = load<usize>(rows, 0) + shift;
    let r1 = load<usize>(rows, 4) + shift;
    let r2 = load<usize>(rows, 8) + shift;
    let r3 = load<usize>(rows, 12) + shift;
    let r4 = load<usize>(rows, 16) + shift;
    let r5 = load<usize>(rows, 20) + shift;
    let k = length;
    for (; k >= 4; k -= 4) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      a = v128.load32_splat(r0, 0);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(r1, 0);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(r2, 0);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(r3, 0);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(r4, 0);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(r5, 0);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      b0 = v128.load(panel, 32);
      b1 = v128.load(panel, 48);
      a = v128.load32_splat(r0, 4);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(r1, 4);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(r2, 4);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(r3, 4);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(r4, 4);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(r5, 4);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      b0 = v128.load(panel, 64);
      b1 = v128.load(panel, 80);
      a = v128.load32_splat(r0, 8);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(r1, 8);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(r2, 8);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(r3, 8);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(r4, 8);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(r5, 8);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      b0 = v128.load(panel, 96);
      b1 = v128.load(panel, 112);
      a = v128.load32_splat(r0, 12);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(r1, 12);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(r2, 12);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(r3, 12);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(r4, 12);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(r5, 12);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
      r4 += 16;
      r5 += 16;
      panel += 128;
    }
    for (; k > 0; k--) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      a = v128.load32_splat(r0);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(r1);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(r2);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(r3);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(r4);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(r5);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
      r4 += 4;
      r5 += 4;
      panel += 32;
    }
    shift += stride;
  }
  const low = f32x4.splat(floor);
  v128.store(c, f32x4.max(c01, low), 16);
  v128.store(c, f32x4.max(c00, low));
  c += ldc;
  v128.store(c, f32x4.max(c11, low), 16);
  v128.store(c, f32x4.max(c10, low));
  c += ldc;
  v128.store(c, f32x4.max(c21, low), 16);
  v128.store(c, f32x4.max(c20, low));
  c += ldc;
  v128.store(c, f32x4.max(c31, low), 16);
  v128.store(c, f32x4.max(c30, low));
  c += ldc;
  v128.store(c, f32x4.max(c41, low), 16);
  v128.store(c, f32x4.max(c40, low));
  c += ldc;
  v128.store(c, f32x4.max(c51, low), 16);
  v128.store(c, f32x4.max(c50, low));
}
