import {
  add,
  argMax,
  clipByValue,
  dispose,
  engine,
  max,
  mul,
  softmax,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { type Mistakes, mistakesOf } from "../../../src/classify/mistakes.ts";
import { batchOf, type DataSet, type Network } from "../../../src/nn/mod.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { signStep } from "../../../src/saliency/sign_step.ts";

/** How a digit is changed before it is classified. */
export type DigitChange =
  | "clean"
  | "fgsm"
  | "fgsm-clipped"
  | "random-sign"
  | "random-sign-clipped"
  | "brightness";

/** What a classifier makes of digits that were changed in one way. */
export interface ChangedDigits {
  /** Which it gets wrong. */
  readonly mistakes: Mistakes;
  /** Its mean largest probability. */
  readonly confidence: number;
}

/** Digits at a time. */
const batchDigits = 500;

/**
 * Changes digits in every way, and classifies them.
 *
 * @param target The classifier that sees them.
 * @param source The classifier whose gradient is followed; the same, or another one for transfer.
 * @param digits The digits, in [0, 1].
 * @param eps The largest change of a pixel.
 * @param stream Where random signs come from.
 * @param changes Which changes.
 */
export function attackDigits(
  target: Network,
  source: Network,
  digits: DataSet,
  eps: number,
  stream: RandomStream,
  changes: readonly DigitChange[],
): Partial<Record<DigitChange, ChangedDigits>> {
  const count = digits.labels.length;
  const found = changes.map(() => new Int32Array(count));
  const confidence = changes.map(() => 0);
  for (let first = 0; first < count; first += batchDigits) {
    const rows = Array.from({ length: Math.min(batchDigits, count - first) }, (_, i) => first + i);
    const { x, labels } = batchOf(digits, rows);
    const step = signStep((x) => source.apply(x), x, rows.map((row) => digits.labels[row]!));
    const random = tensor(randomSigns(x.size, stream), x.shape);
    engine().startScope();
    changes.forEach((change, i) => {
      const signs = change === "fgsm" || change === "fgsm-clipped" ? step : random;
      const z = target.apply(changed(x, signs, eps, change));
      found[i]!.set(tidy(() => argMax(z, 1).dataSync()), first);
      for (const p of tidy(() => max(softmax(z), 1).dataSync())) confidence[i]! += p;
    });
    engine().endScope();
    dispose([x, labels, step, random]);
  }
  return Object.fromEntries(
    changes.map((
      change,
      i,
    ) => [change, { mistakes: mistakesOf(found[i]!, digits.labels), confidence: confidence[i]! / count }]),
  );
}

function changed(x: Tensor, signs: Tensor, eps: number, change: DigitChange): Tensor {
  if (change === "clean") return x;
  const clipped = (x: Tensor) => clipByValue(x, 0, 1);
  return tidy(() => {
    // The mean of what clipping leaves of signs that are as often 1 as -1.
    if (change === "brightness") return mul(add(clipped(add(x, eps)), clipped(add(x, -eps))), 0.5);
    const moved = add(x, mul(signs, eps));
    return change.endsWith("clipped") ? clipped(moved) : moved;
  });
}

/** -1 or 1, as likely. */
export function randomSigns(count: number, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: count }, () => stream.integer(2) === 0 ? -1 : 1);
}
