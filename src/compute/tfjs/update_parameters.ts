/**
 * Updates of all parameters in one pass over memory, in place.
 *
 * @module
 */
import { backend, type Tensor } from "@tensorflow/tfjs-core";
import { power } from "../../linalg/power.ts";
import { Engine } from "./engine.ts";
import { floatWord } from "./float_word.ts";

/** Elements of one item. */
const blockSize = 16384;
/** Words of one `Block` of assembly/optimizers.ts. */
const blockWords = 7;

/** One tensor to update; all its tensors have the same shape. */
export interface Update {
  /** The values, changed in place. */
  readonly value: Tensor;
  /** Their gradient. */
  readonly gradient: Tensor;
  /** The velocity or first moment, changed in place. */
  readonly first: Tensor;
  /** The second moment (Adam), changed in place. */
  readonly second?: Tensor;
  /** Learning rate. */
  readonly rate: number;
  /** Weight decay: decay * value is added to the gradient. */
  readonly decay: number;
}

/** Numbers that all tensors share. */
export interface UpdateRule {
  /** Momentum, or the decay of the first moment. */
  readonly beta1: number;
  /** Decay of the second moment; with it, the rule is Adam's. */
  readonly beta2?: number;
  /** Adam's epsilon. */
  readonly epsilon?: number;
  /** Number of the update, from 1 on. */
  readonly step: number;
  /** What gradients are multiplied by first (clipping). */
  readonly scale: number;
}

/**
 * Updates tensors on the wasm backend by SGD with momentum, or by Adam where the rule has a `beta2`.
 *
 * @throws {RangeError} Where a gradient has another size than its values.
 */
export function updateParameters(updates: readonly Update[], rule: UpdateRule): void {
  const engine = new Engine(backend());
  const words: number[] = [];
  for (const { value, gradient, first, second, rate, decay } of updates) {
    if (gradient.size !== value.size) {
      throw new RangeError(`Cannot update values (${value.shape}) with a gradient (${gradient.shape})`);
    }
    const pointers = [value, gradient, first, second].map((tensor) => tensor ? engine.pointer(tensor) : 0);
    for (let start = 0; start < value.size; start += blockSize) {
      const count = Math.min(blockSize, value.size - start);
      words.push(...pointers.map((pointer) => pointer + start * 4), count, floatWord(rate), floatWord(decay));
    }
  }
  const list = engine.pool.scratch("blocks", words.length * 4);
  engine.pool.write(list, words);
  const { beta1, beta2 = 0, epsilon = 0, step, scale } = rule;
  const floats = [beta1, beta2, epsilon, 1 - power(beta1, step), 1 - power(beta2, step), scale].map(
    floatWord,
  );
  engine.pool.run(
    rule.beta2 === undefined ? "momentum" : "adam",
    [list, ...floats],
    words.length / blockWords,
  );
  for (const { value } of updates) engine.changed(value);
}
