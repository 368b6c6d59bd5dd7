import { phaseScattering } from "../../src/frames/phase_scattering.ts";
import { projection } from "../../src/frames/projection.ts";
import { type FrameLayer, tightFrame } from "../../src/frames/tight_frame.ts";
import { unitChannels } from "../../src/frames/unit_channels.ts";
import { batchNorm } from "../../src/nn/batch_norm.ts";
import type { LayerMaker } from "../../src/nn/layer.ts";
import { levels } from "./network.ts";
import { RepresentationNetwork } from "./representation_network.ts";

/** One block: what is learned behind a scattering. */
export type Block = {
  /** Rows of the 1 x 1 projection P. */
  readonly channels: number;
  /** p of the 1 x 1 frame F behind it; 0 without one. */
  readonly atoms: number;
};

/** What a network is made of. */
export type Architecture = {
  /** Whether each block starts with a phase scattering; else the input is a scattering transform already. */
  readonly phases: boolean;
  readonly blocks: readonly Block[];
  /** Of the Parseval steps of P and F. */
  readonly beta: number;
};

/**
 * The networks behind a scattering (authors' code, `scatnet` and `scatnetblockanalysis`): in each block of Phi batch norm without
 * scale and offset, 1 x 1 projection, unit channels and, where it has a frame, F^T rho(F x) with ReLU.
 */
export class ScatteringNetwork extends RepresentationNetwork {
  /**
   * Makes the network with its starting values.
   *
   * @param inputShape Of one input: (height, width, channels).
   * @param epochs Points of the learning curve, less one.
   * @throws {RangeError} Where a projection has more channels than its input, or a frame fewer atoms than dimensions.
   */
  constructor(inputShape: readonly number[], architecture: Architecture, epochs: number, seed: number) {
    const { phases, blocks, beta } = architecture;
    const representation = blocks.flatMap(({ channels, atoms }): LayerMaker[] => [
      ...(phases ? [phaseScattering()] : []),
      batchNorm({ affine: false }),
      projection({ channels, beta }),
      unitChannels(),
      ...(atoms === 0 ? [] : [tightFrame({ atoms, kind: "relu", level: levels.relu, beta })]),
    ]);
    super(inputShape, representation, epochs, seed);
  }

  /** The frames F, from the input on. */
  get frames(): FrameLayer[] {
    return this.network.layers.filter((layer) => "frame" in layer) as FrameLayer[];
  }
}
