import { assert, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { countDichotomies, type DichotomyOptions } from "./count_dichotomies.ts";
import { sampleNetwork } from "./random_network.ts";

const options = { width: 16, depth: 3, layer: 0, weightVariance: 8, inputs: 15, points: 2048 };

Deno.test("countDichotomies() of a network that never saturates is 2 s, as each sign changes twice", async () => {
  const backend = await startBackend({ threads: 1 });
  for (const layer of [0, 1, 2]) {
    assertEquals(countDichotomies({ ...options, layer, weightVariance: 1e-4, inputs: 6 }, 5), 12);
  }
  backend.dispose();
});

Deno.test("countDichotomies() finds both labels of one input and never more than 2^s", async () => {
  const backend = await startBackend({ threads: 1 });
  assertEquals(countDichotomies({ ...options, inputs: 1 }, 1), 2);
  assertEquals(countDichotomies({ ...options, inputs: 3, weightVariance: 100 }, 1), 8);
  backend.dispose();
});

/** Labels of all inputs at each step in the plain order, from the same streams. */
function referenceCount(options: DichotomyOptions, seed: number): number {
  const { width, depth, layer, weightVariance, inputs, points } = options;
  const shape = { inputs: width, width, depth, classes: 1 };
  const { weights } = sampleNetwork(shape, { weightVariance, biasVariance: 0 }, seed);
  const sample = (label: string, count: number, deviation: number) => {
    const stream = randomStream(label, seed);
    return Float32Array.from({ length: count }, () => deviation * stream.normal());
  };
  const end = sample("sweep", width * width, Math.sqrt(weightVariance / width));
  const x = sample("inputs", inputs * width, 1);
  const times = (z: number[], matrix: ArrayLike<number>, units: number) =>
    Array.from(
      { length: units },
      (_, j) => z.reduce((sum, value, k) => sum + value * matrix[k * units + j]!, 0),
    );
  const found = new Set<string>();
  for (let step = 0; step < points; step++) {
    const t = 2 * Math.PI * step / points;
    const swept = weights[layer]!.map((value, i) => value * Math.cos(t) + end[i]! * Math.sin(t));
    const labels = Array.from({ length: inputs }, (_, s) => {
      let z = Array.from(x.subarray(s * width, (s + 1) * width));
      for (let l = 0; l < depth; l++) {
        z = times(z, l === layer ? swept : weights[l]!, width).map((u) => Math.max(-1, Math.min(1, u)));
      }
      return times(z, weights.at(-1)!, 1)[0]! >= 0 ? "+" : "-";
    });
    found.add(labels.join(""));
  }
  return found.size;
}

Deno.test("countDichotomies() counts what a plain forward pass does, whichever layer is swept", async () => {
  const backend = await startBackend({ threads: 1 });
  const counts = new Set<number>();
  for (const layer of [0, 1, 2]) {
    for (const seed of [1, 2, 3]) {
      const small = { width: 6, depth: 3, layer, weightVariance: 6, inputs: 8, points: 200 };
      const count = countDichotomies(small, seed);
      assertEquals(count, referenceCount(small, seed), `layer ${layer}, seed ${seed}`);
      counts.add(count);
    }
  }
  assert(counts.size > 3);
  backend.dispose();
});

Deno.test("countDichotomies() refuses layers that are not there, numbers of 0 and too many inputs", () => {
  const count = (change: object) => () => countDichotomies({ ...options, ...change }, 1);
  assertThrows(count({ layer: 3 }), RangeError, "Cannot sweep layer 3: it must be one of the layers 0 to 2");
  assertThrows(count({ depth: 0 }), RangeError, "Cannot count dichotomies with depth = 0");
  assertThrows(count({ width: 0 }), RangeError, "Cannot count dichotomies with width = 0");
  assertThrows(count({ inputs: 31 }), RangeError, "of 31 inputs: there must be at most 30");
});
