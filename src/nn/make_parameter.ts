import * as tf from "@tensorflow/tfjs-core";
import { randomStream } from "../numeric/random/random_stream.ts";
import type { Initializer } from "./initializers.ts";
import type { Parameter } from "./layer.ts";

/**
 * A parameter with its starting values, sampled from the stream `init/<name>` of the seed.
 *
 * @param name Unique in its network.
 * @param shape Its shape.
 * @param group What optimisers know it as.
 * @param initializer Its starting values.
 * @param seed The network's seed.
 */
export function makeParameter(
  name: string,
  shape: readonly number[],
  group: Parameter["group"],
  initializer: Initializer,
  seed: number,
): Parameter {
  const values = initializer(randomStream(`init/${name}`, seed), shape);
  const initial = tf.tensor(values, [...shape]);
  const variable = tf.variable(initial);
  initial.dispose();
  return { name, variable, group };
}
