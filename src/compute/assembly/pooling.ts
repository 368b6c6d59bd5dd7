// Pooling over (images, height, width, channels), eight channels at a time, an image an item.

import { loadPart, storePair, storePart } from "./parts";
import { scratchOf } from "./scratch";

/** Arguments of every pooling job. */
@unmanaged
class Pooling {
  x: usize;
  y: usize;
  dy: usize;
  dx: usize;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  windowHeight: i32;
  windowWidth: i32;
  strideY: i32;
  strideX: i32;
  top: i32;
  left: i32;
}

/** The part of a window that lies inside the image. */
@unmanaged
class Window {
  y0: i32;
  y1: i32;
  x0: i32;
  x1: i32;
}

@inline
function clip(p: Pooling, y: i32, x: i32, window: Window): void {
  window.y0 = max(0, y * p.strideY - p.top);
  window.y1 = min(p.height, y * p.strideY - p.top + p.windowHeight);
  window.x0 = max(0, x * p.strideX - p.left);
  window.x1 = min(p.width, x * p.strideX - p.left + p.windowWidth);
}

/** Largest value of each window. */
export function maxPool(item: i32, thread: i32, args: usize, base: usize): void {
  pool(args, item, scratchOf(base, thread), true);
}

/** Mean of each window over the pixels that exist. */
export function averagePool(item: i32, thread: i32, args: usize, base: usize): void {
  pool(args, item, scratchOf(base, thread), false);
}

@inline
function pool(args: usize, item: i32, scratch: usize, largest: bool): void {
  const p = changetype<Pooling>(args);
  const w = changetype<Window>(scratch);
  const channels = p.channels, pixel = channels << 2;
  const image = p.x + (<usize>item) * p.height * p.width * pixel;
  let to = p.y + (<usize>item) * p.outHeight * p.outWidth * pixel;
  const none = f32x4.splat(largest ? -Infinity : 0);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++, to += pixel) {
      clip(p, y, x, w);
      const scale = f32x4.splat(largest ? 1 : <f32>1 / <f32>((w.y1 - w.y0) * (w.x1 - w.x0)));
      const height = w.y1 - w.y0, width = w.x1 - w.x0;
      const corner = image + (w.y0 * p.width + w.x0) * pixel;
      const nextLine = (p.width - width) * pixel;
      let c = 0;
      for (; c + 8 <= channels; c += 8) {
        let from = corner + (c << 2);
        let first = none, second = none;
        for (let wy = 0; wy < height; wy++, from += nextLine) {
          for (let wx = 0; wx < width; wx++, from += pixel) {
            first = join(largest, first, v128.load(from));
            second = join(largest, second, v128.load(from, 16));
          }
        }
        if (!largest) {
          first = f32x4.mul(first, scale);
          second = f32x4.mul(second, scale);
        }
        storePair(to + (c << 2), first, second);
      }
      for (; c < channels; c += 4) {
        const left = channels - c;
        let from = corner + (c << 2);
        let value = none;
        for (let wy = 0; wy < height; wy++, from += nextLine) {
          for (let wx = 0; wx < width; wx++, from += pixel) value = join(largest, value, loadPart(from, left));
        }
        storePart(to + (c << 2), left, largest ? value : f32x4.mul(value, scale));
      }
    }
  }
}

@inline
function join(largest: bool, a: v128, b: v128): v128 {
  return largest ? f32x4.max(a, b) : f32x4.add(a, b);
}

/**
 * Gradient of maxPool(): each window gives its dy to its first largest value, in reading order. Windows without an
 * equal value (a NaN) give nothing.
 */
export function maxPoolGradient(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Pooling>(args);
  const w = changetype<Window>(scratchOf(base, thread));
  const channels = p.channels, pixel = channels << 2;
  const image: usize = (<usize>item) * p.height * p.width * pixel;
  const images = p.x + image, gradients = p.dx + image;
  let out = (<usize>item) * p.outHeight * p.outWidth * pixel;
  memory.fill(gradients, 0, (<usize>p.height) * p.width * pixel);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++, out += pixel) {
      clip(p, y, x, w);
      const height = w.y1 - w.y0, width = w.x1 - w.x0;
      const corner = (w.y0 * p.width + w.x0) * pixel;
      const nextLine = (p.width - width) * pixel;
      const largestAt = p.y + out, dyAt = p.dy + out;
      let c = 0;
      for (; c + 8 <= channels; c += 8) {
        const at = c << 2;
        const largest0 = v128.load(largestAt + at), largest1 = v128.load(largestAt + at, 16);
        const dy0 = v128.load(dyAt + at), dy1 = v128.load(dyAt + at, 16);
        let open0 = i32x4.splat(-1), open1 = i32x4.splat(-1);
        let from = images + corner + at, to = gradients + corner + at;
        for (let wy = 0; wy < height; wy++, from += nextLine, to += nextLine) {
          for (let wx = 0; wx < width; wx++, from += pixel, to += pixel) {
            const hit0 = v128.and(open0, f32x4.eq(v128.load(from), largest0));
            const hit1 = v128.and(open1, f32x4.eq(v128.load(from, 16), largest1));
            const sum0 = f32x4.add(v128.load(to), v128.and(hit0, dy0));
            const sum1 = f32x4.add(v128.load(to, 16), v128.and(hit1, dy1));
            storePair(to, sum0, sum1);
            open0 = v128.xor(open0, hit0);
            open1 = v128.xor(open1, hit1);
          }
        }
      }
      for (; c < channels; c += 4) {
        const at = c << 2, left = channels - c;
        const largest = loadPart(largestAt + at, left), dy = loadPart(dyAt + at, left);
        let open = i32x4.splat(-1);
        let from = images + corner + at, to = gradients + corner + at;
        for (let wy = 0; wy < height; wy++, from += nextLine, to += nextLine) {
          for (let wx = 0; wx < width; wx++, from += pixel, to += pixel) {
            const hit = v128.and(open, f32x4.eq(loadPart(from, left), largest));
            storePart(to, left, f32x4.add(loadPart(to, left), v128.and(hit, dy)));
            open = v128.xor(open, hit);
          }
        }
      }
    }
  }
}

/** Gradient of averagePool(). */
export function averagePoolGradient(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Pooling>(args);
  const w = changetype<Window>(scratchOf(base, thread));
  const pixel = p.channels << 2;
  const image = p.dx + (<usize>item) * p.height * p.width * pixel;
  let out = p.dy + (<usize>item) * p.outHeight * p.outWidth * pixel;
  memory.fill(image, 0, (<usize>p.height) * p.width * pixel);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++) {
      clip(p, y, x, w);
      const scale = <f32>1 / <f32>((w.y1 - w.y0) * (w.x1 - w.x0));
      for (let wy = w.y0; wy < w.y1; wy++) {
        for (let wx = w.x0; wx < w.x1; wx++) {
          addScaled(image + (wy * p.width + wx) * pixel, out, p.channels, scale);
        }
      }
      out += pixel;
    }
  }
}

@inline
function addScaled(to: usize, from: usize, count: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  let left = count;
  for (; left >= 8; left -= 8, from += 32, to += 32) {
    const first = f32x4.add(v128.load(to), f32x4.mul(v128.load(from), factor));
    const second = f32x4.add(v128.load(to, 16), f32x4.mul(v128.load(from, 16), factor));
    storePair(to, first, second);
  }
  for (; left > 0; left -= 4, from += 16, to += 16) {
    storePart(to, left, f32x4.add(loadPart(to, left), f32x4.mul(loadPart(from, left), factor)));
  }
}
