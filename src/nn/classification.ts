import type { Scalar } from "@tensorflow/tfjs-core";
import { crossEntropy } from "./cross_entropy.ts";
import type { LabelledBatch } from "./data_set.ts";
import { differentiate } from "./differentiate.ts";
import type { FitOptions } from "./fit.ts";
import type { Network } from "./network.ts";

/**
 * What {@linkcode fit} is given to train a network by mean softmax cross-entropy: the parameters, all else that a checkpoint
 * holds, the step, and the layer to blame where a loss is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertLess } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { batchOf } from "./data_set.ts";
 * import { dense } from "./dense.ts";
 * import { fit } from "./fit.ts";
 * import { Network } from "./network.ts";
 * import { constantRate } from "./schedules.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const data = { shape: [1], inputs: Float32Array.of(-1, 1), labels: Uint8Array.of(0, 1) };
 * const network = new Network([1], [dense(2)], 1);
 * const { losses: [losses] } = await fit({
 *   ...classification(network),
 *   steps: 30,
 *   batches: () => batchOf(data, [0, 1]),
 *   optimizer: { rule: "sgd" },
 *   rate: constantRate(0.1),
 * });
 * assertLess(losses!.at(-1)!, 0.1);
 * backend.dispose();
 * ```
 */
export function classification(
  network: Network,
): Required<Pick<FitOptions<LabelledBatch>, "parameters" | "state" | "step" | "locate">> {
  const { parameters, tensors } = network;
  const trained = new Set(parameters.map(({ variable }) => variable));
  const passOf = (step: number) => ({ training: true, step });
  return {
    parameters,
    state: tensors.filter(({ variable }) => !trained.has(variable)),
    step: differentiate(parameters, ({ x, labels }: LabelledBatch, step): Scalar => {
      return crossEntropy(network.apply(x, passOf(step)), labels);
    }),
    locate: ({ x }, step) => `first in ${network.firstNonFinite(x, passOf(step)) ?? "the loss"}`,
  };
}
