import { averagePatches, unitPatches } from "../../src/frames/patch_layers.ts";
import type { ThresholdKind } from "../../src/frames/threshold.ts";
import { type FrameLayer, tightFrame } from "../../src/frames/tight_frame.ts";
import type { Windows } from "../../src/frames/windows.ts";
import type { LayerMaker } from "../../src/nn/layer.ts";
import { type SetName, sets } from "./data.ts";
import { RepresentationNetwork } from "./representation_network.ts";

/** A row of the table: a linear classifier of the image itself, or of F^T rho(F x). */
export type Method = "x" | ThresholdKind;

/** 14 x 14 at every 7 pixels (9 patches of 196 values), 8 x 8 at every 4 (49 patches of 192): the authors' code. */
export const windowsOf: Readonly<Record<SetName, Windows>> = {
  mnist: { size: 14, stride: 7 },
  cifar10: { size: 8, stride: 4 },
};

/** The fixed thresholds in units of 1 / sqrt(p), the root mean square of a coefficient: the authors' code. */
export const levels: Readonly<Record<ThresholdKind, number>> = { soft: 1.5, relu: 1 };

/** The network of a row: Phi is the image itself, or F^T rho(F x) of its patches, averaged back to an image. */
export class FrameNetwork extends RepresentationNetwork {
  /** The frame; none for x. */
  readonly frame: FrameLayer | undefined;

  /**
   * Makes the network with its starting values.
   *
   * @param atoms p; unused for x.
   * @param beta Of the Parseval step.
   * @param epochs Points of the learning curve, less one.
   * @throws {RangeError} Where p is below the dimension of a patch: not a frame.
   */
  constructor(set: SetName, method: Method, atoms: number, beta: number, epochs: number, seed: number) {
    const { shape } = sets[set];
    const windows = windowsOf[set];
    const representation: LayerMaker[] = method === "x" ? [] : [
      unitPatches(windows),
      tightFrame({ atoms, kind: method, level: levels[method], beta }),
      averagePatches(windows, shape),
    ];
    super(shape, representation, epochs, seed);
    this.frame = method === "x" ? undefined : this.network.layers[1] as FrameLayer;
  }
}
