// Pooling over (images, height, width, channels), four channels at a time, an image an item.

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
  const pixel = p.channels << 2;
  const image = p.x + (<usize>item) * p.height * p.width * pixel;
  let to = p.y + (<usize>item) * p.outHeight * p.outWidth * pixel;
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++) {
      clip(p, y, x, w);
      const scale: f32 = largest ? 1 : <f32>1 / <f32>((w.y1 - w.y0) * (w.x1 - w.x0));
      let c = 0;
      for (; c + 4 <= p.channels; c += 4) {
        let sum = f32x4.splat(largest ? -Infinity : 0);
        for (let wy = w.y0; wy < w.y1; wy++) {
          let from = image + ((wy * p.width + w.x0) * pixel + (c << 2));
          for (let wx = w.x0; wx < w.x1; wx++, from += pixel) {
            const value = v128.load(from);
            sum = largest ? f32x4.max(sum, value) : f32x4.add(sum, value);
          }
        }
        v128.store(to + (c << 2), largest ? sum : f32x4.mul(sum, f32x4.splat(scale)));
      }
      for (; c < p.channels; c++) {
        let sum: f32 = largest ? -Infinity : 0;
        for (let wy = w.y0; wy < w.y1; wy++) {
          let from = image + ((wy * p.width + w.x0) * pixel + (c << 2));
          for (let wx = w.x0; wx < w.x1; wx++, from += pixel) {
            const value = load<f32>(from);
            sum = largest ? max(sum, value) : sum + value;
          }
        }
        store<f32>(to + (c << 2), sum * scale);
      }
      to += pixel;
    }
  }
}

/**
 * Gradient of maxPool(): each window gives its dy to its first largest value, in reading order. Windows without an
 * equal value (a NaN) give nothing.
 */
export function maxPoolGradient(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Pooling>(args);
  const w = changetype<Window>(scratchOf(base, thread));
  const pixel = p.channels << 2;
  const image: usize = (<usize>item) * p.height * p.width * pixel;
  let out = (<usize>item) * p.outHeight * p.outWidth * pixel;
  memory.fill(p.dx + image, 0, (<usize>p.height) * p.width * pixel);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++) {
      clip(p, y, x, w);
      let c = 0;
      for (; c + 4 <= p.channels; c += 4) {
        const largest = v128.load(p.y + out + (c << 2));
        const dy = v128.load(p.dy + out + (c << 2));
        let open = i32x4.splat(-1);
        for (let wy = w.y0; wy < w.y1; wy++) {
          let at = image + ((wy * p.width + w.x0) * pixel + (c << 2));
          for (let wx = w.x0; wx < w.x1; wx++, at += pixel) {
            const hit = v128.and(open, f32x4.eq(v128.load(p.x + at), largest));
            v128.store(p.dx + at, f32x4.add(v128.load(p.dx + at), v128.and(hit, dy)));
            open = v128.andnot(open, hit);
          }
        }
      }
      for (; c < p.channels; c++) {
        const largest = load<f32>(p.y + out + (c << 2));
        const dy = load<f32>(p.dy + out + (c << 2));
        let open = true;
        for (let wy = w.y0; wy < w.y1 && open; wy++) {
          let at = image + ((wy * p.width + w.x0) * pixel + (c << 2));
          for (let wx = w.x0; wx < w.x1 && open; wx++, at += pixel) {
            if (load<f32>(p.x + at) != largest) continue;
            store<f32>(p.dx + at, load<f32>(p.dx + at) + dy);
            open = false;
          }
        }
      }
      out += pixel;
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
  let c = 0;
  for (; c + 4 <= count; c += 4) {
    const at = to + (c << 2);
    v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(from + (c << 2)), f32x4.splat(scale))));
  }
  for (; c < count; c++) {
    const at = to + (c << 2);
    store<f32>(at, load<f32>(at) + load<f32>(from + (c << 2)) * scale);
  }
}
