import { dispose, tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Batches } from "../../../src/nn/batches.ts";
import type { LabelledBatch } from "../../../src/nn/data_set.ts";
import type { NetworkInput } from "./scattering_input.ts";

/** Steps that are described together: 107 MB of scattering coefficients. */
const stepsAhead = 20;

/**
 * Batches in which each image is replaced by its description. They are made some steps ahead and never held for all images: the
 * scattering of 50,000 images is 2 GB, and augmented images never come back.
 *
 * @param images The images of a step, with their classes.
 * @param input What describes them.
 * @param steps Of the whole training.
 */
export function describedBatches(
  images: (step: number) => LabelledBatch,
  input: NetworkInput,
  steps: number,
): Batches<LabelledBatch> {
  return {
    async *from(first) {
      for (let start = first; start < steps; start += stepsAhead) {
        const count = Math.min(stepsAhead, steps - start);
        yield* describe(Array.from({ length: count }, (_, i) => takeValues(images(start + i))), input);
      }
    },
  };
}

/** A batch before it is described. */
interface BatchValues {
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

function takeValues({ x, labels }: LabelledBatch): BatchValues {
  const values = {
    images: Float32Array.from(x.dataSync()),
    labels: Int32Array.from(labels.dataSync()),
  };
  dispose([x, labels]);
  return values;
}

/** Describes batches in one go; tensors are made as they are asked for. */
async function* describe(
  batches: readonly BatchValues[],
  input: NetworkInput,
): AsyncGenerator<LabelledBatch> {
  const all = new Float32Array(batches.reduce((sum, { images }) => sum + images.length, 0));
  let at = 0;
  for (const { images } of batches) {
    all.set(images, at);
    at += images.length;
  }
  const described = await input.describe(all);
  const size = input.shape.reduce((product, side) => product * side, 1);
  let next = 0;
  for (const { labels } of batches) {
    const values = described.subarray(next, next += labels.length * size);
    yield { x: tensor(values, [labels.length, ...input.shape]), labels: tensor1d(labels, "int32") };
  }
}
