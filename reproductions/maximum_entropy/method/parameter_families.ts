/**
 * Families of fields with parameters, for a regression from their statistics.
 *
 * @module
 */
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { gaussianField } from "../../../src/physics/gaussian_field.ts";
import { logNormalField } from "../../../src/physics/log_normal.ts";
import { zeldovichDensity } from "../../../src/physics/zeldovich.ts";

/** The families. */
export const families = ["zeldovich", "log-normal", "quadratic"] as const;

/** The name of one. */
export type FamilyName = typeof families[number];

/** The parameters of each, in the order in which they are sampled. */
export const parametersOf = {
  zeldovich: ["n", "displacement", "log-scale"],
  "log-normal": ["cutoff", "deviation", "log-scale"],
  quadratic: ["f"],
} as const satisfies Readonly<Record<FamilyName, readonly string[]>>;

/** A field and what it was made with. */
export interface ParametrisedField {
  /** `(N, N)`. */
  readonly field: Float64Array;
  /** The values of its parameters. */
  readonly parameters: readonly number[];
}

/** A number evenly between two. */
function between(stream: RandomStream, least: number, most: number): number {
  return least + (most - least) * stream.uniform();
}

/**
 * Samples the parameters of a family and a field with them. Its scale, exp of the log-scale, multiplies it.
 *
 * @param name The family.
 * @param N Pixels of a side.
 * @param stream Where the numbers come from.
 */
export function sampleFamily(name: FamilyName, N: number, stream: RandomStream): ParametrisedField {
  switch (name) {
    case "zeldovich": {
      const n = between(stream, 0, 2);
      const displacement = between(stream, 1, 3);
      const logScale = between(stream, -0.5, 0.5);
      const field = zeldovichDensity({ N, n, cutoff: N / 8, displacement }, stream);
      return { field: scaled(field, logScale), parameters: [n, displacement, logScale] };
    }
    case "log-normal": {
      const cutoff = between(stream, N / 16, N / 8);
      const deviation = between(stream, 0.3, 0.9);
      const logScale = between(stream, -0.5, 0.5);
      const field = logNormalField({ N, cutoff, deviation }, stream).map((value) => value - 1);
      return { field: scaled(field, logScale), parameters: [cutoff, deviation, logScale] };
    }
    case "quadratic": {
      const f = between(stream, -0.3, 0.3);
      const logScale = between(stream, -0.5, 0.5);
      const g = gaussianField(N, (k) => Math.exp(-k * k * 32 / (N * N)), stream, 1);
      const field = g.map((value) => value + f * (value * value - 1));
      return { field: scaled(field, logScale), parameters: [f] };
    }
  }
}

function scaled(field: Float64Array, logScale: number): Float64Array {
  const scale = Math.exp(logScale);
  return field.map((value) => scale * value);
}
