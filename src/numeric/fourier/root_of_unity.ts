/**
 * exp(-2 pi i k / n) to the last bit or two.
 *
 * The angle is folded into the first eighth of the circle with integers before any rounding, so that the
 * error of the argument does not grow with k, quarter turns are exact, and the symmetries of the roots hold
 * bit for bit.
 *
 * @param k An integer, 0 <= k < n.
 * @param n The order of the root, a positive integer.
 * @returns The real and the imaginary part.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rootOfUnity(1, 4), [0, -1]);
 * assertEquals(rootOfUnity(1, 6)[1], -rootOfUnity(5, 6)[1]);
 * ```
 */
export function rootOfUnity(k: number, n: number): [re: number, im: number] {
  if (2 * k > n) {
    const [re, im] = rootOfUnity(n - k, n);
    return [re, -im];
  }
  if (4 * k > n) { // (n/2 - k)/n = (2n - 4k)/(4n): a reflection at the imaginary axis
    const [re, im] = rootOfUnity(n - 2 * k, 2 * n);
    return [-re, im];
  }
  if (8 * k > n) { // (n/4 - k)/n = (n - 4k)/(4n): a reflection at the diagonal
    const [re, im] = rootOfUnity(n - 4 * k, 4 * n);
    return [0 - im, -re]; // not -im, which would turn 0 into -0
  }
  const angle = 2 * Math.PI * (k / n);
  return [Math.cos(angle), k === 0 ? 0 : -Math.sin(angle)];
}
