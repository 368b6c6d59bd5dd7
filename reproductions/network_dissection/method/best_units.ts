/**
 * Units as detectors of whole photographs.
 *
 * @module
 */
import { averagePrecision, rank } from "./average_precision.ts";

/** What a concept's best unit detects. */
export interface BestUnit {
  /** The unit. */
  readonly unit: number;
  /** Its average precision on the photographs that it was not chosen by. */
  readonly precision: number;
}

/** Photographs as rows of unit activations, as many photographs of each class. */
export interface Described {
  /** `(photographs, units)`. */
  readonly values: Float32Array;
  /** How many units. */
  readonly units: number;
  /** Photographs of a class. */
  readonly perClass: number;
}

/** Whether a photograph is one that units are chosen by: the first, third, ... of its class; the others are tested on. */
export function isChoosing(index: number, perClass: number): boolean {
  return index % perClass % 2 === 0;
}

/**
 * For each concept the unit that ranks its photographs best, by one half of the photographs, and how it does on the other half.
 *
 * @param described All photographs.
 * @param concepts Each says whether a class belongs to it.
 */
export function bestUnits(
  { values, units, perClass }: Described,
  concepts: readonly ((label: number) => boolean)[],
): BestUnit[] {
  const all = Array.from({ length: values.length / units }, (_, i) => i);
  const [choosing, tested] = [true, false].map((first) => {
    const items = all.filter((i) => isChoosing(i, perClass) === first);
    return {
      positive: concepts.map((isOf) => items.map((i) => isOf(Math.floor(i / perClass)))),
      ranking: (unit: number) => rank(items.map((i) => values[i * units + unit]!)),
    };
  });
  const best = concepts.map(() => ({ unit: 0, precision: -1 }));
  for (let unit = 0; unit < units; unit++) {
    const ranking = choosing!.ranking(unit);
    choosing!.positive.forEach((positive, concept) => {
      const precision = averagePrecision(ranking, positive);
      if (precision > best[concept]!.precision) best[concept] = { unit, precision };
    });
  }
  return best.map(({ unit }, concept) => ({
    unit,
    precision: averagePrecision(tested!.ranking(unit), tested!.positive[concept]!),
  }));
}
