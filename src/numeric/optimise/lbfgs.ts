/**
 * A function to be minimised, with its gradient.
 *
 * @param x Where; not to be changed.
 * @param gradient Takes the gradient there, as long as x.
 * @returns The value there. NaN or an infinite value counts as too far a step.
 */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Options of {@linkcode minimise}. */
export interface MinimiseOptions {
  /** Steps at most. */
  readonly iterations: number;
  /** How many differences of gradients are kept, 10 by default. */
  readonly memory?: number;
  /** Ends where the norm of the gradient is at most this share of the one at the start; 1e-10 by default. */
  readonly tolerance?: number;
  /** How far along a direction its slope must have fallen: to this share of the one at its start, 0.9 by default. */
  readonly slope?: number;
  /** What of the value may be round-off, as a share of it: 1e-14 by default, more where it is computed in float32. */
  readonly noise?: number;
  /** Is told of every step. */
  readonly progress?: (step: number) => void;
}

/** Where a minimisation ended. */
export interface Minimum {
  /** The place. */
  readonly x: Float64Array;
  /** The value there. */
  readonly value: number;
  /** The norm of the gradient there, and of the one at the start. */
  readonly gradientNorm: { readonly start: number; readonly end: number };
  /** Steps that were taken. */
  readonly iterations: number;
  /** How often the function was computed. */
  readonly evaluations: number;
  /** Why it ended: the gradient is small, there were enough steps, or no longer a step that lowers the value beyond its round-off. */
  readonly ended: "gradient" | "iterations" | "round-off";
}

/** Values must fall by this share of what the slope at the start of a direction promises (Nocedal & Wright, section 3.1). */
const sufficient = 1e-4;
/** Trial steps along a direction. */
const trials = 30;
/** How much longer a trial step may be than the last. */
const longest = 10;

/**
 * Minimises a smooth function by L-BFGS (Liu & Nocedal 1989; Nocedal & Wright, Numerical Optimization, algorithm 7.5) with steps
 * that fulfil the strong Wolfe conditions. The length of a step is sought by the secant of its slopes, which is exact for a quadratic function:
 * with a `slope` near 0 and a memory of n that ends in n steps. All in float64 and in a fixed order, so the same numbers give the same
 * bits; a rotation of x rotates every step.
 *
 * @param objective The function.
 * @param start Where to begin; not changed.
 * @param options When to end.
 * @throws {RangeError} Where the function is not finite at the start.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { x } = minimise(
 *   ([x], gradient) => {
 *     gradient[0] = 2 * (x! - 3);
 *     return (x! - 3) ** 2;
 *   },
 *   Float64Array.of(0),
 *   { iterations: 20 },
 * );
 * assertAlmostEquals(x[0]!, 3, 1e-9);
 * ```
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  const steps = minimising(objective, start, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    options.progress?.(step.value.iterations);
  }
}

/** Where a minimisation is. */
export interface MinimisationStep {
  /** Steps that were taken. */
  readonly iterations: number;
  /** The place; not to be changed. */
  readonly x: Float64Array;
  /** The value there. */
  readonly value: number;
}

/**
 * What `minimise()` does, a step at a time: for a caller that wants to look, to wait or to stop in between.
 *
 * @param objective The function.
 * @param start Where to begin; not changed.
 * @param options When to end; `progress` is not told.
 * @throws {RangeError} Where the function is not finite at the start.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const parabola = ([x]: Float64Array, gradient: Float64Array) => {
 *   gradient[0] = 2 * x!;
 *   return x! ** 2;
 * };
 * const values = Array.from(minimising(parabola, Float64Array.of(8), { iterations: 2 }), ({ value }) => value);
 * assert(values[1]! < values[0]! && values[0]! < 64);
 * ```
 */
export function* minimising(
  objective: Objective,
  start: Float64Array,
  options: MinimiseOptions,
): Generator<MinimisationStep, Minimum> {
  const { iterations, memory = 10, tolerance = 1e-10 } = options;
  const size = start.length;
  const history = new History(memory);
  let here: Place = { x: start.slice(), value: 0, gradient: new Float64Array(size) };
  here.value = objective(here.x, here.gradient);
  const startNorm = norm(here.gradient);
  if (!Number.isFinite(here.value) || !Number.isFinite(startNorm)) {
    throw new RangeError(
      `Cannot minimise: the function and its gradient must be finite at the start: the value is ${here.value}`,
    );
  }
  let evaluations = 1;
  const end = (steps: number, ended: Minimum["ended"]): Minimum => ({
    x: here.x,
    value: here.value,
    gradientNorm: { start: startNorm, end: norm(here.gradient) },
    iterations: steps,
    evaluations,
    ended,
  });
  for (let step = 0; step < iterations; step++) {
    if (norm(here.gradient) <= tolerance * startNorm) return end(step, "gradient");
    const direction = history.direction(here.gradient);
    // Nothing is known of the scale before the first step.
    const first = history.isEmpty ? Math.min(1, 1 / norm(here.gradient)) : 1;
    const found = search(objective, here, direction, first, options);
    evaluations += found.evaluations;
    if (found.place === null) {
      if (history.isEmpty) return end(step, "round-off");
      // Old differences may mislead: once more along the gradient.
      history.clear();
      continue;
    }
    history.add(here, found.place);
    here = found.place;
    yield { iterations: step + 1, x: here.x, value: here.value };
  }
  return end(iterations, norm(here.gradient) <= tolerance * startNorm ? "gradient" : "iterations");
}

/** A place, with the function there. */
interface Place {
  readonly x: Float64Array;
  value: number;
  readonly gradient: Float64Array;
}

/** A length of step, with the function there. */
interface Trial {
  readonly length: number;
  readonly slope: number;
}

/** Seeks a step that fulfils the strong Wolfe conditions; gives none where the value no longer falls. */
function search(
  objective: Objective,
  from: Place,
  direction: Float64Array,
  first: number,
  { slope: share = 0.9, noise = 1e-14 }: MinimiseOptions,
): { readonly place: Place | null; readonly evaluations: number } {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return { place: null, evaluations: 0 };
  const slack = noise * Math.abs(from.value);
  let lower: Trial = { length: 0, slope };
  let upper: Trial | null = null;
  let best: Place | null = null;
  let length = first;
  for (let evaluations = 1; evaluations <= trials; evaluations++) {
    const x = from.x.map((value, i) => value + length * direction[i]!);
    const place: Place = { x, value: 0, gradient: new Float64Array(x.length) };
    place.value = objective(x, place.gradient);
    const here: Trial = { length, slope: dot(place.gradient, direction) };
    const isLower = place.value <= from.value + sufficient * length * slope + slack;
    if (isLower && Number.isFinite(here.slope)) {
      if (Math.abs(here.slope) <= -share * slope) return { place, evaluations };
      if (best === null || place.value < best.value) best = place;
    }
    if (!isLower || !(here.slope < 0)) {
      upper = here;
      length = between(lower, upper);
    } else {
      length = upper === null ? beyond(lower, here) : between(here, upper);
      lower = here;
    }
    if (length === lower.length || length === upper?.length) return { place: best, evaluations };
  }
  return { place: best, evaluations: trials };
}

/** Where the slope is 0 between two lengths, if it were linear; the middle where it does not change its sign. */
function between(lower: Trial, upper: Trial): number {
  const width = upper.length - lower.length;
  if (!(upper.slope > 0)) return lower.length + width / 2;
  const share = lower.slope / (lower.slope - upper.slope);
  return lower.length + width * Math.min(Math.max(share, 1e-3), 1 - 1e-3);
}

/** Where the slope is 0 beyond two lengths, if it were linear. */
function beyond(before: Trial, last: Trial): number {
  const share = last.slope / (before.slope - last.slope);
  const step = last.length - before.length;
  const most = longest * last.length;
  return share < 0 ? Math.min(last.length - share * step, most) : most;
}

/** The last differences of places and gradients, and the direction that they give. */
class History {
  readonly #memory: number;
  #pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[] = [];

  constructor(memory: number) {
    this.#memory = memory;
  }

  get isEmpty(): boolean {
    return this.#pairs.length === 0;
  }

  clear(): void {
    this.#pairs = [];
  }

  /** Keeps the difference of two places, where the function curves upwards between them. */
  add(from: Place, to: Place): void {
    const s = to.x.map((value, i) => value - from.x[i]!);
    const y = to.gradient.map((value, i) => value - from.gradient[i]!);
    const sy = dot(s, y);
    if (!(sy > 1e-300)) return;
    this.#pairs.push({ s, y, sy });
    if (this.#pairs.length > this.#memory) this.#pairs.shift();
  }

  /** Minus the inverse Hessian, as far as it is known, times the gradient: the two loops of algorithm 7.4. */
  direction(gradient: Float64Array): Float64Array {
    const q = gradient.map((value) => -value);
    const alphas = new Float64Array(this.#pairs.length);
    for (let i = this.#pairs.length - 1; i >= 0; i--) {
      const { s, y, sy } = this.#pairs[i]!;
      alphas[i] = dot(s, q) / sy;
      addScaled(q, y, -alphas[i]!);
    }
    const last = this.#pairs.at(-1);
    if (last !== undefined) {
      const scale = last.sy / dot(last.y, last.y);
      for (let i = 0; i < q.length; i++) q[i]! *= scale;
    }
    for (const [i, { s, y, sy }] of this.#pairs.entries()) {
      addScaled(q, s, alphas[i]! - dot(y, q) / sy);
    }
    return q;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function addScaled(to: Float64Array, values: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * values[i]!;
}
