/** Values of some units along an arc of the circle: linear in the angle between one node and the next. */
export interface Path {
  /** The angle of each node, in rising order. */
  readonly angles: Float64Array;
  /** `(nodes, units)`, row-major. */
  readonly values: Float32Array;
}

/** max(-1, min(1, x)). */
export function hardTanh(x: number): number {
  return Math.max(-1, Math.min(1, x));
}

/**
 * Sends a path through {@linkcode hardTanh}: with a further node wherever a unit begins or ceases to saturate, so that what
 * comes out is linear between nodes again.
 *
 * @param path Its inputs, `(nodes, units)`.
 * @returns As many units at as many nodes or more.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { angles, values } = hardTanhPath({ angles: Float64Array.of(0, 1), values: Float32Array.of(0, 4) });
 * assertEquals([[...angles], [...values]], [[0, 0.25, 1], [0, 1, 1]]);
 * ```
 */
export function hardTanhPath({ angles, values }: Path): Path {
  const nodes = angles.length;
  const units = values.length / nodes;
  const cuts = Array.from({ length: nodes - 1 }, (_, node) => saturations(values, node * units, units));
  const all = nodes + cuts.reduce((sum, { length }) => sum + length, 0);
  const newAngles = new Float64Array(all);
  const newValues = new Float32Array(all * units);
  let at = 0;
  const append = (node: number, share: number) => {
    newAngles[at] = share === 0 ? angles[node]! : angles[node]! + share * (angles[node + 1]! - angles[node]!);
    for (let k = 0; k < units; k++) {
      const from = values[node * units + k]!;
      const value = share === 0 ? from : from + share * (values[(node + 1) * units + k]! - from);
      newValues[at * units + k] = hardTanh(value);
    }
    at++;
  };
  for (let node = 0; node < nodes; node++) {
    append(node, 0);
    for (const share of cuts[node] ?? []) append(node, share);
  }
  return { angles: newAngles, values: newValues };
}

/** Where between two nodes some unit passes -1 or 1: shares of the way, in rising order. */
function saturations(values: Float32Array, first: number, units: number): readonly number[] {
  let shares: number[] | undefined;
  for (let at = first; at < first + units; at++) {
    const from = values[at]!;
    const to = values[at + units]!;
    for (let level = -1; level <= 1; level += 2) {
      if ((from < level) === (to < level)) continue;
      const share = (level - from) / (to - from);
      // A node that is at the level already needs no other.
      if (share > 0 && share < 1) (shares ??= []).push(share);
    }
  }
  return shares?.sort((a, b) => a - b) ?? [];
}
