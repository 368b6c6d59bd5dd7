import { DataError } from "../../errors.ts";

/**
 * Checks that every label is one of ten classes.
 *
 * @param labels The labels.
 * @param name The file's name for the error message.
 * @throws {DataError} Where a label is above 9: names the first.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => checkLabels(Uint8Array.of(3, 12), "labels"), Error, "label 1 must be in 0..9");
 * ```
 */
export function checkLabels(labels: Uint8Array, name: string): void {
  const index = labels.findIndex((label) => label > 9);
  if (index < 0) return;
  throw new DataError(
    `Cannot read ${name}: label ${index} must be in 0..9: current value is ${labels[index]}`,
  );
}
