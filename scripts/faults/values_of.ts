import type { Results } from "../../src/runner/results.ts";

/**
 * What two runs of a module must have in common: every measured value to its last bit, and the digest.
 *
 * @param module The id of the module.
 * @returns Text that is equal where they are.
 */
export function valuesOf({ modules }: Results, module: string): string {
  const found = modules.find(({ id }) => id === module);
  return JSON.stringify([found?.digest, found?.cells.map(({ id, measured }) => [id, measured])]);
}
