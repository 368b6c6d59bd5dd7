/**
 * Every reproduction, loaded on demand; the folders beside this file are the same list, and a test compares them.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import type { Reproduction, Tasks } from "../src/suite/reproduction.ts";

/** A reproduction by id: how to load what it plans, and what runs its jobs. */
export interface ReproductionEntry {
  /** The id, which is the folder's name. */
  readonly id: string;
  /** The `file:` URL of its `run.ts`, whose imports decide what a stored result depends on. */
  readonly tasksUrl: string;
  /** The `file:` URL of its `mod.ts`, whose imports decide which jobs there are and how cells are measured from them. */
  readonly planUrl: string;
  /** Loads its `mod.ts`. */
  readonly load: () => Promise<Reproduction>;
  /** Loads its `run.ts`. */
  readonly loadTasks: () => Promise<Tasks>;
}

/** The reproductions, in the order in which they are run and reported. */
export const reproductions: readonly ReproductionEntry[] = [
  entry(
    "scattering_energy",
    () => import("./scattering_energy/mod.ts"),
    () => import("./scattering_energy/run.ts"),
  ),
  entry(
    "mnist_scattering",
    () => import("./mnist_scattering/mod.ts"),
    () => import("./mnist_scattering/run.ts"),
  ),
  entry(
    "tight_frame_fisher",
    () => import("./tight_frame_fisher/mod.ts"),
    () => import("./tight_frame_fisher/run.ts"),
  ),
  entry(
    "catch_tag_release",
    () => import("./catch_tag_release/mod.ts"),
    () => import("./catch_tag_release/run.ts"),
  ),
  entry(
    "layer_training_sweep",
    () => import("./layer_training_sweep/mod.ts"),
    () => import("./layer_training_sweep/run.ts"),
  ),
  entry(
    "maximum_entropy",
    () => import("./maximum_entropy/mod.ts"),
    () => import("./maximum_entropy/run.ts"),
  ),
  entry(
    "nterm_approximation",
    () => import("./nterm_approximation/mod.ts"),
    () => import("./nterm_approximation/run.ts"),
  ),
  entry(
    "convolution_arithmetic",
    () => import("./convolution_arithmetic/mod.ts"),
    () => import("./convolution_arithmetic/run.ts"),
  ),
  entry(
    "wavelet_layer",
    () => import("./wavelet_layer/mod.ts"),
    () => import("./wavelet_layer/run.ts"),
  ),
  entry(
    "gaussian_separation",
    () => import("./gaussian_separation/mod.ts"),
    () => import("./gaussian_separation/run.ts"),
  ),
  entry(
    "scattering_theory",
    () => import("./scattering_theory/mod.ts"),
    () => import("./scattering_theory/run.ts"),
  ),
  entry(
    "neural_collapse",
    () => import("./neural_collapse/mod.ts"),
    () => import("./neural_collapse/run.ts"),
  ),
  entry("lenet5", () => import("./lenet5/mod.ts"), () => import("./lenet5/run.ts")),
  entry(
    "first_layer_filters",
    () => import("./first_layer_filters/mod.ts"),
    () => import("./first_layer_filters/run.ts"),
  ),
  entry(
    "convolutional_dbn",
    () => import("./convolutional_dbn/mod.ts"),
    () => import("./convolutional_dbn/run.ts"),
  ),
  entry(
    "network_dissection",
    () => import("./network_dissection/mod.ts"),
    () => import("./network_dissection/run.ts"),
  ),
  entry(
    "saliency",
    () => import("./saliency/mod.ts"),
    () => import("./saliency/run.ts"),
  ),
  entry(
    "synthetic_images",
    () => import("./synthetic_images/mod.ts"),
    () => import("./synthetic_images/run.ts"),
  ),
  entry(
    "adversarial",
    () => import("./adversarial/mod.ts"),
    () => import("./adversarial/run.ts"),
  ),
];

function entry(
  id: string,
  load: () => Promise<{ readonly reproduction: Reproduction }>,
  loadTasks: () => Promise<{ readonly tasks: Tasks }>,
): ReproductionEntry {
  return {
    id,
    tasksUrl: import.meta.resolve(`./${id}/run.ts`),
    planUrl: import.meta.resolve(`./${id}/mod.ts`),
    load: async () => (await load()).reproduction,
    loadTasks: async () => (await loadTasks()).tasks,
  };
}

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
