/**
 * What the theory of scattering transforms states (Mallat 2012, and the lecture slides on it), tried where it could fail. README.md
 * says what is measured and what was chosen.
 *
 * @module
 */
import { power } from "../../src/numeric/linalg/power.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { photographClasses } from "../../src/data/sources/photographs.ts";
import type { Source } from "../../src/data/sources/source.ts";
import {
  type Cell,
  cell,
  type DatasetListing,
  type Job,
  jobMaker,
  type Measurement,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import {
  commutatorCell,
  commutatorSizes,
  contractionCell,
  decayCell,
  decayScales,
  deformationCell,
  envelopeCell,
  envelopeScales,
  factorShifts,
  gaborCell,
  gaborFrequencies,
  gaborSizes,
  kinds,
  L,
  limitScales,
  shifts,
  side,
  textureCell,
  translationCell,
  translationScales,
  warpSizes,
} from "./cells.ts";
import { figures } from "./figures.ts";
import { torusWarps } from "./method/commutator.ts";
import type { SoughtPair } from "./method/contraction.ts";
import type { EnergiesLeft } from "./method/energies.ts";
import {
  photographFiles,
  photographNames,
  type PictureReading,
  textureNames,
  textureSource,
} from "./method/pictures.ts";
import { type FieldKind, jackknifeError, type Separation } from "./method/second_layer.ts";
import { exponent } from "./method/exponent.ts";
import { translationBound } from "./method/translation.ts";
import { warpNames } from "./method/warps.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { SearchResult, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Pictures with the name of the jobs that read them. */
interface NamedPictures {
  readonly name: string;
  readonly pictures: Source<PictureReading>;
}

/** The pictures of a profile, by kind. */
interface Pictures {
  readonly photographs: readonly NamedPictures[];
  readonly textures: readonly NamedPictures[];
  readonly digits: readonly NamedPictures[];
}

/** The theory as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "scattering_theory",
  paper: {
    title: "Group Invariant Scattering",
    authors: ["Stéphane Mallat"],
    year: 2012,
    venue: "Communications on Pure and Applied Mathematics 65(10), 1331-1398",
    arxiv: "1101.2286",
    doi: "10.1002/cpa.21413",
  },
  statement:
    "Scattering contracts distances, keeps the norm, becomes invariant to translations and stays stable to deformations.",
  datasets: ["caltech-101", "images", "textures", "mnist"],
  profiles,
  figures,

  plan({ settings, dataset }) {
    const pictures = choosePictures(settings, dataset("caltech-101"));
    return {
      cells: [
        ...contractionCells(settings),
        ...normCells(settings, pictures),
        ...decayCells(pictures),
        ...translationCells(pictures),
        ...deformationCells(settings, pictures),
        ...commutatorCells(settings),
        ...envelopeCells(pictures),
        ...secondLayerCells(settings),
        ...filterBankCells(settings),
      ],
      figureJobs: figureJobs(),
    };
  },
};

/** Photographs of both data sets, textures and digits. */
function choosePictures(
  { photographs, textures, digits, standIns }: Settings,
  caltech: DatasetListing,
): Pictures {
  const classes = photographClasses(caltech, { imagesPerClass: 1, standIns });
  const count = Math.min(photographs.classes, classes.length);
  const chosen = Array.from({ length: count }, (_, i) => classes[Math.floor((i * classes.length) / count)]!);
  return {
    photographs: [
      ...photographNames.slice(0, photographs.images).map((name) => ({
        name,
        pictures: photographFiles([name]),
      })),
      ...chosen.map(({ name, photographs }) => ({ name: `caltech-101/${name}`, pictures: photographs })),
    ],
    textures: textureNames.slice(0, textures).map((name) => ({ name, pictures: textureSource([name]) })),
    digits: [{ name: "digits", pictures: mnist.test.first(digits) }],
  };
}

/** The mean over images, with its standard error. */
function overImages(values: readonly number[]): Measurement {
  const standardError = standardErrorOfMean(values);
  return {
    values: [mean(values)],
    ...standardError === null ? {} : { standardError, unitOfError: "image" },
  };
}

/** A largest or smallest value: one value without a standard error. */
function extreme(value: number): Measurement {
  return { values: [value] };
}

function largest(values: readonly number[]): Measurement {
  return extreme(Math.max(...values));
}

// Contraction

function contractionCells({ contraction: { spline, morlet, starts, search }, digits }: Settings): Cell[] {
  const ofBank = (bank: "spline" | "kymatio", size: typeof spline, starts: number) => {
    const parameters = (kind: string) => ({ bank, ...size, search, starts, kind });
    const sources = {
      photographs: photographFiles(photographNames.slice(0, starts)),
      textures: textureSource(textureNames.slice(-starts)),
      digits: mnist.test.first(digits),
    };
    const id = (kind: string) => `contraction/${bank}/${kind}`;
    return {
      photographs: job("seekPairs", {
        id: id("photographs"),
        parameters: parameters("photographs"),
        reads: { pictures: sources.photographs },
      }),
      textures: job("seekPairs", {
        id: id("textures"),
        parameters: parameters("textures"),
        reads: { pictures: sources.textures },
      }),
      digits: job("seekPairs", {
        id: id("digits"),
        parameters: parameters("digits"),
        reads: { pictures: sources.digits },
      }),
      fields: job("seekPairsOfFields", { id: id("fields"), parameters: parameters("fields") }),
    };
  };
  const searches = ofBank("spline", spline, starts);
  const everySearch = kinds.map((kind) => searches[kind]);
  const { photographs, fields } = ofBank("kymatio", morlet, 1);
  const morletSearches = [photographs, fields];
  const ratios = (results: readonly SearchResult[], of: (pair: SoughtPair) => boolean = () => true) =>
    Math.max(...results.flatMap(({ pairs }) => pairs.filter(of).map(({ ratio }) => ratio)));
  return [
    ...kinds.map((kind) =>
      cell(contractionCell(kind), [searches[kind]], (results) => extreme(ratios(results)))
    ),
    cell(
      "contraction/spline/zero-mean",
      everySearch,
      (results) => extreme(ratios(results, ({ anyMean }) => !anyMean)),
    ),
    cell("order/contraction/random-sought", everySearch, (results) =>
      extreme(
        Math.max(...results.map(({ largestOfPairs }) => largestOfPairs)) -
          ratios(results, ({ anyMean }) => !anyMean),
      )),
    cell(
      "contraction/spline/convergence",
      everySearch,
      (results) => largest(results.flatMap(({ pairs }) => pairs.map(({ lateChange }) => lateChange))),
    ),
    cell("contraction/morlet/largest", morletSearches, (results) => extreme(ratios(results))),
    cell("contraction/morlet/bound", morletSearches, (results) =>
      extreme(
        ratios(results) /
          power(
            Math.max(...results.map(({ littlewoodPaley }) => littlewoodPaley)),
            (search.maxOrder + 1) / 2,
          ),
      )),
  ];
}

// Norm

function normCells({ norm }: Settings, { photographs, textures, digits }: Pictures): Cell[] {
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

// Decay

/** ||U[m + 1]||^2 / ||U[m]||^2. */
function rate(left: EnergiesLeft, m: number): number {
  return left[m + 1]! / left[m]!;
}

function decayCells({ photographs }: Pictures): Cell[] {
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

// Translation

function translationCells({ photographs, textures }: Pictures): Cell[] {
  const parameters = { side, L, scales: [...translationScales], shifts: [...shifts] };
  const jobs = [...photographs, ...textures].map(({ name, pictures }) =>
    job("translate", { id: `translation/${name}`, parameters, reads: { pictures } })
  );
  // At 2^J = side the grid has no frequency where the bound is steepest.
  const local = translationScales.filter((J) => 2 ** J < side);
  const waves = job("translateWaves", {
    id: "translation/waves",
    parameters: { ...parameters, scales: local },
  });
  const coarsest = translationScales.length - 1;
  return [
    ...shifts.map((shift, s) =>
      cell(
        translationCell(shift),
        jobs,
        (results) => largest(results.flat().map(({ averaged }) => averaged[coarsest]![s]!)),
      )
    ),
    ...factorShifts.map((shift) => {
      const s = shifts.indexOf(shift);
      // From 2^J = twice the shift to 2^6: at 2^7 = side the average of periodic pixels is nearly exact.
      const used = translationScales.flatMap((J, n) => 2 ** J >= 2 * shift && 2 ** J < side ? [n] : []);
      const octaves = used.length - 1;
      return cell(
        `translation/factor/shift=${shift}`,
        jobs,
        (results) =>
          overImages(
            results.flat().map(({ averaged }) =>
              Math.exp(Math.log(averaged[used.at(-1)!]![s]! / averaged[used[0]!]![s]!) / octaves)
            ),
          ),
      );
    }),
    cell(
      "translation/monotone",
      jobs,
      (results) =>
        largest(
          results.flat().flatMap(({ averaged }) =>
            averaged.slice(1).flatMap((atJ, n) => atJ.map((distance, s) => distance / averaged[n]![s]!))
          ),
        ),
    ),
    cell("translation/bound", { jobs, waves: [waves] }, ({ jobs, waves }) =>
      largest([
        ...jobs.flat().flatMap(({ averaged }) =>
          averaged.flatMap((atJ, n) =>
            atJ.map((distance, s) => distance / translationBound(translationScales[n]!, shifts[s]!))
          )
        ),
        ...waves.flat(),
      ])),
    cell("translation/bound-reached", [waves], (results) => largest(results.flat())),
    cell(
      "translation/control/unaveraged",
      jobs,
      (results) => overImages(results.flat().map(({ unaveraged }) => unaveraged[shifts.indexOf(4)]!)),
    ),
  ];
}

// Deformation

function deformationCells(
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

// Commutator

function commutatorCells({ commutator: { frame, iterations, windowIterations } }: Settings): Cell[] {
  const band = Math.PI / 2;
  const bySize = torusWarps.map((warp) => ({
    warp,
    jobs: commutatorSizes.map((size) =>
      job("commute", {
        id: `commutator/${warp}/${size}`,
        parameters: { frame, filters: "wavelets", warp, size, band, iterations },
      })
    ),
  }));
  const inBands = (filters: "wavelets" | "windows", steps: number) =>
    [band, band / 2].map((band, octave) =>
      job("commute", {
        id: `commutator/${filters}/band-${octave}`,
        parameters: { frame, filters, warp: "dilation", size: 0.05, band, iterations: steps },
      })
    );
  const wavelets = inBands("wavelets", iterations);
  const windows = inBands("windows", windowIterations);
  const growth = (jobs: readonly Job<{ readonly norm: number }>[], id: string) =>
    cell(id, jobs, ([whole, half]) => extreme(whole!.norm / half!.norm));
  return [
    ...bySize.flatMap(({ warp, jobs }) => [
      cell(commutatorCell(warp, "exponent"), jobs, (results) => {
        const { slope, standardError } = exponent(commutatorSizes, results.map(({ norm }) => norm));
        return { values: [slope - 1], standardError };
      }),
      cell(
        commutatorCell(warp, "constant"),
        jobs,
        (results) => largest(results.map(({ norm }, n) => norm / commutatorSizes[n]!)),
      ),
    ]),
    cell(
      "commutator/convergence",
      [...bySize.flatMap(({ jobs }) => jobs), ...wavelets],
      (results) => largest(results.map(({ lateChange }) => lateChange)),
    ),
    growth(wavelets, "commutator/wavelets/growth"),
    growth(windows, "commutator/window/growth"),
  ];
}

// Limit and envelope

function envelopeCells({ photographs }: Pictures): Cell[] {
  const parameters = { side, L, scales: [...limitScales], waveletScales: envelopeScales.length };
  const jobs = photographs.map(({ name, pictures }) =>
    job("measureEnvelope", { id: `envelope/${name}`, parameters, reads: { pictures } })
  );
  const limit = (J: typeof limitScales[number]) =>
    cell(
      `limit/J=${J}`,
      jobs,
      (results) => overImages(results.flat().map(({ fromLimit }) => fromLimit[limitScales.indexOf(J)]!)),
    );
  const from = limitScales.indexOf(4);
  const to = limitScales.indexOf(6);
  return [
    limit(7),
    limit(4),
    cell(
      "limit/factor",
      jobs,
      (results) =>
        overImages(
          results.flat().map(({ fromLimit }) =>
            Math.exp(Math.log(fromLimit[to]! / fromLimit[from]!) / (to - from))
          ),
        ),
    ),
    cell(
      "limit/control/linear",
      jobs,
      (results) => overImages(results.flat().map(({ withoutModulus }) => withoutModulus)),
    ),
    ...envelopeScales.flatMap((j) => [
      cell(
        envelopeCell(j, "modulus"),
        jobs,
        (results) => overImages(results.flat().map(({ shares }) => shares[j]!.modulus)),
      ),
      cell(
        envelopeCell(j, "real"),
        jobs,
        (results) => overImages(results.flat().map(({ shares }) => shares[j]!.real)),
      ),
      cell(
        `order/envelope/j=${j}/rectified-modulus`,
        jobs,
        (results) =>
          overImages(results.flat().map(({ shares }) => shares[j]!.rectified - shares[j]!.modulus)),
      ),
    ]),
  ];
}

// Second layer

/** How many Gaussian fields take the place of a texture. */
const gaussianTextures = 9;

function secondLayerCells({ secondLayer }: Settings): Cell[] {
  const withError = (found: Separation, of: (rho: readonly [number, number]) => number): Measurement => ({
    values: [of(found.rho)],
    standardError: jackknifeError(found.without.map(of)),
    unitOfError: "draw",
  });
  const told = (kind: FieldKind) => {
    const parameters = { ...secondLayer, kind, L };
    const gaussian = Array.from({ length: gaussianTextures }, (_, seed) =>
      job("tellGaussian", {
        id: `second-layer/${kind}/field-${seed}`,
        parameters: { ...parameters, seed: 1 + 2 * seed },
      }));
    const textures = textureNames.map((name) => ({
      name,
      texture: job("tellTexture", {
        id: `second-layer/${kind}/${name}`,
        parameters: { ...parameters, name },
        reads: { pictures: textureSource([name]) },
      }),
    }));
    return [
      ...textures.flatMap(({ name, texture }) => [
        cell(textureCell(name, kind, 1), [texture], ([found]) => withError(found!, ([first]) => first)),
        cell(textureCell(name, kind, 2), [texture], ([found]) => withError(found!, ([, second]) => second)),
        ...kind === "gaussian"
          ? [
            cell(`order/second-layer/${name}/rho1-rho2`, [texture], ([found]) =>
              withError(found!, ([first, second]) =>
                first - second)),
          ]
          : [],
      ]),
      ...([1, 2] as const).map((m) =>
        cell(textureCell("gaussian", kind, m), gaussian, (results) => {
          // Phases alone leave 1, of which the claim is how far it is away.
          const expected = kind === "gaussian" ? 0 : 1;
          return { values: results.map(({ rho }) => rho[m - 1]! - expected), unitOfError: "draw" };
        })
      ),
    ];
  };
  return [...told("gaussian"), ...told("phases")];
}

// Filter bank

function filterBankCells({ norm: { frame } }: Settings): Cell[] {
  const banks = job("tryFilterBanks", {
    id: "filter-bank",
    parameters: { length: 1024, frame },
    reads: { pictures: photographFiles([photographNames[0]]) },
  });
  const error = (id: string, of: keyof Awaited<ReturnType<typeof tasks.tryFilterBanks>>) =>
    cell(id, [banks], ([found]) => extreme(found![of]));
  return [
    error("filter-bank/spline/reconstruction", "reconstruction"),
    error("filter-bank/spline/energy", "energy"),
    error("filter-bank/spline/direct", "direct"),
    error("filter-bank/frame/reconstruction", "frame"),
    error("filter-bank/control/truncated", "truncated"),
    error("filter-bank/control/morlet", "morlet"),
  ];
}

/** What figures show beside the measurements. */
function figureJobs(): Job[] {
  const pictures = photographFiles([photographNames[0]]);
  return [
    job("propagate", { id: "figure/propagator", parameters: { side: 64, J: 3, L }, reads: { pictures } }),
    job("layerSignal", { id: "figure/signal", parameters: { side: 256, J: 5, L }, reads: { pictures } }),
  ];
}
