/**
 * A tight frame of curvelets of real, periodic images: wedges of rings in the frequency plane, each wrapped on the least rectangle that its
 * parallelogram fits into, so that it is sampled as coarsely as that allows (after Candes, Demanet, Donoho & Ying 2006, section 3.3, with
 * polar instead of Cartesian rings).
 *
 * The ring of index j has the Euclidean radii 2^j to 2^(j + 2) and the windows of Meyer; the last one reaches into the corners. A half
 * turn is divided into 8 wedges at the first two rings, and into twice as many at every second one from there. What lies within 2^3
 * belongs to one low-pass.
 *
 * @module
 */
import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";
import { modulo } from "../../../src/numeric/modulo.ts";

/** The index of the first ring. */
export const firstRing = 2;

/** The number of wedges of a half turn in the first two rings. */
const firstWedges = 8;

/** The index of the last ring of a side: it begins at a quarter of the side. */
export function lastRing(side: number): number {
  return Math.log2(side) - 2;
}

/** How many wedges a half turn has in a ring. */
export function wedgesOf(ring: number): number {
  return firstWedges * 2 ** Math.floor((ring - firstRing) / 2);
}

/** One wedge of one ring, or the low-pass. */
export interface Wedge {
  /** The index of its ring; `null` of the low-pass. */
  readonly ring: number | null;
  /** Its number in the half turn. */
  readonly number: number;
  /** Rows of its coefficients. */
  readonly height: number;
  /** Columns of its coefficients. */
  readonly width: number;
  /** Real coefficients: two for each sample of a wedge, one of the low-pass. */
  readonly count: number;
}

/** A frequency of a wedge: where it stands in the doubled spectrum and in the rectangle, and what the window is there. */
interface WedgeFrequencies {
  readonly spectrum: Int32Array;
  readonly rectangle: Int32Array;
  readonly window: Float64Array;
}

/**
 * The frame of one side. It owns work space, so it must not be shared between threads.
 *
 * Frequencies run from -side / 2 to side / 2 with both ends: what stands at the Nyquist frequency is split, 2^(-1/2) of it at either end, so that
 * every frequency has its opposite, and the wedges of a half turn hold half of the energy of every image.
 */
export class CurveletFrame {
  /** Pixels of a side. */
  readonly side: number;
  /** The low-pass, then ring by ring the wedges of a half turn. */
  readonly wedges: readonly Wedge[];
  readonly #extent: number;
  readonly #image: Fft2;
  readonly #plans = new Map<string, Fft2>();
  /** The frequencies of the wedges of every ring, and of the low-pass. */
  readonly #divided: ReadonlyMap<number | null, readonly Points[]>;

  /**
   * Finds the rectangles.
   *
   * @param side A power of two, >= 64.
   * @throws {RangeError} Where it is not.
   */
  constructor(side: number) {
    if (!Number.isInteger(Math.log2(side)) || side < 64) {
      throw new RangeError(
        `Cannot build curvelets: the side must be a power of two, at least 64: current value is ${side}`,
      );
    }
    this.side = side;
    this.#extent = side + 1;
    this.#image = new Fft2(side, side);
    const rings = Array.from({ length: lastRing(side) - firstRing + 1 }, (_, i) => firstRing + i);
    this.#divided = new Map([null, ...rings].map((ring) => [ring, divide(side, ring)]));
    this.wedges = [...this.#divided].flatMap(([ring, divided]) =>
      divided.map(({ rows, columns }, number): Wedge => {
        const height = fastLength(rows);
        const width = fastLength(columns);
        return { ring, number, height, width, count: (ring === null ? 1 : 2) * height * width };
      })
    );
  }

  /** Real coefficients for each pixel. */
  get redundancy(): number {
    return this.wedges.reduce((sum, { count }) => sum + count, 0) / this.side ** 2;
  }

  /**
   * The coefficients of an image, wedge by wedge.
   *
   * @param image `(side, side)`; not changed.
   * @param visit Is given each wedge with its real coefficients, `(count)`: real parts first, then imaginary parts. They are overwritten afterwards.
   */
  analyse(image: Float64Array, visit: (wedge: Wedge, coefficients: Float64Array) => void): void {
    const { re, im } = this.#doubledSpectrum(image);
    for (const wedge of this.wedges) {
      const size = wedge.height * wedge.width;
      const boxRe = new Float64Array(size);
      const boxIm = new Float64Array(size);
      const { spectrum, rectangle, window } = this.#frequencies(wedge);
      for (let i = 0; i < spectrum.length; i++) {
        const at = rectangle[i]!;
        boxRe[at] = window[i]! * re[spectrum[i]!]!;
        boxIm[at] = window[i]! * im[spectrum[i]!]!;
      }
      this.#plan(wedge).inverse(boxRe, boxIm);
      const scale = Math.sqrt(wedge.ring === null ? size : 2 * size);
      const coefficients = new Float64Array(wedge.count);
      for (let i = 0; i < size; i++) coefficients[i] = scale * boxRe[i]!;
      if (wedge.ring !== null) { for (let i = 0; i < size; i++) coefficients[size + i] = scale * boxIm[i]!; }
      visit(wedge, coefficients);
    }
  }

  /**
   * The transpose of the analysis: the sum of all atoms with their coefficients. Of the coefficients of an image it is the image.
   *
   * @param coefficientsOf The real coefficients of each wedge; `null` where all are 0.
   * @returns `(side, side)`.
   */
  synthesise(coefficientsOf: (wedge: Wedge) => Float64Array | null): Float64Array {
    const re = new Float64Array(this.#extent ** 2);
    const im = new Float64Array(this.#extent ** 2);
    for (const wedge of this.wedges) {
      const coefficients = coefficientsOf(wedge);
      if (coefficients === null) continue;
      const size = wedge.height * wedge.width;
      const boxRe = coefficients.slice(0, size);
      const boxIm = wedge.ring === null ? new Float64Array(size) : coefficients.slice(size);
      this.#plan(wedge).forward(boxRe, boxIm);
      // The real part that is taken in the end halves what has no opposite: the low-pass has one.
      const scale = wedge.ring === null ? 1 / Math.sqrt(size) : Math.sqrt(2 / size);
      const { spectrum, rectangle, window } = this.#frequencies(wedge);
      for (let i = 0; i < spectrum.length; i++) {
        const at = rectangle[i]!;
        re[spectrum[i]!]! += scale * window[i]! * boxRe[at]!;
        im[spectrum[i]!]! += scale * window[i]! * boxIm[at]!;
      }
    }
    return this.#foldSpectrum(re, im);
  }

  /** The unitary spectrum with both ends of every axis, `(side + 1, side + 1)`, frequency 0 in the middle. */
  #doubledSpectrum(image: Float64Array): { readonly re: Float64Array; readonly im: Float64Array } {
    const { side } = this;
    const re = image.slice();
    const im = new Float64Array(side * side);
    this.#image.forward(re, im);
    const toRe = new Float64Array(this.#extent ** 2);
    const toIm = new Float64Array(this.#extent ** 2);
    this.#visitEnds((from, to, weight) => {
      toRe[to] = weight * re[from]! / side;
      toIm[to] = weight * im[from]! / side;
    });
    return { re: toRe, im: toIm };
  }

  /** The transpose of `#doubledSpectrum`, the real part. */
  #foldSpectrum(doubledRe: Float64Array, doubledIm: Float64Array): Float64Array {
    const { side } = this;
    const re = new Float64Array(side * side);
    const im = new Float64Array(side * side);
    this.#visitEnds((to, from, weight) => {
      re[to]! += weight * doubledRe[from]! * side;
      im[to]! += weight * doubledIm[from]! * side;
    });
    this.#image.inverse(re, im);
    return re;
  }

  /** Visits each place of the doubled spectrum, with that of the spectrum it comes from, and its weight. */
  #visitEnds(visit: (single: number, doubled: number, weight: number) => void): void {
    const { side } = this;
    const half = side / 2;
    const weightAt = (frequency: number) => Math.abs(frequency) === half ? Math.SQRT1_2 : 1;
    for (let row = -half; row <= half; row++) {
      const fromRow = (row + side) % side * side;
      const toRow = (row + half) * this.#extent + half;
      for (let column = -half; column <= half; column++) {
        visit(fromRow + (column + side) % side, toRow + column, weightAt(row) * weightAt(column));
      }
    }
  }

  #plan({ height, width }: Wedge): Fft2 {
    const key = `${height} ${width}`;
    const plan = this.#plans.get(key) ?? new Fft2(height, width);
    this.#plans.set(key, plan);
    return plan;
  }

  #frequencies({ ring, number, height, width }: Wedge): WedgeFrequencies {
    const half = this.side / 2;
    const { row, column, window } = this.#divided.get(ring)![number]!;
    const spectrum = new Int32Array(row.length);
    const rectangle = new Int32Array(row.length);
    for (let i = 0; i < row.length; i++) {
      spectrum[i] = (row[i]! + half) * this.#extent + column[i]! + half;
      rectangle[i] = modulo(row[i]!, height) * width + modulo(column[i]!, width);
    }
    return { spectrum, rectangle, window };
  }
}

/** The frequencies of a ring, wedge by wedge, with the rectangle that each takes. */
function divide(side: number, ring: number | null): Points[] {
  if (ring === null) {
    const radius = 2 ** (firstRing + 1);
    return collect(1, radius, (row, column, take) => {
      take(0, lowPass(Math.sqrt(row * row + column * column) / 2 ** firstRing));
    });
  }
  const wedges = wedgesOf(ring);
  const isLast = ring === lastRing(side);
  const inner = 2 ** ring;
  return collect(wedges, Math.min(side / 2, 4 * inner), (row, column, take) => {
    const radius = Math.sqrt(row * row + column * column);
    if (radius <= inner) return;
    const radial = highPass(radius / inner) * (isLast ? 1 : lowPass(radius / (2 * inner)));
    if (radial === 0) return;
    // The direction in wedges: whole numbers are their axes, and a full turn has twice as many as a half turn.
    const direction = Math.atan2(row, column) / Math.PI * wedges;
    const below = Math.floor(direction);
    const share = direction - below;
    take(modulo(below, 2 * wedges), radial * lowPass(1 + share));
    take(modulo(below + 1, 2 * wedges), radial * lowPass(2 - share));
  });
}

/** The frequencies of a wedge, and the least rectangle on which no two of them meet. */
interface Points {
  readonly row: Int16Array;
  readonly column: Int16Array;
  readonly window: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Collects the frequencies of the wedges of a half turn: twice over all of them, so that arrays have the length that they need.
 *
 * @param wedges How many wedges.
 * @param reach The largest row and column.
 * @param windows Says which wedges of the full turn have a frequency, and their windows there.
 */
function collect(
  wedges: number,
  reach: number,
  windows: (row: number, column: number, take: (wedge: number, window: number) => void) => void,
): Points[] {
  const visit = (take: (wedge: number, row: number, column: number, window: number) => void) => {
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        windows(row, column, (wedge, window) => {
          if (wedge < wedges && window !== 0) take(wedge, row, column, window);
        });
      }
    }
  };
  const counts = new Int32Array(wedges);
  visit((wedge) => counts[wedge]!++);
  const points = Array.from(counts, (count) => ({
    row: new Int16Array(count),
    column: new Int16Array(count),
    window: new Float64Array(count),
  }));
  counts.fill(0);
  visit((wedge, row, column, window) => {
    const at = counts[wedge]!++;
    const its = points[wedge]!;
    its.row[at] = row;
    its.column[at] = column;
    its.window[at] = window;
  });
  // A wedge whose axis is nearer to the axis of rows is long along rows.
  return points.map(({ row, column, window }, number) =>
    number > wedges / 4 && number < 3 * wedges / 4
      ? { row, column, window, rows: span(row), columns: widest(row, column) }
      : { row, column, window, rows: widest(column, row), columns: span(column) }
  );
}

/** How many indices lie between the least and the largest, both counted. */
function span(indices: Int16Array): number {
  return indices.reduce((a, b) => Math.max(a, b)) - indices.reduce((a, b) => Math.min(a, b)) + 1;
}

/**
 * The largest span across a wedge, over the lines along which it is crossed. On a rectangle that is as long as the wedge and as wide as this,
 * frequencies at one place modulo its sides would stand on one line, and nearer than it is wide.
 */
function widest(along: Int16Array, across: Int16Array): number {
  const least = new Map<number, number>();
  const most = new Map<number, number>();
  for (const [i, line] of along.entries()) {
    least.set(line, Math.min(least.get(line) ?? Infinity, across[i]!));
    most.set(line, Math.max(most.get(line) ?? -Infinity, across[i]!));
  }
  return [...least].reduce((width, [line, first]) => Math.max(width, most.get(line)! - first + 1), 0);
}

/** 1 up to x = 1, 0 from x = 2 on, in between cos(pi / 2 nu(x - 1)): squares of this and of `highPass` sum to 1. */
function lowPass(x: number): number {
  if (x <= 1) return 1;
  if (x >= 2) return 0;
  return Math.cos(Math.PI / 2 * meyer(x - 1));
}

/** 0 up to x = 1, 1 from x = 2 on. */
function highPass(x: number): number {
  if (x <= 1) return 0;
  if (x >= 2) return 1;
  return Math.sin(Math.PI / 2 * meyer(x - 1));
}

/** Meyer's polynomial, with meyer(t) + meyer(1 - t) = 1 (Daubechies, Ten Lectures on Wavelets, section 4.2.1). */
function meyer(t: number): number {
  return t * t * t * t * (35 + t * (-84 + t * (70 - 20 * t)));
}

/** The least length from `length` on that has no prime factor above 5: the transform of any other takes several times as long. */
function fastLength(length: number): number {
  let rest: number;
  for (let found = length;; found++) {
    rest = found;
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
    if (rest === 1) return found;
  }
}
