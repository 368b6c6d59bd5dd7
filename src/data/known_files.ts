import { parse } from "@std/csv";
import type { Dataset, KnownFile } from "./dataset.ts";

/**
 * The files of a data set whose content is known, by name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findDataset } from "./registry.ts";
 *
 * const known = await knownFiles(findDataset("lm"));
 * assertEquals(known.get("tok512.bin")?.bytes, 6227);
 * ```
 */
export async function knownFiles(dataset: Dataset): Promise<ReadonlyMap<string, KnownFile>> {
  const table = dataset.collection?.digestTable;
  const listed = table === undefined ? [] : parse(await Deno.readTextFile(table)).slice(1).map(
    ([name = "", bytes, sha256 = ""]) => ({ name, bytes: Number(bytes), digests: { sha256 } }),
  );
  return new Map([...dataset.files, ...listed].map((file) => [file.name, file]));
}
