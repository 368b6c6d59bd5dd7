import type { LabelledFeatures } from "../../src/classify/labelled_features.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { classFeatures } from "../../src/frames/class_features.ts";
import { frameSpectrum } from "../../src/frames/frame_spectrum.ts";
import { shuffledLabels } from "../../src/frames/shuffled_labels.ts";
import type { DataSet } from "../../src/nn/data_set.ts";
import { train } from "../../src/nn/train.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { classes, loadImages, type SetName } from "./data.ts";
import { type FisherReports, reportFisher } from "./fisher_report.ts";
import type { CurvePoint } from "./learning_curve.ts";
import { represent } from "./representation.ts";
import { imageInput, type NetworkInput, scatteringInput } from "./scattering_input.ts";
import { ScatteringNetwork } from "./scattering_network.ts";
import type { ScatteringMethod, ScatteringRow } from "./scattering_settings.ts";
import { trainInPieces } from "./scattering_training.ts";
import { trainingProtocol } from "./training_protocol.ts";

/** Images that are described together where nothing is trained. */
const described = 1000;
/** What beta is multiplied by from the first decay on, as on CIFAR-10 without a scattering. */
const tightening = 10;

/** Which row. */
export interface ScatteringParameters extends ScatteringRow {
  readonly kind: "scattering";
  readonly seed: number;
  /** Whether drawn images take the place of real ones. */
  readonly standIn: boolean;
}

/** What was found for a row. */
export interface ScatteringResult {
  readonly kind: "scattering";
  readonly set: SetName;
  readonly method: ScatteringMethod;
  readonly errors: number;
  readonly tested: number;
  /** Of the representation. */
  readonly fisher: FisherReports;
  /** The operator norm of F^T F - Id of each frame, from the input on. */
  readonly tightness: readonly number[];
  /** By epoch, from the untrained network on: errors alone. */
  readonly curve: readonly (CurvePoint | null)[];
}

/** Trains one network behind a scattering and measures what it separates. */
export async function runScattering(
  parameters: ScatteringParameters,
  context: RunContext,
): Promise<ScatteringResult> {
  const { set, method, seed, settings, standIn } = parameters;
  const { images, scales, epochs, fisherOnTraining } = settings;
  const test = await loadImages(set, "test", images.test, standIn, context);
  const training = await loadImages(set, "train", images.train, standIn, context);
  const backend = await startBackend({ threads: context.threads });
  const input = scales === null ? imageInput(set) : scatteringInput(set, scales, context.threads);
  try {
    const network = new ScatteringNetwork(input.shape, settings.architecture, epochs, seed);
    const testInputs = await describe(input, test);
    const measureEpoch = (epoch: number) =>
      network.curve.record(epoch, { errors: represent(network, testInputs).errors, fisher: null });
    measureEpoch(0);
    const choices = { ...parameters, settings: { ...settings, tightening } };
    const protocol = trainingProtocol(choices, network, context, measureEpoch);
    // Images that no augmentation changes are described once.
    if (settings.augment) await trainInPieces(network.network, training, input, protocol);
    else train(network.network, await describe(input, training), protocol);

    const { features, errors } = represent(network, testInputs);
    network.curve.record(epochs, { errors, fisher: null });
    const onTraining = fisherOnTraining === 0 ? null : await representInPieces(
      network,
      input,
      part(training, 0, fisherOnTraining),
    );
    const shuffled = shuffledLabels(features, context.rng(`tight_frame_fisher/floor/${set}`, seed));
    return {
      kind: "scattering",
      set,
      method,
      errors,
      tested: test.labels.length,
      fisher: {
        test: reportFisher(classFeatures(features)),
        floor: reportFisher(classFeatures(shuffled)),
        train: onTraining && reportFisher(classFeatures(onTraining)),
      },
      tightness: network.frames.map(({ frame: { variable } }) =>
        frameSpectrum(Float32Array.from(variable.dataSync()), variable.shape[1]!).tightness
      ),
      curve: network.curve.points,
    };
  } finally {
    input.dispose();
    backend.dispose();
  }
}

/** Images described some at a time, as inputs of a network. */
async function describe(input: NetworkInput, images: DataSet): Promise<DataSet> {
  const length = input.shape.reduce((product, side) => product * side, 1);
  const { labels } = images;
  const inputs = new Float32Array(labels.length * length);
  for (let start = 0; start < labels.length; start += described) {
    inputs.set(await input.of(part(images, start, start + described).inputs), start * length);
  }
  return { shape: input.shape, inputs, labels };
}

/** The representations of images whose descriptions need not be held at once. */
async function representInPieces(
  network: ScatteringNetwork,
  input: NetworkInput,
  images: DataSet,
): Promise<LabelledFeatures> {
  const { dimension } = network;
  const labels = images.labels as Uint8Array;
  const features = new Float32Array(labels.length * dimension);
  for (let start = 0; start < labels.length; start += described) {
    const piece = await describe(input, part(images, start, start + described));
    features.set(represent(network, piece).features.features, start * dimension);
  }
  return { features, dimension, labels, classes };
}

/** Images from one number to before another. */
function part({ shape, inputs, labels }: DataSet, from: number, to: number): DataSet {
  const size = inputs.length / labels.length;
  return { shape, inputs: inputs.subarray(from * size, to * size), labels: labels.subarray(from, to) };
}
