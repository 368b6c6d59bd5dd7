import { assert, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { countDichotomies, type DichotomyOptions, followLabels } from "./count_dichotomies.ts";
import { countLabellings } from "./count_labellings.ts";
import { sampleNetwork } from "./random_network.ts";

const options = { width: 16, depth: 3, layer: 0, weightVariance: 8, inputs: 15, sides: 512 };

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

/** The labels of all inputs at an angle, as a plain forward pass in float64 gives them from the same streams. */
function plainLabels(options: DichotomyOptions, seed: number): (angle: number) => string {
  const { width, depth, layer, weightVariance, inputs } = options;
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
  return (angle) => {
    const swept = Array.from(
      weights[layer]!,
      (value, i) => value * Math.cos(angle) + end[i]! * Math.sin(angle),
    );
    return Array.from({ length: inputs }, (_, s) => {
      let z = Array.from(x.subarray(s * width, (s + 1) * width));
      for (let l = 0; l < depth; l++) {
        z = times(z, l === layer ? swept : weights[l]!, width).map((u) => Math.max(-1, Math.min(1, u)));
      }
      return times(z, weights.at(-1)!, 1)[0]! >= 0 ? "+" : "-";
    }).join("");
  };
}

/** Networks that a plain forward pass is quick enough for. */
const small = [0, 1, 2].flatMap((layer) =>
  [1, 2, 3].map((seed) => ({
    seed,
    options: { width: 6, depth: 3, layer, weightVariance: 6, inputs: 8, sides: 2048 },
  }))
);

Deno.test("followLabels() has the labels of a plain forward pass on a grid, whichever layer is swept", async () => {
  const backend = await startBackend({ threads: 1 });
  const counts = new Set<number>();
  for (const { options, seed } of small) {
    const labels = plainLabels(options, seed);
    const plain = new Set(Array.from({ length: 200 }, (_, i) => labels(2 * Math.PI * i / 200)));
    const count = countLabellings(followLabels(options, seed), 200);
    assertEquals(count, plain.size, `layer ${options.layer}, seed ${seed}`);
    counts.add(count);
  }
  assert(counts.size > 3);
  backend.dispose();
});

Deno.test("followLabels() has the labels of a plain forward pass in the middle of every arc", async () => {
  const backend = await startBackend({ threads: 1 });
  for (const { options, seed } of small) {
    const courses = followLabels(options, seed);
    const ends = [0, ...courses.flatMap(({ changes }) => changes).sort((a, b) => a - b), Math.PI];
    const labels = plainLabels(options, seed);
    for (const [i, end] of ends.slice(1).entries()) {
      // What is shorter is in doubt.
      if (end - ends[i]! < 2e-5) continue;
      const middle = (ends[i]! + end) / 2;
      const own = courses.map(({ positive, changes }) =>
        positive === (changes.filter((change) => change < middle).length % 2 === 0) ? "+" : "-"
      );
      assertEquals(own.join(""), labels(middle), `layer ${options.layer}, seed ${seed}, angle ${middle}`);
    }
  }
  backend.dispose();
});

Deno.test("countDichotomies() finds what a grid misses, with few sides or many", async () => {
  const backend = await startBackend({ threads: 1 });
  const wide = { width: 32, depth: 5, layer: 0, weightVariance: 8, inputs: 15 };
  const counts = [256, 1024, 4096].map((sides) => countDichotomies({ ...wide, sides }, 3));
  assertEquals(new Set(counts).size, 1, `${counts}`);
  const onGrid = countLabellings(followLabels({ ...wide, sides: 1024 }, 3), 1024);
  assert(onGrid < 0.95 * counts[0]!, `${onGrid} of ${counts[0]}`);
  backend.dispose();
});

Deno.test("countDichotomies() refuses layers that are not there, numbers of 0, odd sides and too many inputs", () => {
  const count = (change: object) => () => countDichotomies({ ...options, ...change }, 1);
  assertThrows(count({ layer: 3 }), RangeError, "Cannot sweep layer 3: it must be one of the layers 0 to 2");
  assertThrows(count({ depth: 0 }), RangeError, "Cannot count dichotomies with depth = 0");
  assertThrows(count({ width: 0 }), RangeError, "Cannot count dichotomies with width = 0");
  assertThrows(count({ sides: 7 }), RangeError, "on half of 7 sides: their number must be even");
  assertThrows(count({ inputs: 31 }), RangeError, "of 31 inputs: there must be at most 30");
});
