import * as listed from "./mod.ts";
import type { WaveletBank } from "./wavelet_bank.ts";

/** The banks that mod.ts lists. */
export const namedBanks: readonly WaveletBank[] = Object.values(listed);

/**
 * Finds a bank by its name.
 *
 * @param name As on the command line.
 * @returns The bank.
 * @throws {RangeError} Where none has this name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(findBank("spline").isTightFrame, true);
 * assertThrows(() => findBank("haar"), RangeError, "current value is haar");
 * ```
 */
export function findBank(name: string): WaveletBank {
  const found = namedBanks.find((bank) => bank.name === name);
  if (found !== undefined) return found;
  const names = namedBanks.map((bank) => bank.name).join(", ");
  throw new RangeError(
    `Cannot find the wavelets: the name must be one of ${names}: current value is ${name}`,
  );
}
