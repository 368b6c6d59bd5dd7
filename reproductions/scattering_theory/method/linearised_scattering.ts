import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { planFor } from "./grid.ts";

/** A path of the tree. */
interface Node {
  readonly order: number;
  readonly lastScale: number;
  readonly psi: Float64Array;
  readonly phaseRe: Float64Array;
  readonly phaseIm: Float64Array;
  readonly children: readonly Node[];
}

/**
 * The derivative of the scattering transform at an image. The modulus of z has the derivative Re(conj(z) h) / |z|, so that with the
 * phases z / |z| of all paths kept the transform is linear, and its adjoint is known. Where z = 0 the derivative is taken as 0.
 */
export class LinearisedScattering {
  readonly #bank: FilterBank;
  readonly #roots: readonly Node[];
  readonly #buffers: readonly Record<"re" | "im" | "outRe" | "outIm" | "workRe" | "workIm", Float64Array>[];
  #energy = 0;

  /**
   * Propagates an image and keeps the phases.
   *
   * @param image Of the shape of the bank.
   * @param bank Any bank.
   * @param maxOrder The largest order; paths are those of increasing scale.
   */
  constructor(image: Float64Array, bank: FilterBank, maxOrder: number) {
    this.#bank = bank;
    const { height, width, wavelets } = bank;
    const fft = planFor(height, width);
    const children = (map: Float64Array, order: number, lastScale: number): Node[] => {
      if (order === maxOrder) return [];
      const re = map.slice();
      const im = new Float64Array(map.length);
      fft.forward(re, im);
      return wavelets.filter(({ j }) => j > lastScale).map(({ j, psi }) => {
        const phaseRe = re.map((value, i) => value * psi[i]!);
        const phaseIm = im.map((value, i) => value * psi[i]!);
        fft.inverse(phaseRe, phaseIm);
        const modulus = phaseRe.map((value, i) => Math.sqrt(value ** 2 + phaseIm[i]! ** 2));
        for (let i = 0; i < modulus.length; i++) {
          const inverse = modulus[i] === 0 ? 0 : 1 / modulus[i]!;
          phaseRe[i]! *= inverse;
          phaseIm[i]! *= inverse;
        }
        return {
          order: order + 1,
          lastScale: j,
          psi,
          phaseRe,
          phaseIm,
          children: children(modulus, order + 1, j),
        };
      });
    };
    this.#roots = children(image, 0, -1);
    const size = height * width;
    this.#buffers = Array.from({ length: maxOrder + 1 }, () => ({
      re: new Float64Array(size),
      im: new Float64Array(size),
      outRe: new Float64Array(size),
      outIm: new Float64Array(size),
      workRe: new Float64Array(size),
      workIm: new Float64Array(size),
    }));
  }

  /**
   * D^T D h, for the derivative D.
   *
   * @param direction h, of the shape of the bank.
   * @returns D^T D h, and ||D h||^2.
   */
  normal(direction: Float64Array): { readonly image: Float64Array; readonly squaredNorm: number } {
    const { height, width } = this.#bank;
    const fft = planFor(height, width);
    const { re, im, outRe, outIm } = this.#buffers[0]!;
    re.set(direction);
    im.fill(0);
    fft.forward(re, im);
    this.#energy = 0;
    this.#descend(0, this.#roots);
    const image = outRe.slice();
    fft.inverse(image, outIm.slice());
    return { image, squaredNorm: this.#energy };
  }

  /** Takes the spectrum in `re` and `im` of the buffers of an order down to its children, and what comes back up into `outRe`, `outIm`. */
  #descend(order: number, children: readonly Node[]): void {
    const { height, width, phi } = this.#bank;
    const size = height * width;
    const fft = planFor(height, width);
    const { re, im, outRe, outIm, workRe, workIm } = this.#buffers[order]!;
    let energy = 0;
    for (let i = 0; i < size; i++) {
      const weight = phi[i]! ** 2;
      outRe[i] = weight * re[i]!;
      outIm[i] = weight * im[i]!;
      energy += weight * (re[i]! ** 2 + im[i]! ** 2);
    }
    this.#energy += energy / size;
    for (const { psi, phaseRe, phaseIm, children: grandchildren } of children) {
      const below = this.#buffers[order + 1]!;
      for (let i = 0; i < size; i++) {
        workRe[i] = psi[i]! * re[i]!;
        workIm[i] = psi[i]! * im[i]!;
      }
      fft.inverse(workRe, workIm);
      for (let i = 0; i < size; i++) below.re[i] = phaseRe[i]! * workRe[i]! + phaseIm[i]! * workIm[i]!;
      below.im.fill(0);
      fft.forward(below.re, below.im);
      this.#descend(order + 1, grandchildren);
      fft.inverse(below.outRe, below.outIm);
      for (let i = 0; i < size; i++) {
        workRe[i] = phaseRe[i]! * below.outRe[i]!;
        workIm[i] = phaseIm[i]! * below.outRe[i]!;
      }
      fft.forward(workRe, workIm);
      for (let i = 0; i < size; i++) {
        outRe[i]! += psi[i]! * workRe[i]!;
        outIm[i]! += psi[i]! * workIm[i]!;
      }
    }
  }
}
