import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";

/** Filters over maps, as the slide's W: for each map that is given, a kernel for each map that is seen. */
export interface Filters {
  /** `(maps, channels, kernel, kernel)`. */
  readonly values: Float64Array;
  /** Maps that are given. */
  readonly maps: number;
  /** Maps that are seen. */
  readonly channels: number;
  /** Rows and columns of a kernel. */
  readonly kernel: number;
}

/** A matrix in rows. */
export interface Matrix {
  /** `(rows, columns)`. */
  readonly values: Float64Array;
  /** Of the output. */
  readonly rows: number;
  /** Of the input. */
  readonly columns: number;
}

/**
 * The convolution of an image as a matrix: banded blocks, one for each pair of maps, the same kernel along every diagonal
 * (Papyan, Romano & Elad 2017).
 *
 * @param filters The kernels.
 * @param side Rows and columns of the image.
 * @param border `"valid"` takes places where the kernel fits; `"zero"` all places, with zeros behind the last row and column; `"circular"` lets it
 * wrap around there.
 * @returns `(maps x places, channels x side^2)`.
 */
export function bandedMatrix(
  { values, maps, channels, kernel }: Filters,
  side: number,
  border: "valid" | "zero" | "circular",
): Matrix {
  const places = border === "valid" ? side - kernel + 1 : side;
  const rows = maps * places ** 2;
  const columns = channels * side ** 2;
  const matrix = new Float64Array(rows * columns);
  for (let map = 0; map < maps; map++) {
    for (let y = 0; y < places; y++) {
      for (let x = 0; x < places; x++) {
        const row = (map * places + y) * places + x;
        for (let channel = 0; channel < channels; channel++) {
          for (let v = 0; v < kernel; v++) {
            for (let u = 0; u < kernel; u++) {
              const [atY, atX] = border === "circular" ? [(y + v) % side, (x + u) % side] : [y + v, x + u];
              if (atY >= side || atX >= side) continue;
              matrix[row * columns + (channel * side + atY) * side + atX] =
                values[((map * channels + channel) * kernel + v) * kernel + u]!;
            }
          }
        }
      }
    }
  }
  return { values: matrix, rows, columns };
}

/** A matrix times a vector. */
export function multiply({ values, rows, columns }: Matrix, x: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += values[row * columns + column]! * x[column]!;
    return sum;
  });
}

/**
 * The same convolution by the Fourier transform: y^ = sum over channels of conj(w^) x^, where the kernel fits, so that nothing has wrapped
 * around.
 *
 * @param image `(channels, side, side)`.
 * @returns `(maps, places, places)`.
 */
export function convolveByFourier(
  { values, maps, channels, kernel }: Filters,
  image: Float64Array,
  side: number,
): Float64Array {
  const fft = new Fft2(side, side);
  const size = side ** 2;
  const transform = (real: Float64Array) => {
    const re = real.slice();
    const im = new Float64Array(size);
    fft.forward(re, im);
    return { re, im };
  };
  const images = Array.from(
    { length: channels },
    (_, c) => transform(image.subarray(c * size, (c + 1) * size)),
  );
  const places = side - kernel + 1;
  const result = new Float64Array(maps * places ** 2);
  for (let map = 0; map < maps; map++) {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    for (let c = 0; c < channels; c++) {
      const padded = new Float64Array(size);
      for (let v = 0; v < kernel; v++) {
        for (let u = 0; u < kernel; u++) {
          padded[v * side + u] = values[((map * channels + c) * kernel + v) * kernel + u]!;
        }
      }
      const w = transform(padded);
      const x = images[c]!;
      for (let i = 0; i < size; i++) {
        re[i]! += w.re[i]! * x.re[i]! + w.im[i]! * x.im[i]!;
        im[i]! += w.re[i]! * x.im[i]! - w.im[i]! * x.re[i]!;
      }
    }
    fft.inverse(re, im);
    for (let y = 0; y < places; y++) {
      result.set(re.subarray(y * side, y * side + places), (map * places + y) * places);
    }
  }
  return result;
}

/** ‖a - b‖ / ‖b‖. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let apart = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    apart += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(apart / norm);
}
