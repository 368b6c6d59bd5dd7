import type { RunContext } from "../../src/reproduction.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { classFeatures } from "../../src/frames/class_features.ts";
import { fisherRatio } from "../../src/frames/fisher_ratio.ts";
import { shuffledLabels } from "../../src/frames/shuffled_labels.ts";
import { train } from "../../src/nn/train.ts";
import { loadImages, type SetName } from "./data.ts";
import { discriminantPlane, type Plane } from "./discriminant_plane.ts";
import { type FisherReports, reportFisher } from "./fisher_report.ts";
import { type FrameReport, reportFrame } from "./frame_report.ts";
import type { CurvePoint } from "./learning_curve.ts";
import { FrameNetwork, type Method } from "./network.ts";
import { represent, representByClass } from "./representation.ts";
import type { Settings } from "./settings.ts";
import { trainingProtocol } from "./training_protocol.ts";

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

/** What was found for a row. */
export interface RowResult {
  readonly kind: "row";
  readonly set: SetName;
  readonly method: Method;
  readonly errors: number;
  readonly tested: number;
  readonly fisher: FisherReports;
  readonly frame: FrameReport | null;
  /** By epoch, from the untrained network on. */
  readonly curve: readonly (CurvePoint | null)[];
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
    const protocol = trainingProtocol(parameters, network, context, measureEpoch);
    train(network.network, training, protocol);

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
        train: reportFisher(representByClass(network, training)),
        floor: reportFisher(classFeatures(shuffled)),
      },
      frame: reportFrame(network, test, context.rng(`tight_frame_fisher/pairs/${set}`, seed)) ?? null,
      curve: network.curve.points,
      plane: discriminantPlane(features, discriminants.directions(2)),
    };
  } finally {
    backend.dispose();
  }
}
