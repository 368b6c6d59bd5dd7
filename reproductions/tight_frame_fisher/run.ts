/**
 * The trainings behind the tables: two-layer networks of a tight frame, and networks behind a scattering. Each gives what the
 * network gets wrong, and the Fisher ratio of its representation.
 *
 * @module
 */
import { classFeatures } from "../../src/classify/fisher/class_features.ts";
import { fisherRatio } from "../../src/classify/fisher/fisher_ratio.ts";
import type { Blocks } from "../../src/classify/fisher/moments_without_block.ts";
import { countMistakes, type Mistakes } from "../../src/classify/mistakes.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { ImageReading } from "../../src/data/sources/labelled_image_sources.ts";
import { fit } from "../../src/nn/fit.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { describeImages, imagesBetween, representInBatches } from "./method/describe_images.ts";
import { discriminantPlane, type Plane } from "./method/discriminant_plane.ts";
import { type FisherReports, reportFisher, reportFloor, reportTest } from "./method/fisher_report.ts";
import { type FrameMethod, FrameNetwork } from "./method/frame_network.ts";
import { type FrameReport, reportFrame } from "./method/frame_report.ts";
import { layerSpectrum } from "./method/frame_spectrum.ts";
import { loadImages, type SetName } from "./method/image_sets.ts";
import { represent, representByClass } from "./method/represent.ts";
import { imageInput, scatteringInput } from "./method/scattering_input.ts";
import { type Block, ScatteringNetwork } from "./method/scattering_network.ts";
import { type TrainingChoices, trainingProtocol } from "./method/training_protocol.ts";

/** The images of a training. */
export type Readings = Readonly<Record<"train" | "test", ImageReading>>;

/** What was measured after an epoch. */
export interface CurvePoint {
  /** Test images in another class than their own. */
  readonly errors: number;
  /** The Fisher ratio of the test images; `null` where it was not measured. */
  readonly fisher: number | null;
}

/** What is found of every network. */
export interface SeparationResult {
  /** The images that it was trained on. */
  readonly set: SetName;
  /** Which test images it puts into another class than their own. */
  readonly mistakes: Mistakes;
  /** Of the representation. */
  readonly fisher: FisherReports;
  /** By epoch, from the untrained network on. */
  readonly curve: readonly CurvePoint[];
}

/** What both kinds of networks leave to a profile. */
export interface SeparationChoices extends TrainingChoices {
  /** Blocks of test images that the standard error of the Fisher ratio leaves out. */
  readonly jackknife: Blocks;
  /** Of which parts of the test images the ratio is taken as well: 2 for every second one of each class. */
  readonly parts: readonly number[];
}

/** The two-layer networks of the tables by the name of their row; the last one is ReLU with the authors' beta from start to end. */
export type FrameRowName = FrameMethod | "relu-authors-beta";

/** A choice of a two-layer network. */
export interface FrameChoices extends SeparationChoices {
  /** The representation: x itself, or F^T rho(F x) with one of the thresholds. */
  readonly method: FrameMethod;
  /** p; the authors take 2048 on MNIST and 8192 on CIFAR-10. 0 for x, which has no frame. */
  readonly atoms: number;
  /** Epochs between two Fisher ratios of the learning curve. */
  readonly fisherEvery: number;
}

/** Which two-layer network is trained. */
export interface FrameParameters extends FrameChoices {
  /** Its images. */
  readonly set: SetName;
  /** Its name in the tables. */
  readonly row: FrameRowName;
  /** Of all that is random. */
  readonly seed: number;
}

/** What is found of a two-layer network. */
export interface FrameResult extends SeparationResult {
  /** Its name in the tables. */
  readonly row: FrameRowName;
  /** `null` for x. */
  readonly frame: FrameReport | null;
  /** The test images in the plane of their two leading discriminants. */
  readonly plane: Plane;
}

/** What of the authors' JCoScat a full run reduces. */
export type Reduction = "channels" | "atoms" | "epochs";

/**
 * The networks behind a scattering by the name of their row: J = 3 or 4, the same with one concentration, and one concentration at each
 * scale; and the last with one of its reductions halved.
 */
export type ScatteringRowName = "scat" | "scat-J4" | "1coscat" | "jcoscat" | `jcoscat-${Reduction}-x2`;

/** A choice of a network behind a scattering. */
export interface ScatteringChoices extends SeparationChoices {
  /** J of the fixed scattering; `null` where each block starts with a phase scattering instead. */
  readonly J: number | null;
  /** What is learned, from the input on. */
  readonly blocks: readonly Block[];
  /** Of so many training images the Fisher ratio is taken as well; 0 for none. */
  readonly fisherOnTraining: number;
}

/** Which network behind a scattering is trained. */
export interface ScatteringParameters extends ScatteringChoices {
  /** Its images. */
  readonly set: SetName;
  /** Its name in the tables. */
  readonly row: ScatteringRowName;
  /** Of all that is random. */
  readonly seed: number;
}

/** What is found of a network behind a scattering. */
export interface ScatteringResult extends SeparationResult {
  /** Its name in the tables. */
  readonly row: ScatteringRowName;
  /** The operator norm of F^T F - Id of each frame, from the input on. */
  readonly tightness: readonly number[];
}

/** Trains a two-layer network and measures what it separates. */
async function runFrame(
  { parameters, reads }: TaskInput<FrameParameters, Readings>,
  context: RunContext,
): Promise<FrameResult> {
  const { set, row, method, seed, epochs, fisherEvery } = parameters;
  const training = await loadImages(set, reads.train, context);
  const test = await loadImages(set, reads.test, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const network = new FrameNetwork(parameters);
    const { records } = await fit({
      ...trainingProtocol(parameters, network, training, context),
      record: (epoch): CurvePoint | undefined => {
        if (epoch === epochs) return undefined; // measured below, with all else
        const { features, mistakes } = represent(network, test);
        // That of x is the same after every epoch.
        const due = method !== "x" && epoch % fisherEvery === 0;
        return {
          errors: countMistakes(mistakes),
          fisher: due ? fisherRatio(classFeatures(features)).ratio : null,
        };
      },
    });

    const { features, mistakes } = represent(network, test);
    const { test: fisherOnTest, discriminants } = reportTest(features, parameters);
    return {
      set,
      row,
      mistakes,
      fisher: {
        test: fisherOnTest,
        train: reportFisher(representByClass(network, training)),
        floor: reportFloor(features, context.rng(`tight_frame_fisher/floor/${set}`, seed)),
      },
      frame: reportFrame(network, test, context.rng(`tight_frame_fisher/pairs/${set}`, seed)),
      curve: curveOf(records, { errors: countMistakes(mistakes), fisher: fisherOnTest.ratio }),
      plane: discriminantPlane(features, discriminants.directions(2)),
    };
  } finally {
    backend.dispose();
  }
}

/** Trains a network behind a scattering and measures what it separates. */
async function runScattering(
  { parameters, reads }: TaskInput<ScatteringParameters, Readings>,
  context: RunContext,
): Promise<ScatteringResult> {
  const { set, row, seed, J, epochs, fisherOnTraining } = parameters;
  const training = await loadImages(set, reads.train, context);
  const test = await loadImages(set, reads.test, context);
  const backend = await startBackend({ threads: context.threads });
  const input = J === null ? imageInput(set) : scatteringInput(set, J, context.threads);
  try {
    const network = new ScatteringNetwork({ ...parameters, inputShape: input.shape, phases: J === null });
    const testInputs = await describeImages(input, test);
    // Images that no augmentation changes are described once.
    const protocol = parameters.augment
      ? trainingProtocol(parameters, network, training, context, input)
      : trainingProtocol(parameters, network, await describeImages(input, training), context);
    const { records } = await fit({
      ...protocol,
      record: (epoch): CurvePoint | undefined => {
        if (epoch === epochs) return undefined; // measured below, with all else
        return { errors: countMistakes(represent(network, testInputs).mistakes), fisher: null };
      },
    });

    const { features, mistakes } = represent(network, testInputs);
    const featuresOfTraining = fisherOnTraining === 0
      ? null
      : await representInBatches(network, input, imagesBetween(training, 0, fisherOnTraining));
    return {
      set,
      row,
      mistakes,
      fisher: {
        test: reportTest(features, parameters).test,
        floor: reportFloor(features, context.rng(`tight_frame_fisher/floor/${set}`, seed)),
        train: featuresOfTraining && reportFisher(classFeatures(featuresOfTraining)),
      },
      tightness: network.frames.map((frame) => layerSpectrum(frame).tightness),
      curve: curveOf(records, { errors: countMistakes(mistakes), fisher: null }),
    };
  } finally {
    input.dispose();
    backend.dispose();
  }
}

/** What was recorded of the epochs before the last one, and what was measured after that. */
function curveOf(records: readonly CurvePoint[], last: CurvePoint): CurvePoint[] {
  return [...records.map(({ errors, fisher }) => ({ errors, fisher })), last];
}

/** The kinds of training. */
export const tasks = { frame: runFrame, scattering: runScattering } satisfies Tasks;
