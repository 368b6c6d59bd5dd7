import type { RunContext } from "../../src/reproduction.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { classFeatures } from "../../src/frames/class_features.ts";
import { type FisherRatio, fisherRatio } from "../../src/frames/fisher_ratio.ts";
import { shuffledLabels } from "../../src/frames/shuffled_labels.ts";
import { isConstrained } from "../../src/frames/tight_frame.ts";
import { stepRate } from "../../src/nn/schedules.ts";
import { train } from "../../src/nn/train.ts";
import { augment } from "./augmentation.ts";
import { loadImages, type SetName } from "./data.ts";
import { discriminantPlane, type Plane } from "./discriminant_plane.ts";
import { type FrameReport, reportFrame } from "./frame_report.ts";
import type { CurvePoint } from "./learning_curve.ts";
import { FrameNetwork, type Method } from "./network.ts";
import { batchSize, learningRate, optimizer, rateDecay } from "./optimisation.ts";
import { represent, representByClass } from "./representation.ts";
import type { Settings } from "./settings.ts";

/** Steps between two checkpoints. */
const checkpointSteps = 200;

/** Which row. */
export interface RowParameters {
  readonly kind: "row";
  readonly set: SetName;
  readonly method: Method;
  readonly seed: number;
  readonly settings: Settings;
  /** Whether drawn images take the place of real ones. */
  readonly standIn: boolean;
}

/** A Fisher ratio as reported: test images, all directions above the cut, Sigma_B with 1/C. */
export type FisherReport = Omit<FisherRatio, "discriminants">;

/** What was found for a row. */
export interface RowResult {
  readonly kind: "row";
  readonly set: SetName;
  readonly method: Method;
  readonly errors: number;
  readonly tested: number;
  /** On the test images; on those of the training; on the test images with shuffled labels. */
  readonly fisher: {
    readonly test: FisherReport;
    readonly train: FisherReport;
    readonly floor: FisherReport;
  };
  readonly frame: FrameReport | null;
  /** By epoch, from the untrained network on. */
  readonly curve: readonly (CurvePoint | null)[];
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
  /** The test images in the plane of their two leading discriminants. */
  readonly plane: Plane;
}

/** Trains one network and measures what it separates. */
export async function measureRow(parameters: RowParameters, context: RunContext): Promise<RowResult> {
  const { set, method, seed, settings, standIn } = parameters;
  const { images, epochs, fisherEvery } = settings;
  const training = await loadImages(set, "train", images.train, standIn, context);
  const test = await loadImages(set, "test", images.test, standIn, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const network = new FrameNetwork(set, method, settings.atoms, settings.beta, epochs, seed);
    const constrained = network.network.layers.filter(isConstrained);
    const measureEpoch = (epoch: number) => {
      const { features, errors } = represent(network, test);
      // Of x it is the same after every epoch.
      const due = method !== "x" && epoch % fisherEvery === 0;
      network.curve.record(epoch, {
        errors,
        fisher: due ? fisherRatio(classFeatures(features)).ratio : null,
      });
    };
    measureEpoch(0);
    const perEpoch = Math.ceil(images.train / batchSize);
    const firstDecay = settings.decays[0]! * epochs * perEpoch;
    const losses = train(network.network, training, {
      epochs,
      batchSize,
      optimizer,
      rate: stepRate(learningRate, rateDecay, settings.decays),
      seed,
      ...(settings.augment ? { augment: (x, step) => augment(x, set, step, seed) } : {}),
      afterStep: (step) => {
        const strength = step < firstDecay ? 1 : settings.tightening;
        for (const layer of constrained) layer.constrain(strength);
      },
      progress: (step, steps) => {
        // The last epoch is measured below, together with all else.
        if (step % perEpoch === 0 && step < steps) measureEpoch(step / perEpoch);
        context.progress(step / steps);
      },
      checkpoint: { path: context.checkpoint, every: checkpointSteps, settings: JSON.stringify(parameters) },
    });

    const { features, errors } = represent(network, test);
    const { discriminants, ...onTest } = fisherRatio(classFeatures(features));
    const shuffled = shuffledLabels(features, context.rng(`tight_frame_fisher/floor/${set}`, seed));
    network.curve.record(epochs, { errors, fisher: onTest.ratio });
    return {
      kind: "row",
      set,
      method,
      errors,
      tested: test.labels.length,
      fisher: {
        test: onTest,
        train: report(fisherRatio(representByClass(network, training))),
        floor: report(fisherRatio(classFeatures(shuffled))),
      },
      frame: reportFrame(network, test, context.rng(`tight_frame_fisher/pairs/${set}`, seed)) ?? null,
      curve: network.curve.points,
      losses: Array.from(
        { length: epochs },
        (_, epoch) => meanOf(losses.slice(epoch * perEpoch, (epoch + 1) * perEpoch)),
      ),
      plane: discriminantPlane(features, discriminants.directions(2)),
    };
  } finally {
    backend.dispose();
  }
}

function report({ discriminants: _, ...rest }: FisherRatio): FisherReport {
  return rest;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
