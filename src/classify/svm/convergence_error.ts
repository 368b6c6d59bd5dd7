/** An SVM that did not reach its tolerance. */
export class ConvergenceError extends Error {
  /** Always `"ConvergenceError"`. */
  override readonly name = "ConvergenceError";
  /** The violation of the optimality conditions that was left, to be compared with the tolerance. */
  readonly gap: number;

  /**
   * @param message One line: which problem, after how many steps, and the way to mend it.
   * @param gap The violation that was left.
   */
  constructor(message: string, gap: number) {
    super(message);
    this.gap = gap;
  }
}
