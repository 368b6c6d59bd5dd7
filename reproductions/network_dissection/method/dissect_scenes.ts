/**
 * What the units of a network of scenes detect, and what the network cannot do without them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Network } from "../../../src/nn/mod.ts";
import { mean } from "../../../src/numeric/statistics/mean.ts";
import { areaUnderCurve, rank } from "./average_precision.ts";
import { digitCount, digitsOfScene, type Scenes, sceneSide } from "./digit_scenes.ts";
import { inBasis } from "./rotation.ts";
import { mapMaxima, sceneCells } from "./scene_network.ts";
import { detect, iouOfUnits, type UnitMaps } from "./unit_masks.ts";

/** The share of points above a unit's threshold. */
const share = 0.01;

/** Units of a digit that are set to 0. */
const ablated = 8;

/** How well units detect digits: a mean over the digits. */
export interface DigitDetection {
  /** IoU of the best unit. */
  readonly iou: number;
  /** Area under the curve of the best unit, by its largest value. */
  readonly auc: number;
}

/** Scenes of a parity: the even ones are chosen by, the odd ones tested on. Kinds take turns by tens, so tens are counted. */
function half(count: number, odd: boolean): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) =>
    (Math.floor(i / digitCount) % 2 === 1) === odd
  );
}

/** The areas under the curve of every unit for every digit, on some scenes: `[digit][unit]`. */
function areas(
  maxima: Float32Array,
  units: number,
  labels: Uint8Array,
  scenes: readonly number[],
): number[][] {
  const rankings = Array.from(
    { length: units },
    (_, unit) => rank(scenes.map((scene) => maxima[scene * units + unit]!)),
  );
  return Array.from({ length: digitCount }, (_, digit) => {
    const positive = scenes.map((scene) => digitsOfScene(labels[scene]!).includes(digit));
    return rankings.map((ranking) => areaUnderCurve(ranking, positive));
  });
}

/** How well the best unit of each digit, chosen on one half of the scenes, detects it on the other. */
export function detectDigits(maps: UnitMaps, { labels, masks }: Scenes): DigitDetection {
  const [choosing, tested] = [half(maps.images, false), half(maps.images, true)];
  const labelling = { grid: sceneSide, side: sceneSide, labels: masks, count: digitCount };
  const [[iou]] = iouOfUnits(maps, sceneCells, [labelling], [{ choosing, tested }], share) as [[never]];
  const digits = Array.from({ length: digitCount }, (_, digit) => digit);
  const maxima = mapMaxima(maps);
  const chosen = areas(maxima, maps.units, labels, choosing);
  const found = areas(maxima, maps.units, labels, tested);
  return {
    iou: mean(detect(iou, digits).best.map(({ iou }) => iou)),
    auc: mean(digits.map((digit) => found[digit]![chosen[digit]!.indexOf(Math.max(...chosen[digit]!))]!)),
  };
}

/** Maps in another basis of the units. */
export function rotateMaps(maps: UnitMaps, basis: Float32Array): UnitMaps {
  return { ...maps, values: inBasis(maps.values, basis) };
}

/** What a network of scenes loses without a digit's units: shares of scenes, means over the digits. */
export interface SceneAblation {
  /** Scenes that it tells right. */
  readonly accuracy: number;
  /** What is lost of the scenes with the digit. */
  readonly own: number;
  /** What is lost of the others. */
  readonly others: number;
}

/** Sets the units of each digit that are largest where the digit is to 0, and counts scenes that are told no more. */
export function ablateDigits(network: Network, maps: UnitMaps, { labels }: Scenes): SceneAblation {
  const { units, images } = maps;
  const maxima = mapMaxima(maps);
  const [choosing, tested] = [half(images, false), half(images, true)];
  const areasOf = areas(maxima, units, labels, choosing);
  const isRight = (kept: (unit: number) => boolean): boolean[] => {
    const values = Float32Array.from(
      tested.flatMap((scene) =>
        Array.from({ length: units }, (_, unit) => kept(unit) ? maxima[scene * units + unit]! : 0)
      ),
    );
    const found = tf.tidy(() => {
      const pooled = tf.tensor4d(values, [tested.length, 1, 1, units]);
      return tf.argMax(network.layers.at(-1)!.apply(pooled, { training: false, step: 0 }), 1).dataSync();
    });
    return tested.map((scene, i) => found[i] === labels[scene]);
  };
  const before = isRight(() => true);
  const losses = areasOf.map((row, digit) => {
    const removed = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]!).slice(0, ablated);
    const after = isRight((unit) => !removed.includes(unit));
    const loss = (has: boolean) => {
      const items = Array.from(tested.keys())
        .filter((i) => digitsOfScene(labels[tested[i]!]!).includes(digit) === has);
      return mean(items.map((i) => Number(before[i]) - Number(after[i])));
    };
    return { own: loss(true), others: loss(false) };
  });
  return {
    accuracy: mean(before.map(Number)),
    own: mean(losses.map(({ own }) => own)),
    others: mean(losses.map(({ others }) => others)),
  };
}
