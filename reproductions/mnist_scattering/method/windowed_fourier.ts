import { Fft } from "../../../src/numeric/fourier/fft.ts";

/** Side of the window. */
const side = 8;
/** Distance of neighbouring windows: half overlapping. */
const hop = 4;
/** Columns of the half plane of frequencies. */
const halfPlane = side / 2 + 1;

/** The periodic Hann window, sin^2(pi t / 8): its copies at distance 4 add up to 1. */
const hann = Float64Array.from({ length: side }, (_, t) => Math.sin(Math.PI * t / side) ** 2);

/** What the windowed Fourier modulus of an image consists of. */
export interface WindowedFourierShape {
  /** Frequencies k, l of a window: k = 0..7 by l = 0..4, the half plane that a real transform gives. */
  readonly frequencies: number;
  /** Windows along the height and the width. */
  readonly positions: readonly [vertical: number, horizontal: number];
}

/**
 * The shape of the windowed Fourier modulus of an image.
 *
 * @throws {RangeError} Where the image is smaller than the window, or windows do not end at its border.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(windowedFourierShape(32, 32), { frequencies: 40, positions: [7, 7] });
 * ```
 */
export function windowedFourierShape(height: number, width: number): WindowedFourierShape {
  for (const length of [height, width]) {
    if (Number.isSafeInteger(length) && length >= side && length % hop === 0) continue;
    throw new RangeError(
      `Cannot cut an image into windows: its sides must be multiples of ${hop}, at least ${side}: current size is ` +
        `${height} x ${width}; pad it`,
    );
  }
  return { frequencies: side * halfPlane, positions: [(height - side) / hop + 1, (width - side) / hop + 1] };
}

/**
 * The modulus of the windowed Fourier transform (Bruna and Mallat 2013, section 4.2, which gives the side of the
 * window alone):
 *
 *     |sum over u, v in 0..7 of h(u) h(v) x(4 a + u, 4 b + v) exp(-2 pi i (u k + v l) / 8)|
 *
 * with the periodic Hann window h, at all positions (a, b) whose window lies in the image, for k = 0..7 and l = 0..4.
 *
 * @param images `(n, height, width)`.
 * @param height Rows of an image.
 * @param width Columns of an image.
 * @returns `(n, k, l, a, b)`, see `windowedFourierShape()`.
 * @throws {RangeError} Where the size does not suit the windows, or the values are no whole number of images.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The windows of a constant add up to 4 x 4 times it.
 * const modulus = windowedFourierModulus(new Float32Array(64).fill(3), 8, 8);
 * assertAlmostEquals(modulus[0]!, 16 * 3, 1e-5);
 * ```
 */
export function windowedFourierModulus(images: Float32Array, height: number, width: number): Float32Array {
  const { frequencies, positions: [vertical, horizontal] } = windowedFourierShape(height, width);
  if (images.length % (height * width) !== 0) {
    throw new RangeError(
      `Cannot cut images into windows: ${images.length} values are no whole number of images of ${height} x ${width}`,
    );
  }
  const count = images.length / (height * width);
  const windows = vertical * horizontal;
  const result = new Float32Array(count * frequencies * windows);
  // All windows of an image side by side, (u, v, windows): one plan transforms along u, another along v.
  const re = new Float64Array(side * side * windows);
  const im = new Float64Array(side * side * windows);
  const alongU = new Fft(side, side * windows);
  const alongV = new Fft(side, windows);
  for (let image = 0; image < count; image++) {
    const pixels = images.subarray(image * height * width, (image + 1) * height * width);
    cut(pixels, width, vertical, horizontal, re);
    im.fill(0);
    alongU.forward(re, im);
    for (let k = 0; k < side; k++) alongV.forward(re, im, k * side * windows);
    let to = image * frequencies * windows;
    for (let k = 0; k < side; k++) {
      const from = k * side * windows;
      for (let i = from; i < from + halfPlane * windows; i++) {
        result[to++] = Math.sqrt(re[i]! * re[i]! + im[i]! * im[i]!);
      }
    }
  }
  return result;
}

/** Copies each window of an image, weighted, to `(u, v, windows)`. */
function cut(
  pixels: Float32Array,
  width: number,
  vertical: number,
  horizontal: number,
  to: Float64Array,
): void {
  let at = 0;
  for (let u = 0; u < side; u++) {
    for (let v = 0; v < side; v++) {
      const weight = hann[u]! * hann[v]!;
      for (let a = 0; a < vertical; a++) {
        for (let b = 0; b < horizontal; b++) {
          to[at++] = weight * pixels[(hop * a + u) * width + hop * b + v]!;
        }
      }
    }
  }
}
