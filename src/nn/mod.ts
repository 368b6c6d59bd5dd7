/**
 * Training on tfjs with the threaded WebAssembly kernels of this project.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { dense, Network, startBackend } from "./mod.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const network = new Network([4], [dense(3, { activation: "relu" }), dense(2)], 1);
 * assertEquals(network.parameters.map(({ variable }) => variable.shape), [[4, 3], [3], [3, 2], [2]]);
 * backend.dispose();
 * ```
 *
 * @module
 */
export * from "../compute/tfjs/start_backend.ts";
export type { RandomStream } from "../numeric/random/random_stream.ts";
export * from "./activation.ts";
export * from "./batch_norm.ts";
export type { Batches } from "./batches.ts";
export * from "./checkpoint.ts";
export * from "./classification.ts";
export { clipScale } from "./clip_scale.ts";
export * from "./conv2d.ts";
export * from "./count_correct.ts";
export * from "./cross_entropy.ts";
export * from "./data_set.ts";
export * from "./dense.ts";
export * from "./differentiate.ts";
export * from "./diverged_error.ts";
export * from "./dropout.ts";
export * from "./fit.ts";
export type { Activation } from "./fused_gradients.ts";
export * from "./initializers.ts";
export * from "./layer.ts";
export * from "./mini_batches.ts";
export * from "./network.ts";
export * from "./optimizer.ts";
export * from "./pool2d.ts";
export type { EpochRecord, Recorded } from "./records.ts";
export * from "./schedules.ts";
export * from "./shuffled_batches.ts";
export * from "./step.ts";
export * from "./train.ts";
