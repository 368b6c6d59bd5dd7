import FFT from "fft.js";
import { kymatioBank } from "../src/scattering/banks/kymatio_bank.ts";
import { cascadeFilters } from "../src/scattering/engine/cascade_filters.ts";
import { pathTree } from "../src/scattering/engine/path_tree.ts";
import type { PathNode } from "../src/scattering/engine/path_tree.ts";

/** A transform of square complex maps, re and im interleaved, in place. */
class SquareFft {
  readonly #fft: FFT;
  readonly #side: number;
  readonly #in: Float64Array;
  readonly #out: Float64Array;

  constructor(side: number) {
    this.#fft = new FFT(side);
    this.#side = side;
    this.#in = new Float64Array(2 * side);
    this.#out = new Float64Array(2 * side);
  }

  run(map: Float64Array, inverse: boolean): void {
    const n = this.#side;
    const input = this.#in;
    const output = this.#out;
    for (const [step, next] of [[1, n], [n, 1]] as const) {
      for (let line = 0; line < n; line++) {
        for (let i = 0; i < n; i++) {
          const at = 2 * (line * next + i * step);
          input[2 * i] = map[at]!;
          input[2 * i + 1] = map[at + 1]!;
        }
        if (inverse) this.#fft.inverseTransform(output, input);
        else this.#fft.transform(output, input);
        for (let i = 0; i < n; i++) {
          const at = 2 * (line * next + i * step);
          map[at] = output[2 * i]!;
          map[at + 1] = output[2 * i + 1]!;
        }
      }
    }
  }
}

/**
 * The order-2 transform of `Scattering2D` with kymatio wavelets and a periodic boundary, as one writes it in plain
 * TypeScript over the fft.js package: the yardstick of the benchmarks.
 *
 * @param side Rows and columns of the image, a power of two.
 * @param J The scale.
 * @param L The number of orientations.
 * @returns A function from an image to its coefficients.
 */
export function fftJsScattering(side: number, J: number, L: number): (image: Float64Array) => Float64Array {
  const filters = cascadeFilters(kymatioBank, { height: side, width: side, J, L }, J);
  const resolutions = Array.from({ length: J + 1 }, (_, r) => r);
  const ffts = resolutions.map((r) => new SquareFft(side >> r));
  const phi = resolutions.slice(0, J).map((r) => filters.phi(r));
  const psi = resolutions.slice(0, J).map((r) =>
    Array.from({ length: J * L }, (_, n) => filters.psi(Math.floor(n / L), n % L, r))
  );
  const tree = pathTree(J, L, 2);
  const outputSide = side >> J;
  const paths = 1 + J * L + L * L * J * (J - 1) / 2;

  /** Filters a spectrum at resolution `from`, folds it to resolution `to`, and returns to space. */
  const convolve = (spectrum: Float64Array, filter: Float64Array, from: number, to: number): Float64Array => {
    const n = side >> from;
    const m = side >> to;
    const result = new Float64Array(2 * m * m);
    const factor = (m / n) ** 2;
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) {
        const source = k * n + l;
        const target = 2 * ((k % m) * m + l % m);
        result[target] = result[target]! + factor * filter[source]! * spectrum[2 * source]!;
        result[target + 1] = result[target + 1]! + factor * filter[source]! * spectrum[2 * source + 1]!;
      }
    }
    ffts[to]!.run(result, true);
    return result;
  };
  return (image) => {
    const coefficients = new Float64Array(paths * outputSide ** 2);
    const emit = (spectrum: Float64Array, resolution: number, index: number) => {
      const averaged = convolve(spectrum, phi[resolution]!, resolution, J);
      for (let i = 0; i < outputSide ** 2; i++) coefficients[index * outputSide ** 2 + i] = averaged[2 * i]!;
    };
    const visit = (parent: Float64Array, from: number, path: PathNode) => {
      const map = convolve(parent, psi[from]![path.j * L + path.theta]!, from, path.j);
      for (let i = 0; i < map.length; i += 2) {
        map[i] = Math.sqrt(map[i]! ** 2 + map[i + 1]! ** 2);
        map[i + 1] = 0;
      }
      ffts[path.j]!.run(map, false);
      emit(map, path.j, path.index);
      for (const child of path.children) visit(map, path.j, child);
    };
    const spectrum = Float64Array.from(
      { length: 2 * side * side },
      (_, i) => i % 2 === 0 ? image[i / 2]! : 0,
    );
    ffts[0]!.run(spectrum, false);
    emit(spectrum, 0, 0);
    for (const path of tree) visit(spectrum, 0, path);
    return coefficients;
  };
}
