import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { planFor } from "./grid.ts";

/** One path of a cascade. */
export interface VisitedPath {
  /** Its order m. */
  readonly order: number;
  /** The scale of its last wavelet, -1 for the image itself. */
  readonly lastScale: number;
  /** The largest scale of its wavelets, -1 for the image itself: a bank of J scales has it where it is below J. */
  readonly largestScale: number;
  /** The wavelet of order 1 that it begins with, by its index; -1 for the image itself. */
  readonly first: number;
}

/** What is visited: U[p] x, and its spectrum but of the largest order. */
export type PathVisitor = (
  path: VisitedPath,
  map: Float64Array,
  spectrum: { readonly re: Float64Array; readonly im: Float64Array } | null,
) => void;

/** Which paths are followed, and how far. */
export interface Follow {
  /** The largest order. */
  readonly maxOrder: number;
  /** Every wavelet after every other, or those of larger scales alone. */
  readonly paths: "all" | "increasing";
  /** Whether the spectra of the largest order are needed. */
  readonly lastSpectra: boolean;
}

/**
 * Propagates an image along all paths of a bank, in float64 and with nothing sub-sampled:
 * U[lambda_1, ..., lambda_m] x = |...||x * psi_lambda_1| * psi_lambda_2|...|.
 *
 * @param image Of the shape of the bank.
 * @param bank Any bank.
 * @param follow Which paths.
 * @param visit Is shown each path once, a parent before its children; the arrays are used again afterwards.
 */
export function visitPaths(image: Float64Array, bank: FilterBank, follow: Follow, visit: PathVisitor): void {
  const { height, width, wavelets } = bank;
  const { maxOrder, paths, lastSpectra } = follow;
  const fft = planFor(height, width);
  const size = height * width;
  const buffers = Array.from({ length: maxOrder + 1 }, () => ({
    map: new Float64Array(size),
    re: new Float64Array(size),
    im: new Float64Array(size),
  }));
  const go = (path: VisitedPath) => {
    const { order } = path;
    const { map, re, im } = buffers[order]!;
    const goesOn = order < maxOrder;
    if (goesOn || lastSpectra) {
      re.set(map);
      im.fill(0);
      fft.forward(re, im);
    }
    visit(path, map, goesOn || lastSpectra ? { re, im } : null);
    if (!goesOn) return;
    const next = buffers[order + 1]!;
    wavelets.forEach(({ j, psi }, index) => {
      if (paths === "increasing" && j <= path.lastScale) return;
      for (let i = 0; i < size; i++) {
        next.re[i] = re[i]! * psi[i]!;
        next.im[i] = im[i]! * psi[i]!;
      }
      fft.inverse(next.re, next.im);
      for (let i = 0; i < size; i++) next.map[i] = Math.sqrt(next.re[i]! ** 2 + next.im[i]! ** 2);
      go({
        order: order + 1,
        lastScale: j,
        largestScale: Math.max(j, path.largestScale),
        first: order === 0 ? index : path.first,
      });
    });
  };
  buffers[0]!.map.set(image);
  go({ order: 0, lastScale: -1, largestScale: -1, first: -1 });
}

/** The power |U|^2 / (pixels of a map) at every frequency, added to a sum: over all frequencies it is ||U||^2. */
export function addPower(
  sum: Float64Array,
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += (re[i]! ** 2 + im[i]! ** 2) / sum.length;
}

/** The scattering coefficients of all increasing paths, as one vector whose norm is ||S x||: spectra, with the low-pass. */
export function scatter(image: Float64Array, bank: FilterBank, maxOrder: number): Float64Array {
  const size = image.length;
  const root = Math.sqrt(size);
  const parts: Float64Array[] = [];
  visitPaths(image, bank, { maxOrder, paths: "increasing", lastSpectra: true }, (_, __, spectrum) => {
    const part = new Float64Array(2 * size);
    for (let i = 0; i < size; i++) {
      part[i] = (spectrum!.re[i]! * bank.phi[i]!) / root;
      part[size + i] = (spectrum!.im[i]! * bank.phi[i]!) / root;
    }
    parts.push(part);
  });
  const all = new Float64Array(parts.length * 2 * size);
  parts.forEach((part, p) => all.set(part, p * 2 * size));
  return all;
}
