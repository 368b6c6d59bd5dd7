import { abs, gather, mean, reshape, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { batchOf, type DataSet } from "../../../src/nn/data_set.ts";
import { inference } from "../../../src/nn/layer.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import type { FrameNetwork } from "./frame_network.ts";
import { layerSpectrum } from "./frame_spectrum.ts";
import { largestExpansion } from "./largest_expansion.ts";
import { steepestNeighbours } from "./steepest_neighbours.ts";

/** Images whose patches are sampled. */
const images = 500;
/** Pairs of each kind. */
const pairs = 2000;
/** How the near neighbour of a unit patch is looked for: at about this distance, in so many improvements of a random direction. */
const near = { radius: 0.1, steps: 10 };
/** Atoms that are shown. */
const shown = 64;

/** What is found out about a trained frame that acts on patches. */
export interface FrameReport {
  /** The operator norm of F^T F - Id. */
  readonly tightness: number;
  /** The largest ||Phi(x) - Phi(y)|| / ||x - y|| over the sampled pairs of patches. */
  readonly contraction: number;
  /** The eigenvalues of F^T F, descending. */
  readonly spectrum: readonly number[];
  /** The atoms with the largest mean coefficient over the sampled patches, the leading one first. */
  readonly atoms: readonly (readonly number[])[];
}

/**
 * Looks at a trained frame. Pairs of unit patches are sampled: two of any images, and a patch with that near it towards which Phi
 * expands most.
 *
 * @param data Where patches are taken from.
 * @returns Nothing where the network has no frame.
 */
export function reportFrame(
  network: FrameNetwork,
  data: DataSet,
  stream: RandomStream,
): FrameReport | null {
  const { frame } = network;
  if (frame === undefined) return null;
  const [p, d] = frame.frame.variable.shape as [number, number];
  const { tightness, eigenvalues } = layerSpectrum(frame);
  const { x, labels } = batchOf(
    data,
    Array.from({ length: Math.min(images, data.labels.length) }, (_, i) => i),
  );
  const patches = tidy(() => reshape(network.network.layers[0]!.apply(x, inference), [-1, d]));
  const use = tidy(() => Array.from(mean(abs(frame.code(patches)), 0).dataSync()));
  const contraction = tidy(() => {
    const sample = () => {
      const rows = Int32Array.from({ length: pairs }, () => stream.integer(patches.shape[0]!));
      return gather(patches, rows as unknown as number[]) as Tensor;
    };
    const noise = tensor2d(Float32Array.from({ length: pairs * d }, () => stream.normal()), [pairs, d]);
    const a = sample();
    const b = sample();
    const c = sample();
    const f = (x: Tensor) => frame.apply(x, inference);
    return Math.max(
      largestExpansion(f, a, b),
      largestExpansion(f, c, steepestNeighbours(f, c, noise, near)),
    );
  });
  for (const tensor of [x, labels, patches]) tensor.dispose();
  const order = Array.from({ length: p }, (_, i) => i).sort((i, j) => use[j]! - use[i]!).slice(0, shown);
  const values = frame.frame.variable.dataSync() as Float32Array;
  return {
    tightness,
    contraction,
    spectrum: Array.from(eigenvalues),
    atoms: order.map((row) => Array.from(values.subarray(row * d, (row + 1) * d), fourDigits)),
  };
}

/** Enough for a picture. */
function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}
