import { dispose, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { batchOf, type DataSet } from "../../../src/nn/data_set.ts";
import { MiniBatches } from "../../../src/nn/mini_batches.ts";
import type { Network } from "../../../src/nn/network.ts";
import { train, type TrainingOptions } from "../../../src/nn/train.ts";
import type { NetworkInput } from "./scattering_input.ts";

/** Steps that are prepared together, and between two checkpoints: 107 MB of scattering coefficients. */
const pieceSteps = 20;

/** Options of {@linkcode trainInPieces}. */
export interface PieceOptions extends Omit<TrainingOptions, "augment" | "checkpoint"> {
  /** Changes the images of a step before they are described. */
  readonly augment?: (x: Tensor, step: number) => Tensor;
  /** Where an interrupted training goes on from; `settings` names it. */
  readonly checkpoint: { readonly path: string; readonly settings: string };
}

/** Inputs of one step. */
interface Prepared {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/**
 * Trains on descriptions of images that are made some steps ahead, so that those of all images are never held: the scattering of
 * 50,000 images is 2 GB, and augmented images never come back. The course is that of {@linkcode train}, whose mini-batches it
 * takes; between two pieces the training stands in its checkpoint.
 *
 * @param images The images, with their classes.
 * @param input What describes them.
 * @returns The loss of each step.
 */
export async function trainInPieces(
  network: Network,
  images: DataSet,
  input: NetworkInput,
  options: PieceOptions,
): Promise<number[]> {
  const { epochs, batchSize, seed, augment, checkpoint, stopAfter = Infinity } = options;
  const count = images.labels.length;
  const batches = new MiniBatches(count, batchSize, seed);
  const steps = Math.min(stopAfter, epochs * batches.perEpoch);
  // The training knows images by their number alone.
  const numbers = {
    shape: [1],
    inputs: Float32Array.from({ length: count }, (_, i) => i),
    labels: images.labels,
  };
  const run = (stopAfter: number, prepared: ReadonlyMap<number, Prepared>) =>
    train(network, numbers, {
      ...options,
      augment: (x, step) => {
        const { rows, values } = prepared.get(step)!;
        const wanted = x.dataSync();
        if (rows.some((row, i) => row !== wanted[i])) {
          throw new Error(`Cannot train at step ${step + 1}: other images were prepared than train() takes`);
        }
        return tensor(values, [rows.length, ...input.shape]);
      },
      checkpoint: { ...checkpoint, every: pieceSteps },
      stopAfter,
    });

  let losses = run(0, new Map());
  while (losses.length < steps) {
    const end = Math.min(steps, (Math.floor(losses.length / pieceSteps) + 1) * pieceSteps);
    losses = run(end, await prepare(losses.length, end));
  }
  return losses;

  async function prepare(first: number, end: number): Promise<Map<number, Prepared>> {
    const all = Array.from({ length: end - first }, (_, i) => batches.rowsOf(first + i));
    const size = images.inputs.length / count;
    const values = new Float32Array(all.reduce((sum, rows) => sum + rows.length, 0) * size);
    let at = 0;
    for (const [i, rows] of all.entries()) {
      const { x, labels } = batchOf(images, rows);
      const changed = augment?.(x, first + i) ?? x;
      values.set(changed.dataSync() as Float32Array, at);
      at += changed.size;
      dispose([x, labels, changed]);
    }
    const described = await input.describe(values);
    const length = input.shape.reduce((product, side) => product * side, 1);
    const prepared = new Map<number, Prepared>();
    let next = 0;
    for (const [i, rows] of all.entries()) {
      prepared.set(first + i, { rows, values: described.subarray(next, next += rows.length * length) });
    }
    return prepared;
  }
}
