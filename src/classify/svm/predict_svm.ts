import type { KernelRecord } from "../../compute/kernel_record.ts";
import { checkFeatures } from "../labelled_features.ts";
import { writeCentred } from "./feature_frame.ts";
import type { svmArguments } from "./kernel_arguments.ts";
import { DECISION_ROWS } from "./kernel_constants.ts";
import { allocatePoints, checkSquaredLength } from "./packed_points.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";
import type { SvmModel } from "./svm_model.ts";
import { vote } from "./vote.ts";

/** Rows that are computed in one go. */
const batchRows = DECISION_ROWS * 64;

/** What a model says of rows. */
export interface SvmPrediction {
  /** `(n)`: the class with the most votes of each row. */
  readonly labels: Uint8Array;
  /** `(n, pairs)`: the decisions of the pairs (0, 1), (0, 2), ..., (1, 2), ...; positive for the first class. */
  readonly decisions: Float64Array;
}

/**
 * Applies an SVM. Kernel values of rows and support vectors are computed once for all pairs, as products of matrices
 * on all threads.
 *
 * @param workspace What computes; not necessarily the one that the model was trained on.
 * @param model The SVM.
 * @param features `(n, dimension)`, row-major, of the dimension of the training set.
 * @throws {RangeError} Where the features are no whole number of rows or not finite.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { SvmWorkspace } from "./svm_workspace.ts";
 * import { SvmTrainer } from "./svm_trainer.ts";
 *
 * using workspace = await SvmWorkspace.start({ threads: 1 });
 * const data = { features: Float32Array.of(-1, 1), dimension: 1, labels: Uint8Array.of(3, 5), classes: 6 };
 * using trainer = new SvmTrainer(workspace, data, { gamma: 1 });
 * const { labels, decisions } = predictSvm(workspace, trainer.fit(1), Float32Array.of(-2, 0.5));
 * assert(labels[0] === 3 && decisions[0]! > 0 && labels[1] === 5 && decisions[1]! < 0);
 * ```
 */
export function predictSvm(workspace: SvmWorkspace, model: SvmModel, features: Float32Array): SvmPrediction {
  const dimension = model.frame.center.length;
  const count = checkFeatures(action, features, dimension);
  const classes = model.labels.length;
  const pairs = model.biases.length;
  const labels = new Uint8Array(count);
  const decisions = new Float64Array(count * pairs);
  const mark = workspace.mark();
  try {
    const batch = new DecisionBatch(workspace, model);
    for (let first = 0; first < count; first += batchRows) {
      const rows = Math.min(batchRows, count - first);
      const sums = batch.run(features.subarray(first * dimension, (first + rows) * dimension), rows);
      for (let row = 0; row < rows; row++) {
        const own = decisions.subarray((first + row) * pairs, (first + row + 1) * pairs);
        let pair = 0;
        for (let i = 0; i < classes; i++) {
          for (let j = i + 1; j < classes; j++, pair++) {
            own[pair] = sums(row, i, j) + sums(row, j, i) + model.biases[pair]!;
          }
        }
        labels[first + row] = model.labels[vote(own, classes)]!;
      }
    }
  } finally {
    workspace.release(mark);
  }
  return { labels, decisions };
}

const action = "apply the SVM";

/** A model in the memory of a workspace, with space for some rows. */
class DecisionBatch {
  readonly #workspace: SvmWorkspace;
  readonly #model: SvmModel;
  readonly #features: number;
  readonly #rows: number;
  readonly #norms: number;
  readonly #sums: number;
  readonly #arguments: (rows: number) => KernelRecord<typeof svmArguments.decide>;

  constructor(workspace: SvmWorkspace, model: SvmModel) {
    this.#workspace = workspace;
    this.#model = model;
    const { points, gamma, firstPanels, coefficients, labels } = model;
    this.#features = points.features;
    const packed = allocatePoints(workspace, points.norms.length, points.features, gamma);
    workspace.floats(packed.panels, points.panels.length).set(points.panels);
    workspace.floats(packed.norms, points.norms.length).set(points.norms);
    const panelTable = workspace.allocate(firstPanels.length * 4);
    workspace.words(panelTable, firstPanels.length).set(firstPanels);
    const factors = workspace.allocate(coefficients.length * 4);
    workspace.floats(factors, coefficients.length).set(coefficients);

    this.#rows = workspace.allocate(batchRows * points.features * 4);
    this.#norms = workspace.allocateZeros(batchRows * 4);
    const addresses = workspace.allocate(batchRows * 4);
    const table = workspace.words(addresses, batchRows);
    for (let row = 0; row < batchRows; row++) table[row] = this.#rows + row * points.features * 4;
    this.#sums = workspace.allocate(batchRows * this.#rowSums() * 8);
    this.#arguments = (count) => ({
      points: packed.pointer,
      rows: addresses,
      norms: this.#norms,
      count,
      classes: labels.length,
      firstPanels: panelTable,
      coefficients: factors,
      sums: this.#sums,
    });
  }

  /** Sums of a row: for each class those against all others, filled up to 8. */
  #rowSums(): number {
    const classes = this.#model.labels.length;
    return classes * Math.ceil(classes / 8) * 8;
  }

  /**
   * Computes the sums of some rows.
   *
   * @returns Gives of a row what the support vectors of class i add to the decision of classes i and j.
   */
  run(features: Float32Array, rows: number): (row: number, i: number, j: number) => number {
    const dimension = features.length / rows;
    const to = this.#workspace.floats(this.#rows, batchRows * this.#features);
    const norms = this.#workspace.floats(this.#norms, batchRows);
    for (let row = 0; row < rows; row++) {
      const values = features.subarray(row * dimension, (row + 1) * dimension);
      const squaredLength = writeCentred(this.#model.frame, values, to, row * this.#features, 1);
      norms[row] = checkSquaredLength(action, squaredLength);
    }
    this.#workspace.run("decide", Math.ceil(rows / DECISION_ROWS), this.#arguments(rows));
    const sums = this.#workspace.doubles(this.#sums, batchRows * this.#rowSums());
    const perRow = this.#rowSums();
    const perClass = perRow / this.#model.labels.length;
    return (row, i, j) => sums[row * perRow + i * perClass + j]!;
  }
}
