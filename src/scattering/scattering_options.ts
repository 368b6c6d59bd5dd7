import { kymatioBank } from "./banks/kymatio_bank.ts";
import type { WaveletBank } from "./banks/wavelet_bank.ts";
import type { Boundary } from "./padding.ts";

/** What a `Scattering2D` computes. */
export interface Scattering2DOptions {
  /** The number of scales; the low-pass filter has scale 2^J. */
  readonly J: number;
  /** Rows and columns of the images: any, with 2^J <= the smaller one. */
  readonly shape: readonly [height: number, width: number];
  /** The number of orientations, 8 where it is not given. */
  readonly L?: number;
  /** The largest order, 2 where it is not given; at most that of the bank. */
  readonly maxOrder?: number;
  /** The wavelets, `kymatioBank` where it is not given. */
  readonly bank?: WaveletBank;
  /** The distance between the samples of the output: 2^J, which is the default, or a smaller power of two. */
  readonly sampling?: number;
  /** How images go on beyond their edges, `reflect` where it is not given. */
  readonly boundary?: Boundary;
  /** The number of threads; every core where it is not given. */
  readonly threads?: number;
}

/**
 * Checks options and fills in the defaults.
 *
 * @param options What a `Scattering2D` is to compute.
 * @returns All options.
 * @throws {RangeError} Where one is out of its range.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(checkScatteringOptions({ J: 2, shape: [9, 8] }).sampling, 4);
 * assertThrows(
 *   () => checkScatteringOptions({ J: 9, shape: [64, 80] }),
 *   RangeError,
 *   "Cannot build the scattering transform for J = 9: 2^J must be <= the smaller side (64)",
 * );
 * ```
 */
export function checkScatteringOptions(options: Scattering2DOptions): Required<Scattering2DOptions> {
  const { J, shape, L = 8, maxOrder = 2, bank = kymatioBank, boundary = "reflect" } = options;
  const { sampling = 2 ** J, threads = navigator.hardwareConcurrency } = options;
  const [height, width] = shape;
  const refuse = (what: string, rule: string, value: unknown) => {
    throw new RangeError(
      `Cannot build the scattering transform as ${what} must be ${rule}: current value is ${value}`,
    );
  };
  for (const [name, value] of Object.entries({ J, L, height, width, threads })) {
    if (!Number.isSafeInteger(value) || value < 1) refuse(name, "a positive integer", value);
  }
  const side = Math.min(height, width);
  if (2 ** J > side) {
    throw new RangeError(
      `Cannot build the scattering transform for J = ${J}: 2^J must be <= the smaller side (${side})`,
    );
  }
  const oneOf = (name: string, value: unknown, allowed: readonly unknown[]) => {
    if (!allowed.includes(value)) refuse(name, `one of ${allowed.join(", ")}`, value);
  };
  oneOf("boundary", boundary, ["reflect", "periodic", "zero"]);
  const orders = Array.from({ length: bank.largestOrder + 1 }, (_, m) => m);
  oneOf(`maxOrder for ${bank.name} wavelets`, maxOrder, orders);
  oneOf("sampling", sampling, Array.from({ length: J + 1 }, (_, a) => 2 ** a));
  return { J, shape: [height, width], L, maxOrder, bank, sampling, boundary, threads };
}
