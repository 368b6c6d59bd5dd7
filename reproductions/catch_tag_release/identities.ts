/**
 * What holds for softmax attention whatever its weights are, on random queries, keys and values in float64: how far the
 * library is from it.
 *
 * @module
 */
import { type AttentionInputs, causalAttention } from "../../src/attention/causal_attention.ts";
import type { RandomStream } from "../../src/random/random_stream.ts";
import type { RunContext } from "../../src/reproduction.ts";

/** The identities, as their cells are named. */
export const identities = ["row-sum", "causality", "shift", "convex-hull"] as const;

/** One of the identities. */
export type Identity = typeof identities[number];

/** Tokens, heads and width of a head of the random attention. */
const [length, heads, width] = [32, 2, 8];
/** Directions along which outputs are compared with values. */
const directions = 16;
/** Both choices of the library. */
const scalings = ["none", "sqrt(d_head)"] as const;

/** What the job depends on. */
export interface IdentitiesParameters {
  readonly kind: "identities";
  /** How many times queries, keys and values are drawn. */
  readonly draws: number;
}

/** What the job found. */
export interface IdentitiesResult {
  readonly kind: "identities";
  /** The largest departure over all draws. */
  readonly departures: Readonly<Record<Identity, number>>;
}

/** Measures how far attention departs from each identity. */
export function runIdentities({ draws }: IdentitiesParameters, context: RunContext): IdentitiesResult {
  const stream = context.rng("catch_tag_release/identities", 0);
  const departures = { "row-sum": 0, "causality": 0, "shift": 0, "convex-hull": 0 };
  for (let draw = 0; draw < draws; draw++) {
    const normals = () => Float64Array.from({ length: heads * length * width }, () => stream.normal());
    const inputs = { queries: normals(), keys: normals(), values: normals(), length, width };
    for (const scaling of scalings) {
      const attend = (changed: Partial<AttentionInputs> = {}) =>
        causalAttention({ ...inputs, ...changed }, { scaling });
      for (const identity of identities) {
        const found = departureOf[identity](inputs, attend, stream);
        departures[identity] = Math.max(departures[identity], found);
      }
    }
  }
  return { kind: "identities", departures };
}

type Attend = (changed?: Partial<AttentionInputs>) => ReturnType<typeof causalAttention>;

const departureOf: Record<
  Identity,
  (inputs: AttentionInputs, attend: Attend, stream: RandomStream) => number
> = {
  /** The weights of a query sum to 1. */
  "row-sum": (_, attend) => {
    const { weights } = attend();
    let largest = 0;
    for (let at = 0; at < weights.length; at += length) {
      const sum = weights.subarray(at, at + length).reduce((total, weight) => total + weight, 0);
      largest = Math.max(largest, Math.abs(sum - 1));
    }
    return largest;
  },

  /** Another token at t changes no output before t. */
  "causality": ({ queries, keys, values }, attend, stream) => {
    const t = 1 + stream.integer(length - 1);
    const change = (rows: ArrayLike<number>) =>
      Float64Array.from(
        rows,
        (x, at) => Math.floor(at / width) % length === t ? x + 1 + stream.uniform() : x,
      );
    const changed = attend({ queries: change(queries), keys: change(keys), values: change(values) });
    return attend().outputs.reduce((largest, output, at) => {
      const isBefore = Math.floor(at / width) % length < t;
      return isBefore ? Math.max(largest, Math.abs(output - changed.outputs[at]!)) : largest;
    }, 0);
  },

  /** The same vector added to every key shifts all logits of a query alike, which changes no weight. */
  "shift": ({ keys }, attend, stream) => {
    const shift = Float64Array.from({ length: width }, () => stream.normal());
    const shifted = attend({ keys: Float64Array.from(keys, (key, at) => key + shift[at % width]!) });
    return attend().weights.reduce((largest, weight, at) => {
      return Math.max(largest, Math.abs(weight - shifted.weights[at]!));
    }, 0);
  },

  /** Along no direction does an output lie beyond all values that its query sees. */
  "convex-hull": ({ values }, attend, stream) => {
    const { outputs } = attend();
    let excess = 0;
    for (let d = 0; d < directions; d++) {
      const direction = Float64Array.from({ length: width }, () => stream.normal());
      let farthest = -Infinity;
      for (let token = 0; token < heads * length; token++) {
        if (token % length === 0) farthest = -Infinity;
        farthest = Math.max(farthest, along(values, token, direction));
        excess = Math.max(excess, along(outputs, token, direction) - farthest);
      }
    }
    return excess;
  },
};

function along(rows: ArrayLike<number>, token: number, direction: Float64Array): number {
  return direction.reduce((sum, part, k) => sum + part * rows[token * width + k]!, 0);
}
