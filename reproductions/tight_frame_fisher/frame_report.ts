import { abs, gather, mean, reshape, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { frameSpectrum } from "../../src/frames/frame_spectrum.ts";
import { largestExpansion } from "../../src/frames/largest_expansion.ts";
import { steepestNeighbours } from "../../src/frames/steepest_neighbours.ts";
import { inference } from "../../src/nn/layer.ts";
import { batchOf, type DataSet } from "../../src/nn/data_set.ts";
import type { RandomStream } from "../../src/random/random_stream.ts";
import type { FrameNetwork } from "./network.ts";

/** Images whose patches are sampled. */
const images = 500;
/** Pairs of each kind. */
const pairs = 2000;
/** How the near neighbour of a unit patch is looked for: at about this distance, in so many improvements of a random direction. */
const near = { radius: 0.1, steps: 10 };
/** Atoms that are shown. */
const shown = 64;

/** What is found out about a trained frame. */
export interface FrameReport {
  /** The operator norm of F^T F - Id. */
  readonly tightness: number;
  /** The largest deviation of an atom's norm from sqrt(d / p), as a part of it. */
  readonly rowNorm: number;
  /** The largest ||Phi(x) - Phi(y)|| / ||x - y|| over the sampled pairs of patches. */
  readonly contraction: number;
  /** The eigenvalues of F^T F, descending. */
  readonly spectrum: readonly number[];
  /** The atoms with the largest mean coefficient over the sampled patches, the leading one first. */
  readonly atoms: readonly (readonly number[])[];
}

/**
 * Looks at a trained frame. Pairs of unit patches: two of any images, and a patch with that near it towards which Phi expands most.
 *
 * @param data Where patches are taken from.
 */
export function reportFrame(
  network: FrameNetwork,
  data: DataSet,
  stream: RandomStream,
): FrameReport | undefined {
  const { frame } = network;
  if (frame === undefined) return undefined;
  const [p, d] = frame.frame.variable.shape as [number, number];
  const values = Float32Array.from(frame.frame.variable.dataSync());
  const { tightness, rowNormDeviation, eigenvalues } = frameSpectrum(values, d);
  const { x, labels } = batchOf(
    data,
    Array.from({ length: Math.min(images, data.labels.length) }, (_, i) => i),
  );
  const patches = tidy(() => reshape(network.network.layers[0]!.apply(x, inference), [-1, d]));
  const use = tidy(() => Array.from(mean(abs(frame.code(patches)), 0).dataSync()));
  const contraction = tidy(() => {
    const draw = () => {
      const rows = Int32Array.from({ length: pairs }, () => stream.integer(patches.shape[0]!));
      return gather(patches, rows as unknown as number[]) as Tensor;
    };
    const noise = tensor2d(Float32Array.from({ length: pairs * d }, () => stream.normal()), [pairs, d]);
    const [a, b, c] = [draw(), draw(), draw()];
    const f = (x: Tensor) => frame.apply(x, inference);
    return Math.max(
      largestExpansion(f, a, b),
      largestExpansion(f, c, steepestNeighbours(f, c, noise, near)),
    );
  });
  for (const tensor of [x, labels, patches]) tensor.dispose();
  const order = Array.from({ length: p }, (_, i) => i).sort((i, j) => use[j]! - use[i]!).slice(0, shown);
  return {
    tightness,
    rowNorm: rowNormDeviation,
    contraction,
    spectrum: Array.from(eigenvalues),
    atoms: order.map((row) => Array.from(values.subarray(row * d, (row + 1) * d), fourDigits)),
  };
}

/** Enough for a picture. */
function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}
