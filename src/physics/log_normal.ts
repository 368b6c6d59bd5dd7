import type { RandomStream } from "../numeric/random/random_stream.ts";
import { gaussianField } from "./gaussian_field.ts";

/** What a field is made with. */
export interface LogNormalOptions {
  /** Pixels of a side. */
  readonly N: number;
  /** The Gaussian field has the amplitude exp(-(k / kc)^2 / 2); kc in cycles a side. */
  readonly cutoff: number;
  /** Its standard deviation. */
  readonly deviation: number;
}

/**
 * The exponential of a Gaussian field with short correlations.
 *
 * @param options The field.
 * @param stream Where the numbers come from.
 * @returns `(N, N)`, positive.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const field = logNormalField({ N: 8, cutoff: 2, deviation: 1 }, randomStream("example", 0));
 * assert(field.every((value) => value > 0));
 * ```
 */
export function logNormalField(
  { N, cutoff, deviation }: LogNormalOptions,
  stream: RandomStream,
): Float64Array {
  return gaussianField(N, (k) => Math.exp(-k * k / (2 * cutoff * cutoff)), stream, deviation).map(Math.exp);
}
