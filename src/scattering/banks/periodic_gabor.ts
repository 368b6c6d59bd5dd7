import { modulo } from "../../numeric/modulo.ts";

/** What defines a Gabor function; the unit of length is the sample. */
export interface GaborOptions {
  /** Rows of the grid. */
  readonly height: number;
  /** Columns of the grid. */
  readonly width: number;
  /** Standard deviation of the envelope along the direction of oscillation. */
  readonly sigma: number;
  /** The direction of oscillation, in radians from the first axis (rows) to the second. */
  readonly angle: number;
  /** The length of the frequency vector, in radians per sample. */
  readonly xi: number;
  /** The deviation along the oscillation over that across it. */
  readonly slant: number;
  /** How many periods are summed on either side of the grid; `Infinity` for all. */
  readonly copies: number;
}

/** Samples of a function that vanishes but in some columns. */
export interface ColumnSamples {
  /** The columns in which it does not, ascending. */
  readonly columns: readonly number[];
  /** Its real part there, of shape (height, columns). */
  readonly re: Float64Array;
  /** Its imaginary part. */
  readonly im: Float64Array;
}

/**
 * A Gabor function, sampled and made periodic:
 *
 *     sum_n exp(-v^T C v + i xi (v1 cos(angle) + v2 sin(angle))),   v = u + n (height, width)
 *
 * with C = R diag(1, slant^2) R^T / (2 sigma^2), R the rotation by `angle`, |n1|, |n2| <= copies. Copies of the
 * envelope are left out where they are below EPS^2, which no sum of them can bring to EPS.
 *
 * @param options The function and the grid.
 * @returns Its columns, u = 0 first; not normalised.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { re } = periodicGabor({ height: 32, width: 32, sigma: 2, angle: 0, xi: 0, slant: 1, copies: 2 });
 * assertAlmostEquals(re.reduce((sum, value) => sum + value), 2 * Math.PI * 2 ** 2, 1e-12);
 * ```
 */
export function periodicGabor(options: GaborOptions): ColumnSamples {
  const { height, width, sigma, angle, xi, slant, copies } = options;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const c11 = (cos ** 2 + (slant * sin) ** 2) / (2 * sigma ** 2);
  const c12 = (1 - slant ** 2) * sin * cos / (2 * sigma ** 2);
  const c22 = (sin ** 2 + (slant * cos) ** 2) / (2 * sigma ** 2);
  const cut = -Math.log(Number.EPSILON ** 2);

  // Only the ellipse v^T C v <= cut is visited. The wave is a product of one factor for each axis.
  const determinant = c11 * c22 - c12 ** 2;
  const rows = interval(0, Math.sqrt((cut * c22) / determinant), -copies * height, (copies + 1) * height - 1);
  const columns = interval(
    0,
    Math.sqrt((cut * c11) / determinant),
    -copies * width,
    (copies + 1) * width - 1,
  );
  const rowWave = wave(rows, xi * cos);
  const columnWave = wave(columns, xi * sin);
  const kept = keptColumns(columns, width);
  const places = new Int32Array(width);
  kept.forEach((column, at) => places[column] = at);
  const re = new Float64Array(height * kept.length);
  const im = new Float64Array(height * kept.length);
  for (let v1 = rows.first; v1 <= rows.last; v1++) {
    const reach = Math.sqrt(Math.max(0, (cut - (determinant / c22) * v1 ** 2) / c22));
    const { first, last } = interval(-(c12 / c22) * v1, reach, columns.first, columns.last);
    const rowRe = rowWave.re[v1 - rows.first]!;
    const rowIm = rowWave.im[v1 - rows.first]!;
    const row = modulo(v1, height) * kept.length;
    let column = modulo(first, width);
    for (let v2 = first; v2 <= last; v2++) {
      const envelope = Math.exp(-(c11 * v1 * v1 + 2 * c12 * v1 * v2 + c22 * v2 * v2));
      const columnRe = columnWave.re[v2 - columns.first]!;
      const columnIm = columnWave.im[v2 - columns.first]!;
      const at = row + places[column]!;
      re[at]! += envelope * (rowRe * columnRe - rowIm * columnIm);
      im[at]! += envelope * (rowRe * columnIm + rowIm * columnRe);
      column = column + 1 === width ? 0 : column + 1;
    }
  }
  return { columns: kept, re, im };
}

/** The columns, made periodic, of an interval. */
function keptColumns({ first, last }: Interval, width: number): number[] {
  if (last - first + 1 >= width) return Array.from({ length: width }, (_, column) => column);
  return Array.from({ length: last - first + 1 }, (_, i) => modulo(first + i, width)).sort((a, b) => a - b);
}

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** The integers within `reach` of `centre` and within [lowest, highest]. */
function interval(centre: number, reach: number, lowest: number, highest: number): Interval {
  return {
    first: Math.max(lowest, Math.ceil(centre - reach)),
    last: Math.min(highest, Math.floor(centre + reach)),
  };
}

/** exp(i frequency v) over an interval. */
function wave({ first, last }: Interval, frequency: number): { re: Float64Array; im: Float64Array } {
  const phases = Float64Array.from({ length: last - first + 1 }, (_, i) => frequency * (first + i));
  return { re: phases.map(Math.cos), im: phases.map(Math.sin) };
}
