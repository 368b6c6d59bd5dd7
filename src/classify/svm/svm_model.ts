import type { FeatureFrame } from "./feature_frame.ts";
import type { PointPanels } from "./packed_points.ts";

/**
 * A support vector machine of several classes with the kernel K(x, y) = exp(-gamma |x - y|^2): one decision for each
 * pair of classes, all on the same support vectors.
 */
export interface SvmModel {
  /** The labels that occur in the training set, ascending. */
  readonly labels: Uint8Array;
  /** Bound of the dual variables. */
  readonly C: number;
  /** Inverse squared width of the kernel. */
  readonly gamma: number;
  /** Where features are measured from. */
  readonly frame: FeatureFrame;
  /** Rows of the training set that are support vectors of a pair or more, class by class. */
  readonly supportVectors: Uint32Array;
  /** The support vectors, class by class, each class filled up to whole panels. */
  readonly points: PointPanels;
  /** For each class and one behind: its first panel. */
  readonly firstPanels: Int32Array;
  /**
   * y alpha of the support vectors: for each class, for every 8 other classes, `(support vectors, 8)`, 0 where a
   * support vector is none of that pair.
   */
  readonly coefficients: Float32Array;
  /** The constants b of the pairs (0, 1), (0, 2), ..., (1, 2), ...; labels by their number in `labels`. */
  readonly biases: Float64Array;
  /** Steps of all pairs. */
  readonly steps: number;
}
