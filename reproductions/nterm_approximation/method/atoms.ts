import { inverseWaveletTransform2 } from "../../../src/numeric/wavelets/wavelet_transform2.ts";
import { CurveletFrame } from "./curvelet_frame.ts";

/** An atom as a figure shows it. */
export interface Atom {
  /** The system that it belongs to. */
  readonly system: "Fourier" | "Haar" | "Daubechies, 2 moments" | "curvelets";
  /** A few characters. */
  readonly label: string;
  /** `(side, side)`, of maximum 1. */
  readonly values: Float64Array;
}

/** The side of the images that the atoms are cut out of. */
const side = 256;

/** How many levels the shown wavelets are away from the finest ones. */
const levels = 5;

/**
 * Three atoms of every system, about the middle of a tile.
 *
 * @param shown Pixels of a side of a tile.
 */
export function paintAtoms(shown: number): Atom[] {
  const frequencies = [[0, 3], [4, 4], [12, 5]] as const;
  const waves = frequencies.map(([row, column]): Atom => ({
    system: "Fourier",
    label: `(${row}, ${column})`,
    values: Float64Array.from(
      { length: shown * shown },
      (_, i) => Math.cos(2 * Math.PI * (row * Math.floor(i / shown) + column * (i % shown)) / shown),
    ),
  }));
  const places = [["across", 0, 1], ["down", 1, 0], ["both", 1, 1]] as const;
  const wavelets = ([["Haar", "haar"], ["Daubechies, 2 moments", "db2"]] as const).flatMap((
    [system, wavelet],
  ) =>
    places.map(([label, below, right]): Atom => {
      const coefficients = new Float64Array(side * side);
      const square = side / 2 ** levels;
      const middle = square / 2;
      coefficients[(below * square + middle) * side + right * square + middle] = 1;
      const values = inverseWaveletTransform2(coefficients, side, levels, wavelet);
      return { system, label, values: cut(values, shown) };
    })
  );
  const frame = new CurveletFrame(side);
  const curvelets = ([[3, 1], [4, 5], [5, 6]] as const).map(([ring, number]): Atom => {
    const atom = frame.synthesise((wedge) => {
      if (wedge.ring !== ring || wedge.number !== number) return null;
      const coefficients = new Float64Array(wedge.count);
      coefficients[Math.floor(wedge.height / 2) * wedge.width + Math.floor(wedge.width / 2)] = 1;
      return coefficients;
    });
    return { system: "curvelets", label: `j = ${ring}`, values: cut(atom, shown) };
  });
  return [...waves, ...wavelets, ...curvelets];
}

/** The square about the largest value of a periodic image, scaled to a largest magnitude of 1. */
function cut(image: Float64Array, shown: number): Float64Array {
  let peak = 0;
  for (const [i, value] of image.entries()) if (Math.abs(value) > Math.abs(image[peak]!)) peak = i;
  const top = Math.floor(peak / side) - shown / 2 + side;
  const left = peak % side - shown / 2 + side;
  return Float64Array.from(
    { length: shown * shown },
    (_, i) =>
      image[(top + Math.floor(i / shown)) % side * side + (left + i % shown) % side]! /
      Math.abs(image[peak]!),
  );
}
