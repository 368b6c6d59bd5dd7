import { paddedCount } from "./packed_points.ts";
import type { SvmEngine } from "./svm_engine.ts";

/** Most points of a working set, as in assembly/working_set.ts. */
export const largestWorkingSet = 64;

/** What assembly/pair.ts calls Pair: 5 float64 values, then words. */
const doubleFields = 5;
const wordFields = 9;
const sizeField = 7;

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
  readonly #engine: SvmEngine;
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
    engine: SvmEngine,
    classes: readonly [number, number],
    blocks: readonly ClassBlock[],
    tolerance: number,
  ) {
    this.#engine = engine;
    this.classes = classes;
    this.#positives = blocks[classes[0]]!;
    this.#negatives = blocks[classes[1]]!;
    this.#tolerance = tolerance;
    this.#border = paddedCount(this.#positives.count);
    const points = this.#border + paddedCount(this.#negatives.count);
    this.#alpha = engine.allocateZeros(points * 8);
    this.#residual = engine.allocateZeros(points * 8);
    const marks = engine.allocateZeros(points);
    this.#workingSet = engine.allocate(largestWorkingSet * 4);
    this.#strips = engine.allocate(largestWorkingSet * 8);
    this.pointer = engine.allocateZeros(doubleFields * 8 + wordFields * 4);
    engine.words(this.pointer + doubleFields * 8, wordFields).set([
      this.#positives.count,
      this.#border,
      this.#negatives.count,
      this.#alpha,
      this.#residual,
      marks,
      this.#workingSet,
      0,
      this.#strips,
    ]);
    const residuals = engine.doubles(this.#residual, points);
    residuals.fill(1, 0, this.#border).fill(-1, this.#border);
  }

  /**
   * Sets the bound, from which the solution for the last one is improved: it stays as it is under a larger bound,
   * and shrinks with a smaller one.
   */
  start(C: number): void {
    if (C < this.#C) this.#scale(C);
    this.#C = C;
    this.#engine.doubles(this.pointer, doubleFields).set([C, this.#tolerance, 0, 0, 0]);
    this.#words()[sizeField] = 0;
  }

  #scale(C: number): void {
    const factor = C / this.#C;
    const points = this.#border + this.#negatives.count;
    const alpha = this.#engine.doubles(this.#alpha, points);
    const residual = this.#engine.doubles(this.#residual, points);
    for (let t = 0; t < points; t++) {
      const y = t < this.#border ? 1 : -1;
      alpha[t] = alpha[t] === this.#C ? C : alpha[t]! * factor;
      residual[t] = y - factor * (y - residual[t]!);
    }
  }

  #words(): Int32Array {
    return this.#engine.words(this.pointer + doubleFields * 8, wordFields);
  }

  /** The violation of the optimality conditions when the working set was chosen last. */
  gap(): number {
    const [, , up, low] = this.#engine.doubles(this.pointer, doubleFields);
    return up! - low!;
  }

  /** Steps since the bound was set. */
  steps(): number {
    return this.#engine.doubles(this.pointer, doubleFields)[4]!;
  }

  /** The number of points in the working set: 0 where the problem is solved. */
  workingSetSize(): number {
    return this.#words()[sizeField]!;
  }

  /** Calls back for each point of the working set: its position among the packed points, and which class it is of. */
  forEachWorking(call: (position: number, index: number) => void): void {
    const points = this.#engine.words(this.#workingSet, this.workingSetSize());
    for (let i = 0; i < points.length; i++) call(this.#position(points[i]!), i);
  }

  #position(point: number): number {
    return point < this.#border
      ? this.#positives.first + point
      : this.#negatives.first + point - this.#border;
  }

  /** Says where the strips of number `index` of the working set are, against the first and the second class. */
  setStrips(index: number, first: number, second: number): void {
    const words = this.#engine.words(this.#strips + index * 8, 2);
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
    const alpha = this.#engine.doubles(this.#alpha, points);
    const residual = this.#engine.doubles(this.#residual, points);
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
    const [, , up, low] = this.#engine.doubles(this.pointer, doubleFields);
    return { positions, alphas, bias: free > 0 ? sum / free : (up! + low!) / 2 };
  }
}
