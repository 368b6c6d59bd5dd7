import type { Tensor } from "@tensorflow/tfjs-core";
import { phaseScattering } from "../../src/frames/phase_scattering.ts";
import { projection } from "../../src/frames/projection.ts";
import { type FrameLayer, tightFrame } from "../../src/frames/tight_frame.ts";
import { unitChannels } from "../../src/frames/unit_channels.ts";
import { batchNorm } from "../../src/nn/batch_norm.ts";
import { dense } from "../../src/nn/dense.ts";
import { inference, type LayerMaker } from "../../src/nn/layer.ts";
import { Network } from "../../src/nn/network.ts";
import { classes } from "./data.ts";
import { LearningCurve } from "./learning_curve.ts";
import { levels } from "./network.ts";
import { linearInit } from "./optimisation.ts";

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
 * The networks behind a scattering (authors' code, `scatnet` and `scatnetblockanalysis`): in each block batch norm without scale
 * and offset, 1 x 1 projection, unit channels and, where it has a frame, F^T rho(F x) with ReLU; then batch norm and a linear
 * classifier.
 */
export class ScatteringNetwork {
  /** What is trained. */
  readonly network: Network;
  /** What was measured while it was trained: part of its checkpoints. */
  readonly curve: LearningCurve;
  /** Layers of the representation; the others classify it. */
  readonly #depth: number;

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
    this.curve = new LearningCurve(epochs + 1);
    const classifier = [batchNorm(), dense(classes, { init: linearInit }), this.curve.layer];
    this.network = new Network(inputShape, [...representation, ...classifier], seed);
    this.#depth = representation.length;
  }

  /** The frames F, from the input on. */
  get frames(): FrameLayer[] {
    return this.network.layers.filter((layer) => "frame" in layer) as FrameLayer[];
  }

  /** Values of a representation. */
  get dimension(): number {
    return this.network.layers[this.#depth - 1]!.outputShape.reduce((product, side) => product * side, 1);
  }

  /** The representation of inputs, of which Fisher ratios are taken: unit vectors at each position, or F^T rho(F x) of such. */
  represent(x: Tensor): Tensor {
    return this.network.layers.slice(0, this.#depth).reduce(
      (value, layer) => layer.apply(value, inference),
      x,
    );
  }

  /** The classifier of a representation. */
  classify(representation: Tensor): Tensor {
    return this.network.layers.slice(this.#depth).reduce(
      (value, layer) => layer.apply(value, inference),
      representation,
    );
  }
}
