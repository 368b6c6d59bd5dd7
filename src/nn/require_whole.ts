/**
 * Throws unless every number is whole and >= 1.
 *
 * @param action What cannot be done, for the message: `"train"`.
 * @param numbers The numbers by name.
 * @throws {RangeError} Names the first that is not.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * requireWhole("train", { epochs: 3 });
 * assertThrows(() => requireWhole("train", { epochs: 0 }), RangeError, "Cannot train with epochs = 0");
 * ```
 */
export function requireWhole(action: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`Cannot ${action} with ${name} = ${value}: it must be a whole number >= 1`);
    }
  }
}
