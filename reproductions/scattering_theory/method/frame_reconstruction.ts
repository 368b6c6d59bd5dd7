import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { distance, norm, planFor, sideOf } from "./grid.ts";

/**
 * The relative error of an image after the wavelet transform and its adjoint, x * phi * phi + Re sum (x * psi) * psi: every map is
 * brought back to pixels between the two. A tight frame gives the image again.
 *
 * @param image Of the shape of the bank, not zero.
 * @param bank Any bank of a square grid.
 */
export function frameReconstruction(image: Float64Array, { wavelets, phi }: FilterBank): number {
  const fft = planFor(sideOf(image));
  const spectrum = { re: image.slice(), im: new Float64Array(image.length) };
  fft.forward(spectrum.re, spectrum.im);
  const sum = { re: new Float64Array(image.length), im: new Float64Array(image.length) };
  for (const filter of [phi, ...wavelets.map(({ psi }) => psi)]) {
    const re = spectrum.re.map((value, i) => value * filter[i]!);
    const im = spectrum.im.map((value, i) => value * filter[i]!);
    fft.inverse(re, im);
    fft.forward(re, im);
    for (let i = 0; i < filter.length; i++) {
      sum.re[i]! += re[i]! * filter[i]!;
      sum.im[i]! += im[i]! * filter[i]!;
    }
  }
  fft.inverse(sum.re, sum.im);
  return distance(sum.re, image) / norm(image);
}
