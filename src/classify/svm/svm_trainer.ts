import { checkLabelledFeatures, type LabelledFeatures } from "../labelled_features.ts";
import { ConvergenceError } from "./convergence_error.ts";
import { type FeatureFrame, fitFeatureFrame, writeCentred } from "./feature_frame.ts";
import { KernelStrips } from "./kernel_strips.ts";
import {
  allocatePoints,
  checkSquaredLength,
  type PackedPoints,
  paddedCount,
  panelPoints,
} from "./packed_points.ts";
import { type ClassBlock, PairProblem } from "./pair_problem.ts";
import { gatherModel } from "./gather_model.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";
import type { SvmModel } from "./svm_model.ts";

/** How an SVM is trained. */
export interface SvmOptions {
  /** Inverse squared width of the kernel exp(-gamma |x - y|^2). */
  readonly gamma: number;
  /** A pair is solved when its optimality conditions are violated by at most this; by default 1e-3, as in LIBSVM. */
  readonly tolerance?: number;
  /** Bytes of kernel values that are kept at most, 2^30 by default; enough for one working set are always kept. */
  readonly cacheBytes?: number;
  /** Steps after which a pair counts as not converging, 10^7 by default as in LIBSVM. */
  readonly maxSteps?: number;
}

/**
 * Trains support vector machines with the kernel exp(-gamma |x - y|^2) on one training set: one against one, a C-SVC
 * dual problem for each pair of classes (Chang and Lin, LIBSVM, ACM TIST 2, 2011).
 *
 * The problems of all pairs advance together. In each round every one chooses a working set, the strips of the kernel
 * matrix that they lack are computed at once as products of matrices (Wen et al., ThunderSVM, JMLR 19, 2018) and
 * kept for all pairs and for further rounds, and each problem takes steps of sequential minimal optimisation with
 * second-order selection (Fan, Chen and Lin, JMLR 6, 2005) on its working set. Every part runs on all threads; the
 * result does not depend on their number.
 *
 * Distances and kernel values are float32, everything else is float64. Points are not shrunk away, as they are in
 * LIBSVM: a strip serves all pairs of a class, so that leaving a point out of one pair saves no kernel value, and
 * the choice of working sets, which it would shorten, takes 2 to 10 % of the time.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { predictSvm } from "./predict_svm.ts";
 * import { SvmWorkspace } from "./svm_workspace.ts";
 *
 * using workspace = await SvmWorkspace.start({ threads: 1 });
 * const labels = Uint8Array.of(0, 1, 1, 0);
 * const exclusiveOr = { features: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), dimension: 2, labels, classes: 2 };
 * using trainer = new SvmTrainer(workspace, exclusiveOr, { gamma: 1 });
 * const model = trainer.fit(10);
 * assertEquals(predictSvm(workspace, model, exclusiveOr.features).labels, labels);
 * ```
 */
export class SvmTrainer {
  readonly #workspace: SvmWorkspace;
  readonly #mark: number;
  readonly #end: number;
  readonly #gamma: number;
  readonly #maxSteps: number;
  readonly #labels: Uint8Array;
  /** The row of each packed point, -1 for one that fills up a panel. */
  readonly #rows: Int32Array;
  readonly #blocks: readonly ClassBlock[];
  readonly #frame: FeatureFrame;
  readonly #points: PackedPoints;
  readonly #problems: readonly PairProblem[];
  readonly #strips: KernelStrips;
  readonly #list: number;

  /**
   * Takes the training set into the memory of a workspace.
   *
   * @param workspace What computes; SVMs in one workspace are disposed of in the reverse order of their making.
   * @param data The training set. A class without rows is never predicted.
   * @param options The width of the kernel, and limits.
   * @throws {RangeError} Where an option is out of its range, the data is not finite or not well-formed, fewer than
   *   two classes have rows, or the memory does not suffice.
   */
  constructor(workspace: SvmWorkspace, data: LabelledFeatures, options: SvmOptions) {
    const { gamma, tolerance = 1e-3, cacheBytes = 2 ** 30, maxSteps = 1e7 } = options;
    for (const [name, value] of Object.entries({ gamma, tolerance, cacheBytes, maxSteps })) {
      checkPositive(name, value);
    }
    checkLabelledFeatures(action, data);
    const labels = Uint8Array.from(new Set(data.labels)).sort();
    if (labels.length < 2) {
      throw new RangeError(
        `Cannot ${action}: there must be rows of at least 2 classes: current number is ${labels.length}`,
      );
    }
    this.#workspace = workspace;
    this.#mark = workspace.mark();
    this.#gamma = gamma;
    this.#maxSteps = maxSteps;
    this.#labels = labels;
    [this.#rows, this.#blocks] = sortByClass(data.labels, labels);
    this.#frame = fitFeatureFrame(data.features, data.dimension);
    try {
      this.#points = this.#pack(data);
      this.#problems = this.#pairs(tolerance);
      this.#list = workspace.allocate(this.#problems.length * 4);
      this.#strips = new KernelStrips(
        workspace,
        this.#points,
        this.#frame.varying.length,
        this.#blocks,
        cacheBytes,
      );
    } catch (error) {
      workspace.release(this.#mark);
      throw error;
    }
    this.#end = workspace.mark();
  }

  #pack(data: LabelledFeatures): PackedPoints {
    const features = this.#frame.varying.length;
    const points = allocatePoints(this.#workspace, this.#rows.length, features, this.#gamma);
    const panels = this.#workspace.floats(points.panels, this.#rows.length * features);
    const norms = this.#workspace.floats(points.norms, this.#rows.length);
    for (const [position, row] of this.#rows.entries()) {
      if (row < 0) continue;
      const lane = position % panelPoints;
      const values = data.features.subarray(row * data.dimension, (row + 1) * data.dimension);
      const offset = (position - lane) * features + lane;
      const squaredLength = writeCentred(this.#frame, values, panels, offset, panelPoints);
      norms[position] = checkSquaredLength(action, squaredLength);
    }
    return points;
  }

  #pairs(tolerance: number): PairProblem[] {
    const problems: PairProblem[] = [];
    for (let i = 0; i < this.#blocks.length; i++) {
      for (let j = i + 1; j < this.#blocks.length; j++) {
        problems.push(new PairProblem(this.#workspace, [i, j], this.#blocks, tolerance));
      }
    }
    return problems;
  }

  /**
   * Trains with one C. The solution for the last C is where it starts from, and the kernel values of that are still
   * there: so go through several C in ascending order.
   *
   * @param C Bound of the dual variables.
   * @throws {RangeError} Where C is not a positive number.
   * @throws {ConvergenceError} Where a pair does not reach the tolerance.
   */
  fit(C: number): SvmModel {
    checkPositive("C", C);
    if (this.#workspace.mark() !== this.#end) {
      throw new Error("Cannot train the SVM: it is disposed of, or a later one in its workspace is not");
    }
    for (const problem of this.#problems) problem.start(C);
    for (let open = this.#select(this.#problems); open.length > 0; open = this.#select(open)) {
      for (let rest = open; rest.length > 0;) {
        const batch = rest.slice(0, this.#strips.provide(rest));
        const before = batch.map((problem) => problem.steps());
        this.#run("solveWorkingSet", batch);
        for (const [i, problem] of batch.entries()) this.#checkProgress(problem, before[i]!);
        rest = rest.slice(batch.length);
      }
    }
    const solutions = this.#problems.map((problem) => problem.solution());
    const steps = this.#problems.reduce((sum, problem) => sum + problem.steps(), 0);
    const set = { rows: this.#rows, blocks: this.#blocks, points: this.#points, frame: this.#frame };
    const parts = gatherModel(this.#workspace, set, solutions);
    return { labels: this.#labels, C, gamma: this.#gamma, frame: this.#frame, steps, ...parts };
  }

  /** Chooses working sets, and leaves out what is solved. */
  #select(problems: readonly PairProblem[]): readonly PairProblem[] {
    this.#run("selectWorkingSet", problems);
    return problems.filter((problem) => problem.workingSetSize() > 0);
  }

  #run(job: "selectWorkingSet" | "solveWorkingSet", problems: readonly PairProblem[]): void {
    const list = this.#workspace.words(this.#list, problems.length);
    for (const [i, { pointer }] of problems.entries()) list[i] = pointer;
    this.#workspace.run(job, problems.length, { problems: this.#list });
  }

  #checkProgress(problem: PairProblem, before: number): void {
    const steps = problem.steps();
    if (steps > before && steps < this.#maxSteps) return;
    const [first, second] = problem.classes.map((i) => this.#labels[i]);
    throw new ConvergenceError(
      `Cannot train the SVM of classes ${first} and ${second}: after ${steps} steps the optimality conditions are ` +
        `violated by ${
          problem.gap().toPrecision(3)
        }; scale the features, or choose a smaller C or a larger tolerance`,
      problem.gap(),
    );
  }

  /** Gives the memory back to the workspace. */
  [Symbol.dispose](): void {
    this.#workspace.release(this.#mark);
  }
}

const action = "train the SVM";

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(
      `Cannot ${action}: ${name} must be a finite number > 0: current value is ${value}`,
    );
  }
}

/** The rows of class after class, each class filled up to whole panels with -1. */
function sortByClass(labels: Uint8Array, present: Uint8Array): [Int32Array, ClassBlock[]] {
  const blocks: ClassBlock[] = [];
  const rows: number[] = [];
  for (const label of present) {
    const first = rows.length;
    for (const [row, own] of labels.entries()) if (own === label) rows.push(row);
    const count = rows.length - first;
    blocks.push({ first, count });
    while (rows.length < first + paddedCount(count)) rows.push(-1);
  }
  return [Int32Array.from(rows), blocks];
}
