import type { LabelledFeatures } from "../labelled_features.ts";
import { classFeatures } from "./class_features.ts";
import { defaultCut, type FisherRatio, ratioOfMoments } from "./fisher_ratio.ts";
import { type Blocks, momentsWithoutBlock } from "./moments_without_block.ts";
import { withinClassCovariance } from "./within_class_covariance.ts";
import { jackknifeError } from "../../numeric/statistics/jackknife_error.ts";

/** What leaving out one block of rows after the other gives. */
export interface Jackknife {
  /** Into how many blocks the rows are dealt out. */
  readonly blocks: number;
  /** The Fisher ratio without the first block, without the second one, and so on; at least two of them. */
  readonly ratios: readonly number[];
}

/**
 * The Fisher ratio of {@linkcode fisherRatio}, and those of the rows without one block after the other, each with a Cholesky factor,
 * pivots and a numerical rank of its own.
 *
 * @param data The features.
 * @param blocks Which blocks are left out.
 * @param cut As in {@linkcode fisherRatio}.
 * @throws {RangeError} As {@linkcode fisherRatio}, and where there are not as many blocks.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const features = Float32Array.of(-1, -1, 1, 1, 3, 3, 5, 5);
 * const data = { features, dimension: 1, labels: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1), classes: 2 };
 * // Without one of two equal halves it is the same.
 * const { whole, jackknife } = jackknifeFisherRatio(data, { blocks: 2, leftOut: 2 });
 * for (const ratio of jackknife.ratios) assertAlmostEquals(ratio, whole.ratio, 1e-12);
 * backend.dispose();
 * ```
 */
export function jackknifeFisherRatio(
  data: LabelledFeatures,
  blocks: Blocks,
  cut: number = defaultCut,
): { readonly whole: FisherRatio; readonly jackknife: Jackknife } {
  const moments = withinClassCovariance(classFeatures(data));
  const whole = ratioOfMoments(moments, cut);
  const ratios = Array.from(
    momentsWithoutBlock(data, moments, blocks),
    (left) => ratioOfMoments(left, cut).ratio,
  );
  return { whole, jackknife: { blocks: blocks.blocks, ratios } };
}

/**
 * The standard error of a Fisher ratio. Where the rows are not many times the features, it is too large rather than too small, and so is the
 * bootstrap, by far more: leaving out rows, or taking some twice, changes the inverse of a covariance as if there were fewer of them.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(fisherRatioError({ blocks: 3, ratios: [4.5, 3, 1.5] }), 3 / Math.sqrt(3), 1e-12);
 * ```
 */
export function fisherRatioError({ blocks, ratios }: Jackknife): number {
  return jackknifeError(ratios, blocks);
}

/**
 * The standard error of a difference of two Fisher ratios of the same rows: block by block, so that what both gain or lose by the
 * same rows does not count.
 *
 * @throws {RangeError} Where the two were not jackknifed with the same blocks.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lower = { blocks: 2, ratios: [1, 3] };
 * assertEquals(pairedJackknifeError(lower, { blocks: 2, ratios: [2, 4] }), 0);
 * ```
 */
export function pairedJackknifeError(lower: Jackknife, upper: Jackknife): number {
  const { blocks, ratios } = lower;
  if (blocks !== upper.blocks || ratios.length !== upper.ratios.length) {
    throw new RangeError(
      "Cannot compare Fisher ratios: both must leave out the same blocks: " +
        `${ratios.length} of ${blocks} and ${upper.ratios.length} of ${upper.blocks}`,
    );
  }
  return jackknifeError(ratios.map((ratio, block) => ratio - upper.ratios[block]!), blocks);
}
