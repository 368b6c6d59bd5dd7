/** What a machine is, for the time that a run takes on it. */
export interface MachineSpeed {
  /** How many threads can run at once. */
  readonly cores: number;
  /** How long one of them takes for a fixed piece of work, over what one took where the minutes of the profiles were measured. */
  readonly slowness: number;
}

/** The machine on which the minutes of the profiles were measured: two cores, each of which takes this long for the piece of work. */
const reference = { cores: 2, ms: 2.7 };

/** The side of the matrices that are multiplied: they fit into a cache of the second level. */
const side = 160;

/** The least of so many tries is taken: what else the machine does can only add to a time. */
const tries = 25;

/** Measures this machine, in a tenth of a second. */
export function measureMachine(): MachineSpeed {
  const a = Float64Array.from({ length: side * side }, (_, i) => i % 7);
  const b = Float64Array.from({ length: side * side }, (_, i) => i % 5);
  const times = Array.from({ length: tries }, () => {
    const start = performance.now();
    multiply(a, b);
    return performance.now() - start;
  });
  return { cores: navigator.hardwareConcurrency, slowness: Math.min(...times) / reference.ms };
}

/** The product of two square matrices. */
function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let k = 0; k < side; k++) {
      const factor = a[i * side + k]!;
      for (let j = 0; j < side; j++) product[i * side + j]! += factor * b[k * side + j]!;
    }
  }
  return product;
}

/**
 * The minutes that a profile is expected to take on a machine, to two digits: jobs share the cores evenly.
 *
 * @param minutes What it takes on two cores of the machine on which it was measured.
 * @param machine The machine.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(expectedMinutes(120, { cores: 8, slowness: 1.37 }), 41);
 * ```
 */
export function expectedMinutes(minutes: number, { cores, slowness }: MachineSpeed): number {
  return Number((minutes * slowness * reference.cores / cores).toPrecision(2));
}

/**
 * A time in the unit that leaves few digits.
 *
 * @param minutes The time.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.1, 7.5, 350, 21_800].map(durationText), ["6 s", "7.5 min", "350 min", "363 h"]);
 * ```
 */
export function durationText(minutes: number): string {
  if (minutes < 1) return `${Math.max(1, Math.round(60 * minutes))} s`;
  return minutes >= 600 ? `${Math.round(minutes / 60)} h` : `${minutes} min`;
}
