import type { LabelledFeatures } from "../labelled_features.ts";
import type { RandomStream } from "../../numeric/random/random_stream.ts";

/**
 * The same rows with their labels in random order: what a measure of separation gives then is what finite samples alone
 * give it, its floor.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../numeric/random/random_stream.ts";
 *
 * const data = { features: Float32Array.of(1, 2, 3), dimension: 1, labels: Uint8Array.of(0, 0, 1), classes: 2 };
 * assertEquals(shuffledLabels(data, randomStream("floor", 1)).labels.toSorted(), Uint8Array.of(0, 0, 1));
 * ```
 */
export function shuffledLabels(data: LabelledFeatures, stream: RandomStream): LabelledFeatures {
  return { ...data, labels: stream.shuffle(data.labels.slice()) };
}
