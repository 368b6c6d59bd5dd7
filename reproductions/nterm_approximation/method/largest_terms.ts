/** Coefficients that are told apart by the part that they belong to and their index in it. */
export interface Term {
  /** The part. */
  readonly part: number;
  /** The index in the part. */
  readonly index: number;
  /** The coefficient. */
  readonly value: number;
}

/** Keeps the largest of very many coefficients, part by part, in the memory of some three times as many as are kept. */
export class LargestTerms {
  readonly #count: number;
  #terms: Term[] = [];
  #floor = 0;

  /** @param count How many are kept. */
  constructor(count: number) {
    this.#count = count;
  }

  /** Takes the coefficients of a part. */
  add(part: number, coefficients: Float64Array): void {
    for (let index = 0; index < coefficients.length; index++) {
      const value = coefficients[index]!;
      if (Math.abs(value) <= this.#floor) continue;
      this.#terms.push({ part, index, value });
      if (this.#terms.length >= 3 * this.#count) this.#cut();
    }
  }

  /** The largest, by falling magnitude; of equal ones those that came first. */
  take(): readonly Term[] {
    this.#cut();
    return this.#terms;
  }

  #cut(): void {
    this.#terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    this.#terms.length = Math.min(this.#terms.length, this.#count);
    if (this.#terms.length === this.#count) this.#floor = Math.abs(this.#terms.at(-1)!.value);
  }
}
