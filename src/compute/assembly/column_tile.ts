// The inner loops of every float32 product: a tile of 6 x 8 results in 12 registers. A product and a sum are rounded
// apart: the fused `relaxed_madd` is a quarter faster, but its bits would depend on the processor.

/**
 * The tile of 6 columns: step k of the sum takes 6 neighbouring floats at rows + k * stride. Otherwise as
 * rowTile().
 */
export function columnTile(
  rows: usize,
  stride: i32,
  steps: i32,
  panel: usize,
  start: usize,
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
  let k = steps;
  for (; k >= 4; k -= 4) {
    b0 = v128.load(panel, 0);
    b1 = v128.load(panel, 16);
    a = v128.load32_splat(rows, 0);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(rows, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(rows, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(rows, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(rows, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(rows, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    rows += stride;
    b0 = v128.load(panel, 32);
    b1 = v128.load(panel, 48);
    a = v128.load32_splat(rows, 0);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(rows, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(rows, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(rows, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(rows, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(rows, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    rows += stride;
    b0 = v128.load(panel, 64);
    b1 = v128.load(panel, 80);
    a = v128.load32_splat(rows, 0);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(rows, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(rows, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(rows, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(rows, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(rows, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    rows += stride;
    b0 = v128.load(panel, 96);
    b1 = v128.load(panel, 112);
    a = v128.load32_splat(rows, 0);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(rows, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(rows, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(rows, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(rows, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(rows, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    rows += stride;
    panel += 128;
  }
  for (; k > 0; k--) {
    b0 = v128.load(panel, 0);
    b1 = v128.load(panel, 16);
    a = v128.load32_splat(rows, 0);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(rows, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(rows, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(rows, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(rows, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(rows, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    rows += stride;
    panel += 32;
  }
  v128.store(c, c01, 16);
  v128.store(c, c00);
  c += ldc;
  v128.store(c, c11, 16);
  v128.store(c, c10);
  c += ldc;
  v128.store(c, c21, 16);
  v128.store(c, c20);
  c += ldc;
  v128.store(c, c31, 16);
  v128.store(c, c30);
  c += ldc;
  v128.store(c, c41, 16);
  v128.store(c, c40);
  c += ldc;
  v128.store(c, c51, 16);
  v128.store(c, c50);
}
