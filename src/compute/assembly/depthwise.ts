// Depthwise convolution over (images, height, width, channels): every channel has a filter of its own. Strides and
// distances of taps are free; a line of the result is an item, or a tap of an image for the gradient of the filter.

import { scratchOf } from "./scratch";

/** Arguments of the three jobs. */
@unmanaged
class Depthwise {
  x: usize;
  /** (windowHeight, windowWidth, channels). */
  filter: usize;
  y: usize;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  windowHeight: i32;
  windowWidth: i32;
  strideY: i32;
  strideX: i32;
  /** Distance of neighbouring taps. */
  dilationY: i32;
  dilationX: i32;
  top: i32;
  left: i32;
}

/** y from x and the filter. Item: a line of y. */
export function depthwise(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Depthwise>(args);
  const taps = scratchOf(base, thread);
  const pixel = p.channels << 2;
  const image = item / p.outHeight;
  const from = p.x + (<usize>image) * p.height * p.width * pixel;
  const top = (item - image * p.outHeight) * p.strideY - p.top;
  let to = p.y + (<usize>item) * p.outWidth * pixel;
  for (let x = 0; x < p.outWidth; x++, to += pixel) {
    let end = taps;
    for (let wy = 0; wy < p.windowHeight; wy++) {
      const y = top + wy * p.dilationY;
      if (y < 0 || y >= p.height) continue;
      for (let wx = 0; wx < p.windowWidth; wx++) {
        const at = x * p.strideX - p.left + wx * p.dilationX;
        if (at < 0 || at >= p.width) continue;
        store<usize>(end, from + (y * p.width + at) * pixel);
        store<usize>(end, p.filter + (wy * p.windowWidth + wx) * pixel, 4);
        end += 8;
      }
    }
    sumTaps(taps, end, to, p.channels);
  }
}

/** Gradient of x (at `x`) from that of y and the filter. Item: a line of x. */
export function depthwiseInputGradient(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Depthwise>(args);
  const taps = scratchOf(base, thread);
  const pixel = p.channels << 2;
  const image = item / p.height;
  const from = p.y + (<usize>image) * p.outHeight * p.outWidth * pixel;
  const line = item - image * p.height + p.top;
  let to = p.x + (<usize>item) * p.width * pixel;
  for (let x = 0; x < p.width; x++, to += pixel) {
    let end = taps;
    for (let wy = 0; wy < p.windowHeight; wy++) {
      const top = line - wy * p.dilationY;
      const y = top / p.strideY;
      if (top < 0 || y >= p.outHeight || y * p.strideY != top) continue;
      for (let wx = 0; wx < p.windowWidth; wx++) {
        const left = x + p.left - wx * p.dilationX;
        const at = left / p.strideX;
        if (left < 0 || at >= p.outWidth || at * p.strideX != left) continue;
        store<usize>(end, from + (y * p.outWidth + at) * pixel);
        store<usize>(end, p.filter + (wy * p.windowWidth + wx) * pixel, 4);
        end += 8;
      }
    }
    sumTaps(taps, end, to, p.channels);
  }
}

/** to[c] = sum over the taps of a[c] b[c]; a tap is the two addresses. */
@inline
function sumTaps(taps: usize, end: usize, to: usize, channels: i32): void {
  let c: usize = 0;
  const bytes: usize = channels << 2;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let tap = taps; tap < end; tap += 8) {
      const a = load<usize>(tap) + c;
      const b = load<usize>(tap, 4) + c;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
    }
    v128.store(to + c, s0);
    v128.store(to + c, s1, 16);
    v128.store(to + c, s2, 32);
    v128.store(to + c, s3, 48);
  }
  for (; c + 16 <= bytes; c += 16) {
    let sum = f32x4.splat(0);
    for (let tap = taps; tap < end; tap += 8) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(load<usize>(tap) + c), v128.load(load<usize>(tap, 4) + c)));
    }
    v128.store(to + c, sum);
  }
  for (; c < bytes; c += 4) {
    let sum: f32 = 0;
    for (let tap = taps; tap < end; tap += 8) {
      sum += load<f32>(load<usize>(tap) + c) * load<f32>(load<usize>(tap, 4) + c);
    }
    store<f32>(to + c, sum);
  }
}

/**
 * Gradient of the filter (at `filter`) from x and that of y, one for each image, (images, windowHeight, windowWidth,
 * channels); the caller adds them. Item: a tap of an image. The lines are summed apart and then together, so that no
 * sum is longer than a side.
 */
export function depthwiseFilterGradient(item: i32, thread: i32, args: usize): void {
  const p = changetype<Depthwise>(args);
  const pixel = p.channels << 2;
  const count = p.windowHeight * p.windowWidth;
  const image = item / count;
  const tap = item - image * count;
  const wy = tap / p.windowWidth;
  // The tap sees pixel x * stride + shift, which exists for x0 <= x < x1.
  const shiftY = wy * p.dilationY - p.top;
  const shiftX = (tap - wy * p.windowWidth) * p.dilationX - p.left;
  const y0 = firstInside(shiftY, p.strideY);
  const x0 = firstInside(shiftX, p.strideX);
  const y1 = min(p.outHeight, firstInside(shiftY - p.height, p.strideY));
  const x1 = min(p.outWidth, firstInside(shiftX - p.width, p.strideX));
  const from = p.x + (<usize>image) * p.height * p.width * pixel;
  const dy = p.y + (<usize>image) * p.outHeight * p.outWidth * pixel;
  const step = p.strideX * pixel;
  const to = p.filter + (<usize>item) * pixel;
  let c = 0;
  for (; c + 8 <= p.channels; c += 8) {
    let t0 = f32x4.splat(0), t1 = t0;
    for (let y = y0; y < y1; y++) {
      let a = from + ((y * p.strideY + shiftY) * p.width + x0 * p.strideX + shiftX) * pixel + (c << 2);
      let b = dy + (y * p.outWidth + x0) * pixel + (c << 2);
      let s0 = f32x4.splat(0), s1 = s0;
      for (let x = x0; x < x1; x++, a += step, b += pixel) {
        s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
      }
      t0 = f32x4.add(t0, s0);
      t1 = f32x4.add(t1, s1);
    }
    v128.store(to + (c << 2), t0);
    v128.store(to + (c << 2), t1, 16);
  }
  for (; c < p.channels; c++) {
    let total: f32 = 0;
    for (let y = y0; y < y1; y++) {
      let a = from + ((y * p.strideY + shiftY) * p.width + x0 * p.strideX + shiftX) * pixel + (c << 2);
      let b = dy + (y * p.outWidth + x0) * pixel + (c << 2);
      let sum: f32 = 0;
      for (let x = x0; x < x1; x++, a += step, b += pixel) sum += load<f32>(a) * load<f32>(b);
      total += sum;
    }
    store<f32>(to + (c << 2), total);
  }
}

/** The smallest n >= 0 with n * stride + shift >= 0. */
@inline
function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
}

/** Arguments: (rows, channels) and (rows, channels, repeats). */
@unmanaged
class Repeats {
  from: usize;
  to: usize;
  count: i32;
  repeats: i32;
  itemCount: i32;
}

/** Writes every value `repeats` times. Item: `itemCount` values. */
export function repeatValues(item: i32, thread: i32, args: usize): void {
  const p = changetype<Repeats>(args);
  const last = min(p.count, (item + 1) * p.itemCount);
  const first = item * p.itemCount;
  let to = p.to + (((<usize>first) * p.repeats) << 2);
  for (let i = first; i < last; i++) {
    const value = load<f32>(p.from + ((<usize>i) << 2));
    for (let k = 0; k < p.repeats; k++, to += 4) store<f32>(to, value);
  }
}

/** The transpose: sums of `repeats` neighbouring values. Item: `itemCount` sums. */
export function sumRepeats(item: i32, thread: i32, args: usize): void {
  const p = changetype<Repeats>(args);
  const last = min(p.count, (item + 1) * p.itemCount);
  const first = item * p.itemCount;
  let from = p.from + (((<usize>first) * p.repeats) << 2);
  for (let i = first; i < last; i++) {
    let sum: f32 = 0;
    for (let k = 0; k < p.repeats; k++, from += 4) sum += load<f32>(from);
    store<f32>(p.to + ((<usize>i) << 2), sum);
  }
}
