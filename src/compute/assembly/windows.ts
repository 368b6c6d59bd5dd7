// Windows of images as rows of a matrix, and rows of unit norm.

import { UNIT_ROWS } from "../kernel_constants";
import { copyFloats } from "./copy_floats";
import { loadPart, storePair, storePart } from "./parts";

/** Arguments: copies windows of images (images, height, width, channels), none beyond the border. */
@unmanaged
class Windows {
  from: usize;
  to: usize;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  size: i32;
  stride: i32;
}

/** Item: the windows of one image, (outHeight, outWidth, size, size, channels). */
export function takeWindows(item: i32, thread: i32, args: usize): void {
  const p = changetype<Windows>(args);
  const pixel = p.channels << 2;
  const line = p.size * p.channels;
  const image = p.from + (<usize>item) * p.height * p.width * pixel;
  let to = p.to + (<usize>item) * p.outHeight * p.outWidth * p.size * (line << 2);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++) {
      let from = image + (y * p.stride * p.width + x * p.stride) * pixel;
      for (let wy = 0; wy < p.size; wy++) {
        copyFloats(from, to, line);
        from += p.width * pixel;
        to += line << 2;
      }
    }
  }
}

/** Arguments: divides rows by their norms. */
@unmanaged
class UnitRows {
  x: usize;
  result: usize;
  /** One over each norm, and 0 for a row of zeros. */
  inverse: usize;
  rows: i32;
  columns: i32;
}

/** Item: 64 rows. */
export function unitRows(item: i32, thread: i32, args: usize): void {
  const p = changetype<UnitRows>(args);
  const last = min(p.rows, (item + 1) * UNIT_ROWS);
  for (let row = item * UNIT_ROWS; row < last; row++) {
    const from = p.x + (<usize>row) * (p.columns << 2);
    const to = p.result + (<usize>row) * (p.columns << 2);
    let sums = f32x4.splat(0);
    let i = 0;
    for (; i + 4 <= p.columns; i += 4) {
      const v = v128.load(from + (i << 2));
      sums = f32x4.add(sums, f32x4.mul(v, v));
    }
    let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
    sum += f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
    for (; i < p.columns; i++) {
      const v = load<f32>(from + (i << 2));
      sum += v * v;
    }
    // Not sum > 0: a value that is no number must not become 0.
    const inverse: f32 = sum == 0 ? 0 : 1 / sqrt<f32>(sum);
    store<f32>(p.inverse + ((<usize>row) << 2), inverse);
    const scale = f32x4.splat(inverse);
    for (i = 0; i + 8 <= p.columns; i += 8) {
      const first = f32x4.mul(v128.load(from + (i << 2)), scale);
      const second = f32x4.mul(v128.load(from + (i << 2), 16), scale);
      storePair(to + (i << 2), first, second);
    }
    for (; i < p.columns; i += 4) {
      storePart(to + (i << 2), p.columns - i, f32x4.mul(loadPart(from + (i << 2), p.columns - i), scale));
    }
  }
}
