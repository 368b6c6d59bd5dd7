import { type NamedTensorMap, type Tensor, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { updateParameters } from "../compute/tfjs/update_parameters.ts";
import type { Parameter } from "./layer.ts";

/** Options of {@linkcode Optimizer}. */
export interface OptimizerOptions {
  /** `"sgd"` with momentum, or `"adam"`. */
  readonly rule: "sgd" | "adam";
  /** Momentum (0.9 by default) or decay of the first moment (0.9). */
  readonly beta1?: number;
  /** Adam's decay of the second moment; 0.999 by default. */
  readonly beta2?: number;
  /** Adam's epsilon; 1e-8 by default. */
  readonly epsilon?: number;
  /** Weight decay of each group, added to the gradient as decay * value; 0 by default. */
  readonly decay?: Partial<Record<Parameter["group"], number>>;
}

/**
 * SGD with momentum, v <- momentum v + g and w <- w - rate v (as PyTorch), or Adam (Kingma and Ba 2015): every
 * parameter in one pass, in place.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor1d, variable } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const w = variable(tensor1d([1, 2]));
 * const optimizer = new Optimizer([{ name: "w", variable: w, group: "weight" }], { rule: "sgd" });
 * optimizer.update({ [w.name]: tensor1d([4, 8]) }, 0.125);
 * assertEquals(Array.from(w.dataSync()), [0.5, 1]);
 * backend.dispose();
 * ```
 */
export class Optimizer {
  /** Updates so far. */
  step = 0;
  readonly #parameters: readonly Parameter[];
  readonly #options: OptimizerOptions;
  readonly #first: readonly Tensor[];
  readonly #second: readonly Tensor[];

  /**
   * Starts with moments of 0.
   *
   * @param parameters What is updated; their order is that of the moments in a checkpoint.
   * @throws {RangeError} Where an option means nothing.
   */
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    requireSound(options);
    this.#parameters = parameters;
    this.#options = options;
    this.#first = parameters.map(({ variable }) => zerosLike(variable));
    this.#second = options.rule === "adam" ? parameters.map(({ variable }) => zerosLike(variable)) : [];
  }

  /** Velocities or moments by name, for a checkpoint. */
  get moments(): { name: string; tensor: Tensor }[] {
    return [this.#first, this.#second].flatMap((tensors, order) => {
      return tensors.map((tensor, i) => ({
        name: `${this.#parameters[i]!.name}/moment${order + 1}`,
        tensor,
      }));
    });
  }

  /**
   * Moves every parameter.
   *
   * @param gradients By the name of the variable, as `tf.variableGrads()` gives them.
   * @param rate Learning rate.
   * @param scale What the gradients are multiplied by, see {@linkcode clipScale}.
   * @throws {Error} Where a parameter has no gradient; nothing has moved then.
   */
  update(gradients: NamedTensorMap, rate: number, scale = 1): void {
    const { rule, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = {} } = this.#options;
    const updates = this.#parameters.map(({ name, variable, group }, i) => {
      const gradient = gradients[variable.name];
      if (gradient === undefined) throw new Error(`Cannot update ${name}: there is no gradient of it`);
      const second = this.#second[i];
      const moments = { first: this.#first[i]!, ...(second === undefined ? {} : { second }) };
      return { value: variable, gradient, ...moments, rate, decay: decay[group] ?? 0 };
    });
    this.step++;
    const adam = rule === "adam" ? { beta2, epsilon } : {};
    tidy(() => updateParameters(updates, { beta1, ...adam, step: this.step, scale }));
  }

  /** Gives the memory of the moments back. */
  dispose(): void {
    for (const tensor of [...this.#first, ...this.#second]) tensor.dispose();
  }
}

function requireSound({ rule, beta1, beta2, epsilon, decay = {} }: OptimizerOptions): void {
  if (rule !== "sgd" && rule !== "adam") {
    throw new RangeError(`Cannot update parameters by the rule "${rule}": it must be "sgd" or "adam"`);
  }
  const require = (
    name: string,
    value: number | undefined,
    isRight: (value: number) => boolean,
    range: string,
  ) => {
    if (value === undefined || isRight(value)) return;
    throw new RangeError(`Cannot update parameters with ${name} = ${value}: it must be ${range}`);
  };
  const isShare = (value: number) => value >= 0 && value < 1;
  require("beta1", beta1, isShare, ">= 0 and < 1");
  require("beta2", beta2, isShare, ">= 0 and < 1");
  require("epsilon", epsilon, (value) => value > 0 && value < Infinity, "finite and > 0");
  for (const [group, value] of Object.entries(decay)) {
    require(`decay.${group}`, value, (value) => value >= 0 && value < Infinity, "finite and >= 0");
  }
}
