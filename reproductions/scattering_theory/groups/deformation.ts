/**
 * What deformations change, and what they do to the Fourier modulus.
 *
 * @module
 */
import { type Cell, cell, type Measurement } from "../../../src/suite/reproduction.ts";
import { deformationCell, gaborCell, gaborFrequencies, gaborSizes, warpSizes } from "../cells.ts";
import { exponent } from "../method/exponent.ts";
import { warpNames } from "../method/warps.ts";
import type { Settings } from "../profiles.ts";
import { extreme, job, largest, overImages, type Pictures } from "./shared.ts";

/** The cells of this group. */
export function deformationCells(
  { deformation: { frame, pictures: count, sought } }: Settings,
  { photographs, textures, digits }: Pictures,
): Cell[] {
  const parameters = { frame, sizes: [...warpSizes], count };
  const jobs = [...photographs.slice(0, count), ...textures.slice(0, count), ...digits].map((
    { name, pictures },
  ) => job("deform", { id: `deformation/${name}`, parameters, reads: { pictures } }));
  const seeking = photographs.slice(0, sought).map(({ name, pictures }) =>
    job("seekWarp", {
      id: `deformation/sought/${name}`,
      parameters: { ...parameters, sizes: [0.05, 0.1, 0.2], count: 1 },
      reads: { pictures },
    })
  );
  const compared = warpSizes.indexOf(0.1);
  return [
    ...warpNames.flatMap((warp) => [
      cell(
        deformationCell(warp, "exponent"),
        jobs,
        (results) =>
          overImages(results.flat().map((byWarp) => exponent(warpSizes, byWarp[warp].scattering).slope - 1)),
      ),
      cell(deformationCell(warp, "constant"), jobs, (results) =>
        largest(
          results.flat().flatMap((byWarp) =>
            byWarp[warp].scattering.map((value, n) => value / warpSizes[n]!)
          ),
        )),
      cell(deformationCell(warp, "theorem"), jobs, (results) =>
        largest(
          results.flat().flatMap((byWarp) => {
            const { scattering, displacements } = byWarp[warp];
            return scattering.map((value, n) => value / (warpSizes[n]! + displacements[n]! / 2 ** frame.J));
          }),
        )),
      cell(
        `order/deformation/${warp}/scattering-fourier`,
        jobs,
        (results) =>
          overImages(
            results.flat().map((byWarp) =>
              byWarp[warp].scattering[compared]! - byWarp[warp].fourier[compared]!
            ),
          ),
      ),
    ]),
    cell(
      "deformation/sought/constant",
      seeking,
      (results) => largest(results.flat().map(({ constant }) => constant)),
    ),
    ...gaborCells(frame),
  ];
}

/** The deviation of the envelope of a Gabor function, as a share of the side. */
const gaborSigma = 6 / 64;

function gaborCells(frame: Settings["deformation"]["frame"]): Cell[] {
  const jobs = gaborFrequencies.map((frequency, index) =>
    job("deformGabor", {
      id: `deformation/gabor/${index}`,
      parameters: { frame, sizes: [...gaborSizes], sigma: gaborSigma * frame.side, frequency },
    })
  );
  const highest = [jobs.at(-1)!];
  const growth = (distances: readonly number[]): Measurement => {
    const { slope, standardError } = exponent(gaborFrequencies, distances);
    return { values: [slope], standardError };
  };
  const alongSizes = (distances: readonly number[], less: number): Measurement => {
    const { slope, standardError } = exponent(gaborSizes, distances);
    return { values: [slope - less], standardError };
  };
  return [
    cell(gaborCell("scattering", "exponent"), highest, ([found]) => alongSizes(found!.scattering, 1)),
    cell(gaborCell("fourier", "exponent"), highest, ([found]) => alongSizes(found!.fourier, 0)),
    cell(
      gaborCell("fourier", "saturation"),
      highest,
      ([found]) => extreme(found!.fourier.at(-1)! - Math.SQRT2),
    ),
    cell(
      gaborCell("scattering", "growth"),
      jobs,
      (results) => growth(results.map(({ scattering }) => scattering[0]!)),
    ),
    ...(["scattering", "fourier"] as const).map((representation) =>
      cell(
        gaborCell(representation, "constant"),
        jobs,
        (results) =>
          largest(
            results.flatMap((found) => found[representation].map((value, n) => value / gaborSizes[n]!)),
          ),
      )
    ),
    cell(
      gaborCell("fourier", "growth"),
      jobs,
      (results) => growth(results.map(({ fourier }) => fourier[0]!)),
    ),
  ];
}
