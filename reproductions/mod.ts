/**
 * Every reproduction, loaded on demand; the folders beside this file are the same list, and a test compares them.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import type { Reproduction } from "../src/reproduction.ts";

/** A reproduction by id: how to load it, and the file it is loaded from. */
export interface ReproductionEntry {
  /** The id, which is the folder's name. */
  readonly id: string;
  /** The `file:` URL of its module. */
  readonly url: string;
  /** Loads it. */
  readonly load: () => Promise<Reproduction>;
}

/** The reproductions, in the order in which they are run and reported. */
export const reproductions: readonly ReproductionEntry[] = [
  {
    id: "scattering_energy",
    url: import.meta.resolve("./scattering_energy/mod.ts"),
    load: async () => (await import("./scattering_energy/mod.ts")).reproduction,
  },
  {
    id: "mnist_scattering",
    url: import.meta.resolve("./mnist_scattering/mod.ts"),
    load: async () => (await import("./mnist_scattering/mod.ts")).reproduction,
  },
  {
    id: "tight_frame_fisher",
    url: import.meta.resolve("./tight_frame_fisher/mod.ts"),
    load: async () => (await import("./tight_frame_fisher/mod.ts")).reproduction,
  },
  {
    id: "catch_tag_release",
    url: import.meta.resolve("./catch_tag_release/mod.ts"),
    load: async () => (await import("./catch_tag_release/mod.ts")).reproduction,
  },
  {
    id: "layer_training_sweep",
    url: import.meta.resolve("./layer_training_sweep/mod.ts"),
    load: async () => (await import("./layer_training_sweep/mod.ts")).reproduction,
  },
];

/**
 * Finds a reproduction.
 *
 * @throws {UsageError} Where there is none of that id.
 */
export function findReproduction(id: string): ReproductionEntry {
  const entry = reproductions.find((known) => known.id === id);
  if (entry === undefined) {
    throw new UsageError(
      `Unknown module "${id}": it must be one of ${reproductions.map((known) => known.id).join(", ")}`,
    );
  }
  return entry;
}
