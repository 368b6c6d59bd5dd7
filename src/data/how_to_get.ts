import type { Dataset, KnownFile } from "./dataset.ts";

/**
 * How a user gets what is missing or damaged of a data set.
 *
 * @param dataset The data set.
 * @param files The files that are wanted; all of the data set by default.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findDataset } from "./registry.ts";
 *
 * assertEquals(howToGet(findDataset("mnist")), "with `deno task fetch-data mnist`");
 * assertEquals(howToGet(findDataset("whisper-tiny")), "from https://huggingface.co/Xenova/whisper-tiny");
 * ```
 */
export function howToGet(dataset: Dataset, files: readonly KnownFile[] = dataset.files): string {
  const isPublished = dataset.archive !== undefined || files.some(({ download }) => download !== undefined);
  return isPublished ? `with \`deno task fetch-data ${dataset.id}\`` : `from ${dataset.homepage}`;
}
