import { batchNorm } from "../../../src/nn/batch_norm.ts";
import type { LayerMaker } from "../../../src/nn/layer.ts";
import { levels } from "./frame_network.ts";
import { phaseScattering } from "./phase_scattering.ts";
import { projection } from "./projection.ts";
import { RepresentationNetwork } from "./representation_network.ts";
import { type FrameLayer, tightFrame } from "./tight_frame.ts";
import { unitChannels } from "./unit_channels.ts";

/** One block: what is learned behind a scattering. */
export interface Block {
  /** Rows of the 1 x 1 projection P. */
  readonly channels: number;
  /** p of the 1 x 1 frame F behind it; 0 without one. */
  readonly atoms: number;
}

/** What a {@linkcode ScatteringNetwork} is made of. */
export interface ScatteringNetworkOptions {
  /** Of one input: (height, width, channels). */
  readonly inputShape: readonly number[];
  /** Whether each block starts with a phase scattering; else the input is a scattering transform already. */
  readonly phases: boolean;
  /** From the input on. */
  readonly blocks: readonly Block[];
  /** Of the Parseval steps of P and F. */
  readonly beta: number;
  /** Of its starting values. */
  readonly seed: number;
}

/**
 * The networks behind a scattering (authors' code, `scatnet` and `scatnetblockanalysis`): in each block of Phi batch norm without
 * scale and offset, 1 x 1 projection, unit channels and, where it has a frame, F^T rho(F x) with ReLU.
 */
export class ScatteringNetwork extends RepresentationNetwork {
  /**
   * Makes the network with its starting values.
   *
   * @throws {RangeError} Where a projection has more channels than its input, or a frame fewer atoms than dimensions.
   */
  constructor({ inputShape, phases, blocks, beta, seed }: ScatteringNetworkOptions) {
    const representation = blocks.flatMap(({ channels, atoms }): LayerMaker[] => [
      ...(phases ? [phaseScattering()] : []),
      batchNorm({ affine: false }),
      projection({ channels, beta }),
      unitChannels(),
      ...(atoms === 0 ? [] : [tightFrame({ atoms, kind: "relu", level: levels.relu, beta })]),
    ]);
    super(inputShape, representation, seed);
  }

  /** The frames F, from the input on. */
  get frames(): FrameLayer[] {
    return this.network.layers.filter((layer) => "frame" in layer) as FrameLayer[];
  }
}
