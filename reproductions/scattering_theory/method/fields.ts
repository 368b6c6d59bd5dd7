import { deadLeaves } from "../../../src/data/stand_ins/dead_leaves.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { littlewoodPaleySum } from "../../../src/scattering/banks/littlewood_paley.ts";
import { ofFrequencies, radii, realPart, spectrumOf, withoutMean } from "./grid.ts";

/** White noise of deviation 1. */
export function whiteNoise(side: number, stream: RandomStream): Float64Array {
  return Float64Array.from({ length: side * side }, () => stream.normal());
}

/** A Gaussian field with the spectrum 1 / |w|^2 of natural images. */
export function pinkNoise(side: number, stream: RandomStream): Float64Array {
  const { re, im } = spectrumOf(whiteNoise(side, stream));
  const radius = radii(side);
  const weight = radius.map((value) => value === 0 ? 0 : 1 / value);
  return realPart({ re: re.map((v, i) => v * weight[i]!), im: im.map((v, i) => v * weight[i]!) });
}

/** A Gaussian field that has the power spectrum of a given map on average, and its mean. */
export function gaussianLike(map: Float64Array, stream: RandomStream): Float64Array {
  const side = Math.sqrt(map.length);
  const { re, im } = spectrumOf(map);
  const noise = spectrumOf(whiteNoise(side, stream));
  const modulus = re.map((value, i) => Math.hypot(value, im[i]!) / side);
  const field = {
    re: noise.re.map((v, i) => v * modulus[i]!),
    im: noise.im.map((v, i) => v * modulus[i]!),
  };
  field.re[0] = re[0]!;
  field.im[0] = 0;
  return realPart(field);
}

/**
 * A field that has the power spectrum of a given map exactly, and its mean, with the phases of white noise. A Gaussian map and such
 * fields of it cannot be told apart: given its spectrum, its phases are those of noise.
 */
export function phasesLike(map: Float64Array, stream: RandomStream): Float64Array {
  const side = Math.sqrt(map.length);
  const { re, im } = spectrumOf(map);
  const noise = spectrumOf(whiteNoise(side, stream));
  const weight = re.map((value, i) => Math.hypot(value, im[i]!) / Math.hypot(noise.re[i]!, noise.im[i]!));
  const field = { re: noise.re.map((v, i) => v * weight[i]!), im: noise.im.map((v, i) => v * weight[i]!) };
  field.re[0] = re[0]!;
  field.im[0] = 0;
  return realPart(field);
}

/** One pixel. */
export function dirac(side: number): Float64Array {
  const map = new Float64Array(side * side);
  map[(side / 2) * side + side / 2] = 1;
  return map;
}

/** The highest frequency of both axes: signs that alternate. */
export function checkerboard(side: number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => (Math.floor(i / side) + i) % 2 === 0 ? 1 : -1);
}

/** cos(2 pi (k row + l column) / side). */
export function planeWave(side: number, k: number, l: number): Float64Array {
  return Float64Array.from(
    { length: side * side },
    (_, i) => Math.cos((2 * Math.PI * (k * Math.floor(i / side) + l * (i % side))) / side),
  );
}

/** The plane wave at the frequency where the Littlewood-Paley sum of a bank is largest, zero left out. */
export function wavesAtPeak(bank: FilterBank): Float64Array {
  const sum = littlewoodPaleySum(bank);
  let at = 1;
  for (let i = 1; i < sum.length; i++) if (sum[i]! > sum[at]!) at = i;
  return planeWave(bank.width, Math.floor(at / bank.width), at % bank.width);
}

/** A straight edge between two halves. */
export function edge(side: number): Float64Array {
  return Float64Array.from(
    { length: side * side },
    (_, i) => 2 * Math.floor(i / side) + (i % side) < 1.5 * side ? 1 : -1,
  );
}

/** Fields of many kinds, of mean zero, to try a bound on. */
export function fields(
  bank: FilterBank,
  rng: (label: string, seed: number) => RandomStream,
): readonly Float64Array[] {
  const side = bank.width;
  const stream = (name: string) => rng(`scattering_theory/${name}`, 0);
  return [
    wavesAtPeak(bank),
    pinkNoise(side, stream("pink noise")),
    withoutMean(deadLeaves(side, side, stream("dead leaves")).data),
    whiteNoise(side, stream("white noise")),
    withoutMean(dirac(side)),
    withoutMean(edge(side)),
  ].map(withoutMean);
}

/** Maps where rounding and the edges of the spectrum would show: beside fields, waves at Nyquist frequencies and large contrasts. */
export function extremes(
  side: number,
  rng: (label: string, seed: number) => RandomStream,
): readonly Float64Array[] {
  const noise = whiteNoise(side, rng("scattering_theory/extremes", 0));
  return [
    dirac(side),
    checkerboard(side),
    planeWave(side, side / 2, 0),
    planeWave(side, side / 2, 1),
    planeWave(side, 1, 1),
    new Float64Array(side * side).fill(1),
    noise.map((value) => value ** 2 * value ** 2 * value),
    ofFrequencies(side, (row, column) => Math.cos(8 * row * row + 8 * column * column)),
  ];
}
