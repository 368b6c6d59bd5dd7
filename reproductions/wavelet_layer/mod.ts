/**
 * Tanner's lecture: a fixed wavelet layer, a threshold and a learnt linear layer. What the threshold does for a classifier, what a
 * rectifier does, and that neither makes it invariant. README.md says what the slides leave open and what was chosen.
 *
 * @module
 */
import { cifar10, mnist } from "../../src/data/sources/labelled_image_sources.ts";
import type { OrthonormalWavelet } from "../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { type Job, jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import {
  digitCells,
  invarianceCells,
  type InvarianceJobs,
  type LearningJobs,
  nonlinearitiesOf,
  photographCells,
  plainWavelet,
  weightCells,
} from "./cells.ts";
import { learningJobId } from "./error_table.ts";
import { figures } from "./figures.ts";
import type { RepresentationName } from "./method/representations.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { LayerRun, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The shares of coefficients that thresholds keep: README.md. */
const keepOfDigits = { hard: 0.1, soft: 0.2 };
const keepOfPhotographs = { hard: 0.2, soft: 0.2 };

/** The L2 penalties that no table of the profiles has. */
const lambdaOfPhotographs = 0.1;
const lambdaOfInvariance = 7e-3;

/** From so many images on a job keeps every core busy: two of them at a time would take more than 1 GiB. */
const wideFrom = 10_000;

/** The fixed wavelet layer as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "wavelet_layer",
  paper: {
    title: "Theories of Deep Learning: What are we learning (lectures 11 and 12)",
    authors: ["Jared Tanner"],
    year: 2025,
    venue: "Lecture slides, C6.5, Mathematical Institute, University of Oxford",
  },
  statement:
    "A linear classifier behind a fixed orthonormal wavelet layer gains nothing from a threshold and much from a rectifier, and neither is invariant.",
  datasets: ["mnist", "cifar-10"],
  profiles,
  figures,

  plan({ settings, seeds }) {
    const { sizes, photographs, iterations, standIns } = settings;
    const digits = { train: mnist.train.all(standIns.train), test: mnist.test.all(standIns.test) };
    const grey = { train: cifar10.train.first(2 * photographs), test: cifar10.test.all(standIns.test) };
    const draws = Array.from({ length: seeds }, (_, draw) => draw);

    const learningJobs = (
      name: string,
      learning: { readonly n: number; readonly lambda: number; readonly keep: typeof keepOfDigits },
      wavelets: readonly OrthonormalWavelet[],
      samples: readonly number[],
      reads: typeof digits,
    ): LearningJobs => {
      const jobs = (wavelet: OrthonormalWavelet | null): Job<LayerRun[]>[] =>
        samples.map((draw) =>
          job("learn", {
            id: learningJobId(name, wavelet, draw),
            parameters: {
              ...learning,
              draw,
              iterations,
              wavelet,
              nonlinearities: wavelet === null ? ["identity"] : nonlinearitiesOf(wavelet),
            },
            reads,
            wide: learning.n >= wideFrom,
          })
        );
      return {
        pixels: jobs(null),
        wavelets: Object.fromEntries(wavelets.map((wavelet) => [wavelet, jobs(wavelet)])),
      };
    };

    const ofDigits = sizes.map(({ n, everySeed, lambda, wavelets }) => ({
      n,
      jobs: learningJobs(
        `mnist/n=${n}`,
        { n, lambda, keep: keepOfDigits },
        wavelets,
        everySeed ? draws : [0],
        digits,
      ),
    }));
    const ofPhotographs = learningJobs(
      "cifar10",
      { n: photographs, lambda: lambdaOfPhotographs, keep: keepOfPhotographs },
      [plainWavelet],
      [0],
      grey,
    );
    const { n, tested } = settings.invariance;
    const invarianceOf = (representation: RepresentationName) =>
      draws.map((draw) =>
        job("invariance", {
          id: `invariance/${representation}/draw=${draw}`,
          parameters: {
            n,
            draw,
            lambda: lambdaOfInvariance,
            iterations,
            keep: keepOfDigits,
            representation,
            tested,
          },
          reads: digits,
        })
      );
    const invarianceJobs: InvarianceJobs = {
      "pixels": invarianceOf("pixels"),
      "hard-haar": invarianceOf("hard-haar"),
      "split-db2": invarianceOf("split-db2"),
      "scattering": invarianceOf("scattering"),
    };
    const smallest = sizes[0]!;
    const weights = job("weights", {
      id: "weights",
      parameters: { n: smallest.n, draw: 0, lambda: smallest.lambda, iterations, keep: keepOfDigits },
      reads: { train: digits.train },
    });
    const example = job("example", {
      id: "example",
      parameters: { wavelet: plainWavelet, keep: keepOfDigits },
      reads: { test: digits.test },
    });
    return {
      cells: [
        ...ofDigits.flatMap(({ n, jobs }) => digitCells(n, jobs)),
        ...photographCells(ofPhotographs),
        ...weightCells([weights]),
        ...invarianceCells(invarianceJobs),
      ],
      figureJobs: [example, ...invarianceJobs["split-db2"]],
    };
  },
};
