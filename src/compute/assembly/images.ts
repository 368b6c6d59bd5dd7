// Images with a border: what lets the window of a filter be read in place.

import { loadPart, storePair, storePart } from "./parts";

/** Arguments: copies (images, height, width, channels) into a zeroed image with its pixels `step` apart. */
@unmanaged
class Padding {
  from: usize;
  to: usize;
  height: i32;
  width: i32;
  channels: i32;
  /** Size of the padded image, and where the first pixel comes to stand; it may lie outside. */
  paddedHeight: i32;
  paddedWidth: i32;
  top: i32;
  left: i32;
  stepY: i32;
  stepX: i32;
}

/** Item: one image. */
export function padImage(item: i32, thread: i32, args: usize): void {
  const p = changetype<Padding>(args);
  const pixel = p.channels << 2;
  const image: usize = (<usize>p.paddedHeight) * p.paddedWidth * pixel;
  const to = p.to + (<usize>item) * image;
  memory.fill(to, 0, image);
  for (let y = 0; y < p.height; y++) {
    const toY = p.top + y * p.stepY;
    if (toY < 0 || toY >= p.paddedHeight) continue;
    const from = p.from + (<usize>(item * p.height + y)) * p.width * pixel;
    const line = to + (<usize>toY) * p.paddedWidth * pixel;
    if (p.stepX == 1 && p.left >= 0 && p.left + p.width <= p.paddedWidth) {
      memory.copy(line + p.left * pixel, from, (<usize>p.width) * pixel);
      continue;
    }
    for (let x = 0; x < p.width; x++) {
      const toX = p.left + x * p.stepX;
      if (toX >= 0 && toX < p.paddedWidth) memory.copy(line + toX * pixel, from + x * pixel, pixel);
    }
  }
}

/** Arguments: adds windows (images, outHeight, outWidth, windowHeight, windowWidth, channels) into images. */
@unmanaged
class Folding {
  from: usize;
  to: usize;
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

/** Item: one image, the sum of its windows, each where it was taken; what hangs over the border is lost. */
export function foldWindows(item: i32, thread: i32, args: usize): void {
  const p = changetype<Folding>(args);
  const pixel = p.channels << 2;
  const line = p.windowWidth * pixel;
  const image = p.to + (<usize>item) * p.height * p.width * pixel;
  let from = p.from + (<usize>item) * p.outHeight * p.outWidth * p.windowHeight * line;
  memory.fill(image, 0, (<usize>p.height) * p.width * pixel);
  for (let y = 0; y < p.outHeight; y++) {
    for (let x = 0; x < p.outWidth; x++) {
      const left = x * p.strideX - p.left;
      const first = max(0, -left);
      const count = min(p.windowWidth, p.width - left) - first;
      for (let wy = 0; wy < p.windowHeight; wy++, from += line) {
        const toY = y * p.strideY - p.top + wy;
        if (toY < 0 || toY >= p.height || count <= 0) continue;
        addFloats(from + first * pixel, image + (toY * p.width + left + first) * pixel, count * p.channels);
      }
    }
  }
}

@inline
function addFloats(from: usize, to: usize, count: i32): void {
  let left = count;
  for (; left >= 8; left -= 8, from += 32, to += 32) {
    const first = f32x4.add(v128.load(to), v128.load(from));
    const second = f32x4.add(v128.load(to, 16), v128.load(from, 16));
    storePair(to, first, second);
  }
  for (; left > 0; left -= 4, from += 16, to += 16) {
    storePart(to, left, f32x4.add(loadPart(to, left), loadPart(from, left)));
  }
}
