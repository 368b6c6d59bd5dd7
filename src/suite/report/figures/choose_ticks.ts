import type { AxisScale } from "./axis_scale.ts";
import { formatTicks } from "./format_ticks.ts";

/** A tick; one whose label has no room keeps its line. */
export interface Tick {
  /** The value. */
  readonly value: number;
  /** Its place along the axis, in px from the lower end. */
  readonly place: number;
  /** What stands beside it. */
  readonly label?: string;
}

/**
 * The densest set of ticks whose labels have room.
 *
 * @param scale The scale.
 * @param length The length of the axis in px.
 * @param room How much of the axis a label takes, in px.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { axisScale } from "./axis_scale.ts";
 *
 * const scale = axisScale({ label: "n", domain: [0, 10] }, [], false);
 * assertEquals(chooseTicks(scale, 100, () => 20).map(({ label }) => label), ["0", "2", "4", "6", "8", "10"]);
 * ```
 */
export function chooseTicks(scale: AxisScale, length: number, room: (label: string) => number): Tick[] {
  const sets = scale.ticks.map((values) => {
    const labels = formatTicks(values, scale.log);
    return values.map((value, i) => ({ value, place: scale.share(value) * length, label: labels[i]! }));
  });
  const fits = sets.find((set) => set.every((tick, i) => i === 0 || apart(set[i - 1]!, tick, room)));
  if (fits !== undefined) return fits;
  // The ends say more than what lies between them.
  const least = sets.at(-1) ?? [];
  const labelled: Required<Tick>[] = [];
  for (const tick of new Set([...least.slice(0, 1), ...least.slice(-1), ...least])) {
    if (labelled.every((other) => apart(other, tick, room))) labelled.push(tick);
  }
  return least.map((tick) => labelled.includes(tick) ? tick : { value: tick.value, place: tick.place });
}

function apart(a: Required<Tick>, b: Required<Tick>, room: (label: string) => number): boolean {
  return Math.abs(b.place - a.place) >= (room(a.label) + room(b.label)) / 2;
}
