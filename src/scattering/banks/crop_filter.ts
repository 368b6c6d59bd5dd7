/**
 * A filter on the grid that keeps every 2^resolution-th sample: its values at the frequencies from minus the
 * new Nyquist frequency (included) to plus it (left out).
 *
 * kymatio sets the band from P 2^(-resolution - 1) to P (1 - 2^(-resolution - 1)) of each axis to zero and then
 * folds the spectrum; nothing but zeros is folded on what is kept, so that is the same.
 *
 * @param filter Of shape (height, width), in the Fourier domain.
 * @param height Rows.
 * @param width Columns.
 * @param resolution The logarithm to base 2 of the sub-sampling.
 * @returns The filter, of shape (height / 2^resolution, width / 2^resolution).
 * @throws {RangeError} Where the resolution is not 0 and a side is no multiple of 2^(resolution + 1).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const row = [0, 1, 2, 3, 4, -3, -2, -1];
 * const filter = Float64Array.from([...row, ...row, ...row, ...row]);
 * assertEquals([...cropFilter(filter, 4, 8, 1)], [0, 1, -2, -1, 0, 1, -2, -1]);
 * ```
 */
export function cropFilter(
  filter: Float64Array,
  height: number,
  width: number,
  resolution: number,
): Float64Array {
  const rows = keptIndices(height, resolution);
  const columns = keptIndices(width, resolution);
  return Float64Array.from(
    { length: rows.length * columns.length },
    (_, i) => filter[rows[Math.floor(i / columns.length)]! * width + columns[i % columns.length]!]!,
  );
}

/** The indices, in the order of the coarse grid, of the frequencies that it has. */
function keptIndices(side: number, resolution: number): number[] {
  if (resolution !== 0 && side % 2 ** (resolution + 1) !== 0) {
    throw new RangeError(
      `Cannot crop a filter to resolution ${resolution} as the sides must be multiples of ` +
        `${2 ** (resolution + 1)}: current side is ${side}`,
    );
  }
  const kept = side / 2 ** resolution;
  return Array.from({ length: kept }, (_, k) => 2 * k < kept || resolution === 0 ? k : k + side - kept);
}
