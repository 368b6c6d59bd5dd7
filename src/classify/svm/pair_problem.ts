import { recordWords } from "../../compute/kernel_record.ts";
import { pairDoubles, pairWords } from "./kernel_arguments.ts";
import { LARGEST_WORKING_SET } from "./kernel_constants.ts";
import { paddedCount } from "./packed_points.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";

/** Where the words of a problem begin, and which of them is the size of the working set. */
const wordOffset = pairDoubles.length * 8;
const sizeField = pairWords.indexOf("size");

/** The points of a class among the packed ones. */
export interface ClassBlock {
  /** Position of the first; a whole number of panels. */
  readonly first: number;
  /** How many, without those that fill up the last panel. */
  readonly count: number;
}

/**
 * The dual problem of two classes: maximise sum alpha - 1/2 sum y y' alpha alpha' K over 0 <= alpha <= C with
 * sum y alpha = 0; y = 1 for the first class and -1 for the second.
 */
export class PairProblem {
  /** The classes, numbers of their blocks. */
  readonly classes: readonly [number, number];
  /** Address of the problem. */
  readonly pointer: number;
  readonly #workspace: SvmWorkspace;
  readonly #positives: ClassBlock;
  readonly #negatives: ClassBlock;
  readonly #border: number;
  readonly #alpha: number;
  readonly #residual: number;
  readonly #workingSet: number;
  readonly #strips: number;
  readonly #tolerance: number;
  #C = 0;

  /** Takes memory for the problem, whose solution at C = 0 is alpha = 0. */
  constructor(
    workspace: SvmWorkspace,
    classes: readonly [number, number],
    blocks: readonly ClassBlock[],
    tolerance: number,
  ) {
    this.#workspace = workspace;
    this.classes = classes;
    this.#positives = blocks[classes[0]]!;
    this.#negatives = blocks[classes[1]]!;
    this.#tolerance = tolerance;
    this.#border = paddedCount(this.#positives.count);
    const points = this.#border + paddedCount(this.#negatives.count);
    this.#alpha = workspace.allocateZeros(points * 8);
    this.#residual = workspace.allocateZeros(points * 8);
    const marks = workspace.allocateZeros(points);
    this.#workingSet = workspace.allocate(LARGEST_WORKING_SET * 4);
    this.#strips = workspace.allocate(LARGEST_WORKING_SET * 8);
    this.pointer = workspace.allocateZeros(wordOffset + pairWords.length * 4);
    this.#words().set(recordWords(pairWords, {
      positives: this.#positives.count,
      border: this.#border,
      negatives: this.#negatives.count,
      alpha: this.#alpha,
      residual: this.#residual,
      marks,
      workingSet: this.#workingSet,
      size: 0,
      strips: this.#strips,
    }));
    const residuals = workspace.doubles(this.#residual, points);
    residuals.fill(1, 0, this.#border).fill(-1, this.#border);
  }

  /**
   * Sets the bound, from which the solution for the last one is improved: it stays as it is under a larger bound,
   * and shrinks with a smaller one.
   */
  start(C: number): void {
    if (C < this.#C) this.#scale(C);
    this.#C = C;
    this.#doubles().set(recordWords(pairDoubles, { C, tolerance: this.#tolerance, up: 0, low: 0, steps: 0 }));
    this.#words()[sizeField] = 0;
  }

  #scale(C: number): void {
    const factor = C / this.#C;
    const points = this.#border + this.#negatives.count;
    const alpha = this.#workspace.doubles(this.#alpha, points);
    const residual = this.#workspace.doubles(this.#residual, points);
    for (let t = 0; t < points; t++) {
      const y = t < this.#border ? 1 : -1;
      alpha[t] = alpha[t] === this.#C ? C : alpha[t]! * factor;
      residual[t] = y - factor * (y - residual[t]!);
    }
  }

  #words(): Int32Array {
    return this.#workspace.words(this.pointer + wordOffset, pairWords.length);
  }

  #doubles(): Float64Array {
    return this.#workspace.doubles(this.pointer, pairDoubles.length);
  }

  /** A value that the kernel gives. */
  #read(field: (typeof pairDoubles)[number]): number {
    return this.#doubles()[pairDoubles.indexOf(field)]!;
  }

  /** The violation of the optimality conditions when the working set was chosen last. */
  gap(): number {
    return this.#read("up") - this.#read("low");
  }

  /** Steps since the bound was set. */
  steps(): number {
    return this.#read("steps");
  }

  /** The number of points in the working set: 0 where the problem is solved. */
  workingSetSize(): number {
    return this.#words()[sizeField]!;
  }

  /** Calls back for each point of the working set: its position among the packed points, and which class it is of. */
  forEachWorking(call: (position: number, index: number) => void): void {
    const points = this.#workspace.words(this.#workingSet, this.workingSetSize());
    for (let i = 0; i < points.length; i++) call(this.#position(points[i]!), i);
  }

  #position(point: number): number {
    return point < this.#border
      ? this.#positives.first + point
      : this.#negatives.first + point - this.#border;
  }

  /** Says where the strips of number `index` of the working set are, against the first and the second class. */
  setStrips(index: number, first: number, second: number): void {
    const words = this.#workspace.words(this.#strips + index * 8, 2);
    words[0] = first;
    words[1] = second;
  }

  /**
   * The solution.
   *
   * @returns The alphas that are not 0 with their positions, and the constant b of the decision
   *   sum y alpha K + b: the mean residual of the points between their bounds, or the middle of the
   *   interval that the others leave, as in LIBSVM.
   */
  solution(): { readonly positions: number[]; readonly alphas: number[]; readonly bias: number } {
    const points = this.#border + this.#negatives.count;
    const alpha = this.#workspace.doubles(this.#alpha, points);
    const residual = this.#workspace.doubles(this.#residual, points);
    const positions: number[] = [];
    const alphas: number[] = [];
    let free = 0;
    let sum = 0;
    for (let t = 0; t < points; t++) {
      if (alpha[t] === 0) continue;
      positions.push(this.#position(t));
      alphas.push(alpha[t]!);
      if (alpha[t] === this.#C) continue;
      free++;
      sum += residual[t]!;
    }
    const bias = free > 0 ? sum / free : (this.#read("up") + this.#read("low")) / 2;
    return { positions, alphas, bias };
  }
}
