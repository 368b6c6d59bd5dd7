/**
 * The norm, which all orders together keep, and how fast energy leaves the higher ones.
 *
 * @module
 */
import { type Cell, cell } from "../../../src/suite/reproduction.ts";
import { decayCell, decayScales, L, side } from "../cells.ts";
import type { EnergiesLeft } from "../method/energies.ts";
import type { Settings } from "../profiles.ts";
import { extreme, job, largest, type NamedPictures, overImages, type Pictures } from "./shared.ts";

/** The cells of this group on norm. */
export function normCells({ norm }: Settings, { photographs, textures, digits }: Pictures): Cell[] {
  const conserve = ({ name, pictures }: NamedPictures) =>
    job("conserveNorm", { id: `norm/${name}`, parameters: norm, reads: { pictures } });
  const few = photographs.slice(0, 4).map(conserve);
  const natural = [...few, ...textures.slice(0, 3).map(conserve)];
  const every = [...natural, ...digits.map(conserve)];
  const extremes = job("conserveNormOfExtremes", { id: "norm/extremes", parameters: norm });
  return [
    ...Array.from(
      { length: norm.maxOrder + 1 },
      (_, m) =>
        cell(`norm/m=${m}`, { every, extremes: [extremes] }, ({ every, extremes }) =>
          largest([
            ...every.flat().map(({ errors }) => errors[m]!),
            ...extremes.flatMap(({ errors }) => errors.map((byOrder) => byOrder[m]!)),
          ])),
    ),
    cell("norm/odd-sides", [extremes], (results) => largest(results.flatMap(({ oddSides }) => oddSides))),
    cell(
      "norm/control/morlet",
      natural,
      (results) => extreme(Math.min(...results.flat().map(({ morlet }) => morlet))),
    ),
    cell(
      "norm/control/decreasing",
      few,
      (results) => overImages(results.flat().map(({ missing }) => missing)),
    ),
    cell(
      "norm/control/subsampled",
      few,
      (results) => overImages(results.flat().map(({ subsampled }) => subsampled)),
    ),
  ];
}

/** ||U[m + 1]||^2 / ||U[m]||^2. */
function rate(left: EnergiesLeft, m: number): number {
  return left[m + 1]! / left[m]!;
}

/** The cells of this group on decay. */
export function decayCells({ photographs }: Pictures): Cell[] {
  const parameters = { side, L, scales: [...decayScales] };
  const jobs = photographs.map(({ name, pictures }) =>
    job("leaveEnergy", { id: `decay/${name}`, parameters, reads: { pictures } })
  );
  const dirac = job("leaveEnergyOfDirac", { id: "decay/dirac", parameters });
  const finest = 0;
  const coarsest = decayScales.length - 1;
  return [
    ...decayScales.flatMap((J, n) =>
      [1, 2].map((m) =>
        cell(decayCell(J, m), jobs, (results) => overImages(results.flat().map((left) => rate(left[n]!, m))))
      )
    ),
    cell(
      "decay/worst",
      jobs,
      (results) =>
        largest(results.flat().flatMap((left) => left.flatMap((atJ) => [rate(atJ, 1), rate(atJ, 2)]))),
    ),
    cell(
      "order/decay/J=3-J=7",
      jobs,
      (results) =>
        overImages(results.flat().map((left) => rate(left[finest]!, 1) - rate(left[coarsest]!, 1))),
    ),
    cell("decay/control/dirac", [dirac], ([left]) => extreme(rate(left![coarsest]!, 1))),
  ];
}
