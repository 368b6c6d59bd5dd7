// @ts-types="./d3_array.d.ts"
import { nice, ticks } from "d3-array";
import type { Axis } from "../../figure.ts";
import { power } from "../../../numeric/linalg/power.ts";

/** How values of an axis become places. */
export interface AxisScale {
  /** Whether it is logarithmic. */
  readonly log: boolean;
  /** The values at both ends. */
  readonly domain: readonly [number, number];
  /** Where a value lies: 0 at the lower end, 1 at the upper; -Infinity for one that a logarithmic axis cannot show. */
  share(value: number): number;
  /** Sets of ticks inside the domain, the densest first; the axis's own where it names them. */
  readonly ticks: readonly (readonly number[])[];
}

/** Room beyond the outermost values, as a share of the axis. */
const margin = 0.03;

/**
 * The scale of an axis.
 *
 * @param axis The axis.
 * @param values All values that are shown along it.
 * @param round Whether a linear domain that is taken from the data is widened to round values.
 * @throws {RangeError} Where a value is not finite, the domain is empty, or an axis is logarithmic and a value, a
 * tick or an end of the domain is not positive.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scale = axisScale({ label: "n", scale: "log", domain: [1, 100] }, [1, 50], false);
 * assertEquals(scale.share(10), 0.5);
 * assertEquals(scale.ticks[0], [1, 2, 5, 10, 20, 50, 100]);
 * ```
 */
export function axisScale(axis: Axis, values: readonly number[], round: boolean): AxisScale {
  const log = axis.scale === "log";
  for (const value of [...values, ...axis.ticks ?? [], ...axis.domain ?? []]) {
    if (!Number.isFinite(value) || (log && value <= 0)) {
      throw new RangeError(
        `Cannot paint ${value} on the ${
          log ? "logarithmic" : "linear"
        } axis "${axis.label}": every value must be ` +
          `${log ? "positive and " : ""}finite; a gap is a null`,
      );
    }
  }
  if (axis.domain !== undefined && !(axis.domain[0] < axis.domain[1])) {
    throw new RangeError(
      `Cannot paint the axis "${axis.label}" from ${axis.domain[0]} to ${
        axis.domain[1]
      }: the domain must rise`,
    );
  }
  const forward = log ? (value: number) => Math.log10(Math.max(0, value)) : (value: number) => value;
  const domain = axis.domain ?? (log ? logDomain(values) : linearDomain(values, round));
  const low = forward(domain[0]);
  const high = forward(domain[1]);
  const inside = (value: number) => value >= domain[0] && value <= domain[1];
  const sets = axis.ticks !== undefined
    ? [axis.ticks]
    : log
    ? logTicks(domain)
    : linearTicks(domain, values.every(Number.isInteger));
  return {
    log,
    domain,
    share: (value) => (forward(value) - low) / (high - low),
    ticks: sets.map((set) => set.filter(inside)),
  };
}

function linearDomain(values: readonly number[], round: boolean): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = extent(values);
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Values that differ by rounding alone are one value.
  if (size < 1e-200) return [-1, 1];
  if (high - low < 1e-12 * size) return [low - 0.1 * size, high + 0.1 * size];
  const pad = round ? 0 : margin * (high - low);
  return round ? nice(low, high, 6) : [low - pad, high + pad];
}

function logDomain(values: readonly number[]): [number, number] {
  if (values.length === 0) return [1, 10];
  const [low, high] = extent(values);
  // Closer values may have the same logarithm.
  if (high <= low * (1 + 1e-9)) return [low / 2, high * 2];
  const factor = power(high / low, margin);
  return [low / factor, high * factor];
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

function linearTicks([low, high]: readonly [number, number], whole: boolean, most = 8): number[][] {
  return [8, 6, 5, 4, 3, 2].filter((count) => count <= most).map((count) =>
    ticks(low, high, count).filter((value) => !whole || Number.isInteger(value))
  );
}

/** The steps 1, 2 and 5 of each decade, then the decades, then every second one and so on. */
function logTicks(domain: readonly [number, number]): number[][] {
  const first = Math.floor(Math.log10(domain[0]));
  const decades = Array.from({ length: Math.ceil(Math.log10(domain[1])) - first + 1 }, (_, i) => first + i);
  // Written as text, since 10 ** -5 is not the number 1e-5.
  const power = (factor: number, exponent: number) => Number(`${factor}e${exponent}`);
  const sets = [
    decades.flatMap((exponent) => [1, 2, 5].map((factor) => power(factor, exponent))),
    ...[1, 2, 3, 5, 10].map((step) =>
      decades.filter((exponent) => exponent % step === 0).map((exponent) => power(1, exponent))
    ),
  ].map((set) => set.filter((value) => value >= domain[0] && value <= domain[1]));
  const useful = sets.filter((set) => set.length >= 2);
  // Within less than a decade 1, 2 and 5 may be too few.
  return useful[0] !== undefined && useful[0].length >= 3
    ? useful
    : [...linearTicks(domain, false, 5), ...useful];
}
