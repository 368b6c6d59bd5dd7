/**
 * Updates of all parameters in one pass over memory, in place.
 *
 * @module
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import { updateBlock } from "../kernel_arguments.ts";
import { recordWords } from "../kernel_record.ts";
import { power } from "../../numeric/linalg/power.ts";
import { runningBackend } from "./running_backend.ts";
import { ScratchMemory } from "./scratch_memory.ts";
import { floatWord } from "./float_word.ts";

/** The list of blocks. */
const listMemory = new ScratchMemory();

/** Elements of one item. */
const blockSize = 16384;

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
  const running = runningBackend();
  const words: number[] = [];
  for (const { value, gradient, first, second, rate, decay } of updates) {
    if (gradient.size !== value.size) {
      throw new RangeError(`Cannot update values (${value.shape}) with a gradient (${gradient.shape})`);
    }
    const address = (tensor: Tensor, start: number) => running.pointer(tensor) + start * 4;
    for (let start = 0; start < value.size; start += blockSize) {
      words.push(...recordWords(updateBlock, {
        value: address(value, start),
        gradient: address(gradient, start),
        first: address(first, start),
        second: second === undefined ? 0 : address(second, start),
        count: Math.min(blockSize, value.size - start),
        rate: floatWord(rate),
        decay: floatWord(decay),
      }));
    }
  }
  const list = listMemory.reserve(running.pool, words.length * 4);
  running.pool.write(list, words);
  const { beta1, beta2 = 0, epsilon = 0, step, scale } = rule;
  const args = {
    blocks: list,
    beta1: floatWord(beta1),
    beta2: floatWord(beta2),
    epsilon: floatWord(epsilon),
    correction1: floatWord(1 - power(beta1, step)),
    correction2: floatWord(1 - power(beta2, step)),
    scale: floatWord(scale),
  };
  running.pool.run(rule.beta2 === undefined ? "momentum" : "adam", args, words.length / updateBlock.length);
  for (const { value } of updates) running.changed(value);
}
