// Small matrices whose elements are vectors of four lanes, one network in each; all sizes are multiples of 4.

/** Bytes of an element. */
export const ELEMENT: usize = 16;

@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index) * ELEMENT;
}

@inline
export function addProduct(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** y (rows, width) = x (rows, width) w (width, width). */
export function multiply(x: usize, w: usize, y: usize, rows: i32, width: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j += 4) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let k = 0; k < width; k++) {
        const factor = v128.load(at(x, i * width + k));
        const from = at(w, k * width + j);
        s0 = addProduct(s0, factor, v128.load(from));
        s1 = addProduct(s1, factor, v128.load(from, 16));
        s2 = addProduct(s2, factor, v128.load(from, 32));
        s3 = addProduct(s3, factor, v128.load(from, 48));
      }
      const to = at(y, i * width + j);
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
  }
}

/** x (rows, width) += y (rows, width) times the transpose of w (width, width). */
export function addTransposed(y: usize, w: usize, x: usize, rows: i32, width: i32): void {
  const row = (<usize>width) * ELEMENT;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k += 4) {
      const to = at(x, i * width + k);
      let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
      let from = at(w, k * width);
      for (let j = 0; j < width; j++) {
        const factor = v128.load(at(y, i * width + j));
        s0 = addProduct(s0, factor, v128.load(from));
        s1 = addProduct(s1, factor, v128.load(from + row));
        s2 = addProduct(s2, factor, v128.load(from + 2 * row));
        s3 = addProduct(s3, factor, v128.load(from + 3 * row));
        from += ELEMENT;
      }
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
  }
}

/** w (width, width) += the transpose of x (rows, width) times y (rows, width). */
export function addOuter(x: usize, y: usize, w: usize, rows: i32, width: i32): void {
  for (let k = 0; k < width; k++) {
    for (let j = 0; j < width; j += 4) {
      const to = at(w, k * width + j);
      let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
      for (let i = 0; i < rows; i++) {
        const factor = v128.load(at(x, i * width + k));
        const from = at(y, i * width + j);
        s0 = addProduct(s0, factor, v128.load(from));
        s1 = addProduct(s1, factor, v128.load(from, 16));
        s2 = addProduct(s2, factor, v128.load(from, 32));
        s3 = addProduct(s3, factor, v128.load(from, 48));
      }
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
  }
}

/** The inner product of two rows. */
@inline
export function dot(a: usize, b: usize, width: i32): v128 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let k = 0; k < width; k += 4) {
    const p = at(a, k), q = at(b, k);
    s0 = addProduct(s0, v128.load(p), v128.load(q));
    s1 = addProduct(s1, v128.load(p, 16), v128.load(q, 16));
    s2 = addProduct(s2, v128.load(p, 32), v128.load(q, 32));
    s3 = addProduct(s3, v128.load(p, 48), v128.load(q, 48));
  }
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

/** A row += factor times another. */
@inline
export function addScaled(to: usize, factor: v128, from: usize, width: i32): void {
  for (let k = 0; k < width; k += 4) {
    const p = at(to, k), q = at(from, k);
    v128.store(p, addProduct(v128.load(p), factor, v128.load(q)));
    v128.store(p, addProduct(v128.load(p, 16), factor, v128.load(q, 16)), 16);
    v128.store(p, addProduct(v128.load(p, 32), factor, v128.load(q, 32)), 32);
    v128.store(p, addProduct(v128.load(p, 48), factor, v128.load(q, 48)), 48);
  }
}
