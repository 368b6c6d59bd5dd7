import { Fft2 } from "./fft2.ts";

/**
 * The periodic component of an image: what is left of it without the smooth image that carries its jumps across the borders (L. Moisan,
 * Periodic plus smooth image decomposition, J. Math. Imaging Vision 39, 2011). Its Fourier transform has no cross of borders, so that
 * a field with the same spectrum has no seam either.
 *
 * @param image Of shape (side, side).
 * @returns Of the same shape and mean.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const wave = Float64Array.from({ length: 64 }, (_, i) => Math.cos((2 * Math.PI * (i % 8)) / 8));
 * const ramp = Float64Array.from({ length: 64 }, (_, i) => i % 8);
 * assertAlmostEquals(periodicComponent(ramp)[7]! - periodicComponent(ramp)[0]!, 2, 1.5); // a jump of 7 before
 * assertAlmostEquals(periodicComponent(wave.map((value) => value + 3)).reduce((sum, value) => sum + value), 3 * 64, 1e-9);
 * ```
 */
export function periodicComponent(image: Float64Array): Float64Array {
  const side = Math.sqrt(image.length);
  const fft = new Fft2(side, side);
  // The jumps across the borders, at the pixels beside them.
  const jumps = new Float64Array(image.length);
  for (let at = 0; at < side; at++) {
    const vertical = image[(side - 1) * side + at]! - image[at]!;
    jumps[at]! += vertical;
    jumps[(side - 1) * side + at]! -= vertical;
    const horizontal = image[at * side + side - 1]! - image[at * side]!;
    jumps[at * side]! += horizontal;
    jumps[at * side + side - 1]! -= horizontal;
  }
  const im = new Float64Array(image.length);
  fft.forward(jumps, im);
  const omega = Float64Array.from(
    { length: side },
    (_, k) => (2 * Math.PI * (2 * k <= side ? k : k - side)) / side,
  );
  for (let i = 0; i < image.length; i++) {
    const laplacian = 2 * Math.cos(omega[Math.floor(i / side)]!) + 2 * Math.cos(omega[i % side]!) - 4;
    jumps[i] = i === 0 ? 0 : jumps[i]! / laplacian;
    im[i] = i === 0 ? 0 : im[i]! / laplacian;
  }
  fft.inverse(jumps, im);
  return image.map((value, i) => value - jumps[i]!);
}
