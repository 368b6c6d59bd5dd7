/**
 * The data sets of this project: where they come from, what they must contain, and under which terms.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import type { Dataset, Registry } from "./dataset.ts";
import { caltech101 } from "./datasets/caltech_101.ts";
import { cifar10 } from "./datasets/cifar_10.ts";
import { cnn } from "./datasets/cnn.ts";
import { coco128 } from "./datasets/coco128.ts";
import { images } from "./datasets/images.ts";
import { kyotoNatim } from "./datasets/kyoto_natim.ts";
import { lm } from "./datasets/lm.ts";
import { mnist } from "./datasets/mnist.ts";
import { physics } from "./datasets/physics.ts";
import { textures } from "./datasets/textures.ts";
import { usps } from "./datasets/usps.ts";
import { whisperTiny } from "./datasets/whisper_tiny.ts";

/** The data sets of this project. */
export const registry: Registry = [
  caltech101,
  mnist,
  cifar10,
  lm,
  images,
  cnn,
  physics,
  whisperTiny,
  coco128,
  kyotoNatim,
  textures,
  usps,
];

/** The ids of the data sets of this project. */
export const datasetIds: readonly string[] = registry.map((dataset) => dataset.id);

/**
 * Finds a data set by its id.
 *
 * @param id Such as `"mnist"`.
 * @param known Where to look; by default the data sets of this project.
 * @throws {UsageError} Where there is none, with the ids that there are.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findDataset("mnist").files.length, 4);
 * ```
 */
export function findDataset(id: string, known: Registry = registry): Dataset {
  const found = known.find((dataset) => dataset.id === id);
  if (found !== undefined) return found;
  throw new UsageError(
    `Unknown data set "${id}": known are ${known.map((dataset) => dataset.id).join(", ")}`,
  );
}

/**
 * Every host that a data set may be downloaded from, sorted: what the network permission has to name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(downloadHosts([findDataset("cifar-10")]), ["www.cs.toronto.edu"]);
 * ```
 */
export function downloadHosts(known: Registry = registry): readonly string[] {
  const hosts = known.flatMap((dataset) => [
    ...[dataset.archive, ...dataset.files.map((file) => file.download)].flatMap((download) =>
      (download?.urls ?? []).map((url) => new URL(url).hostname)
    ),
    ...(dataset.redirectHosts ?? []),
  ]);
  return [...new Set(hosts)].sort();
}
