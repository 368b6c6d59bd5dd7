import type { Results } from "../../src/suite/runner/results.ts";

/**
 * What two runs of a reproduction must have in common: every measured value to its last bit, and the digest.
 *
 * @param reproduction The id of the reproduction.
 * @returns Text that is equal where they are.
 */
export function measuredValues({ modules }: Results, reproduction: string): string {
  const found = modules.find(({ id }) => id === reproduction);
  return JSON.stringify([found?.digest, found?.cells.map(({ id, measured }) => [id, measured])]);
}
