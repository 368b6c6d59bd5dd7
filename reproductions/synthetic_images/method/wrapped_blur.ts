/** How many standard deviations a blur reaches. */
const reach = 3;

/**
 * A Gaussian blur of an image whose opposite borders meet.
 *
 * @param values `(side, side, 3)`.
 * @param sigma In pixels; at least 0, where nothing is blurred.
 */
export function wrappedBlur(values: Float32Array, side: number, sigma: number): Float32Array {
  const radius = Math.min(Math.ceil(reach * sigma), Math.floor((side - 1) / 2));
  if (radius === 0) return values.slice();
  const weights = Float64Array.from(
    { length: 2 * radius + 1 },
    (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (source: Float32Array, step: number, across: number): Float32Array => {
    const out = new Float32Array(source.length);
    for (let line = 0; line < side; line++) {
      for (let i = 0; i < side; i++) {
        let [red, green, blue] = [0, 0, 0];
        for (let k = -radius; k <= radius; k++) {
          const from = 3 * (line * across + ((i + k + side) % side) * step);
          const weight = weights[k + radius]!;
          red += weight * source[from]!;
          green += weight * source[from + 1]!;
          blue += weight * source[from + 2]!;
        }
        const to = 3 * (line * across + i * step);
        out[to] = red / total;
        out[to + 1] = green / total;
        out[to + 2] = blue / total;
      }
    }
    return out;
  };
  return along(along(values, 1, side), side, 1);
}

/**
 * An image moved round its borders: row r goes to row r + dy.
 *
 * @param values `(side, side, 3)`.
 */
export function rolled(values: Float32Array, side: number, dy: number, dx: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let y = 0; y < side; y++) {
    const to = (y + dy + side) % side;
    for (let x = 0; x < side; x++) {
      const at = 3 * (to * side + (x + dx + side) % side);
      const from = 3 * (y * side + x);
      out[at] = values[from]!;
      out[at + 1] = values[from + 1]!;
      out[at + 2] = values[from + 2]!;
    }
  }
  return out;
}
