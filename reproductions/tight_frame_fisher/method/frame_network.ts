import type { LayerMaker } from "../../../src/nn/layer.ts";
import { imageSets, type SetName } from "./image_sets.ts";
import { averagePatches, unitPatches } from "./patch_layers.ts";
import { RepresentationNetwork } from "./representation_network.ts";
import type { ThresholdKind } from "./threshold.ts";
import { type FrameLayer, tightFrame } from "./tight_frame.ts";

/** What is classified linearly: the image itself, or F^T rho(F x) with one of the thresholds. */
export type FrameMethod = "x" | ThresholdKind;

/** The fixed thresholds in units of 1 / sqrt(p), the root mean square of a coefficient: the authors' code. */
export const levels: Readonly<Record<ThresholdKind, number>> = { soft: 1.5, relu: 1 };

/** What a {@linkcode FrameNetwork} is made of. */
export interface FrameNetworkOptions {
  /** Its images. */
  readonly set: SetName;
  /** The representation. */
  readonly method: FrameMethod;
  /** p; unused for x. */
  readonly atoms: number;
  /** Of the Parseval step. */
  readonly beta: number;
  /** Of its starting values. */
  readonly seed: number;
}

/** The two-layer network: Phi is the image itself, or F^T rho(F x) of its patches, averaged back to an image. */
export class FrameNetwork extends RepresentationNetwork {
  /** The frame; none for x. */
  readonly frame: FrameLayer | undefined;

  /**
   * Makes the network with its starting values.
   *
   * @throws {RangeError} Where p is below the dimension of a patch: not a frame.
   */
  constructor({ set, method, atoms, beta, seed }: FrameNetworkOptions) {
    const { shape, patches } = imageSets[set];
    const representation: LayerMaker[] = method === "x" ? [] : [
      unitPatches(patches),
      tightFrame({ atoms, kind: method, level: levels[method], beta }),
      averagePatches(patches, shape),
    ];
    super(shape, representation, seed);
    this.frame = method === "x" ? undefined : this.network.layers[1] as FrameLayer;
  }
}
