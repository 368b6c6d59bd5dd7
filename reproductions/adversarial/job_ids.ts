/**
 * The ids of jobs, where figures look for them.
 *
 * @module
 */
import type { DigitTransfer } from "./cells.ts";
import type { Convnet } from "./profiles.ts";

/** A job that attacks a classifier of digits, of one seed. */
export function digitJobId(
  name: "softmax" | Convnet["name"] | `transfer/${DigitTransfer}`,
  seed: number,
): string {
  return `${name}/seed=${seed}`;
}

/** A job that attacks softmax regression after another number of passes. */
export function epochsJobId(epochs: number): string {
  return `softmax/epochs=${epochs}`;
}

/** A job that shows a network some photographs. */
export function photographJobId(network: string, part: number): string {
  return `photos/${network}/part=${part}`;
}
