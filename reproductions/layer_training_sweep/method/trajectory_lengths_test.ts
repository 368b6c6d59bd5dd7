import { assertAlmostEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { sampleNetwork } from "./random_network.ts";
import { trajectoryLengths } from "./trajectory_lengths.ts";

/** The sum of fine chords of the images, in float64. */
function chordLengths(width: number, depth: number, weightVariance: number, points: number, seed: number) {
  const shape = { inputs: width, width, depth, classes: 1 };
  const { weights } = sampleNetwork(shape, { weightVariance, biasVariance: 0 }, seed);
  const stream = randomStream("circle", seed);
  const [u, v] = [0, 1].map(() => Array.from({ length: width }, () => stream.normal()));
  const images = (t: number) => {
    let z = u!.map((value, k) => value * Math.cos(t) + v![k]! * Math.sin(t));
    return [
      z,
      ...weights.slice(0, depth).map((layer) => {
        z = z.map((_, j) => {
          const h = z.reduce((sum, value, i) => sum + value * layer[i * width + j]!, 0);
          return Math.min(1, Math.max(-1, h));
        });
        return z;
      }),
    ];
  };
  const lengths = Array<number>(depth + 1).fill(0);
  let last = images(0);
  for (let i = 1; i <= points; i++) {
    const next = images(2 * Math.PI * i / points);
    for (let d = 0; d <= depth; d++) {
      lengths[d]! += Math.hypot(...next[d]!.map((value, k) => value - last[d]![k]!));
    }
    last = next;
  }
  return lengths;
}

Deno.test("trajectoryLengths() is the length of fine chords", async () => {
  const backend = await startBackend({ threads: 1 });
  const options = { width: 6, depth: 3, weightVariance: 4 };
  const lengths = trajectoryLengths({ ...options, points: 20_000 }, 3);
  const expected = chordLengths(6, 3, 4, 20_000, 3);
  // Both cut the circle into 20,000 pieces and miss where in a piece a unit saturates.
  for (const [layer, length] of lengths.entries()) {
    assertAlmostEquals(length / expected[layer]!, 1, 1e-3, `layer ${layer}`);
  }
  backend.dispose();
});

Deno.test("trajectoryLengths() of a network that never saturates is that of a linear one", async () => {
  const backend = await startBackend({ threads: 1 });
  const [circle, image] = trajectoryLengths({ width: 1, depth: 1, weightVariance: 1e-6, points: 16 }, 1);
  const { weights } = sampleNetwork(
    { inputs: 1, width: 1, depth: 1, classes: 1 },
    { weightVariance: 1e-6, biasVariance: 0 },
    1,
  );
  assertAlmostEquals(image! / circle! / Math.abs(weights[0]![0]!), 1, 1e-5);
  backend.dispose();
});

Deno.test("trajectoryLengths() refuses a width, a depth or points of 0", async (t) => {
  const options = { width: 4, depth: 2, weightVariance: 2, points: 8 };
  for (const name of ["width", "depth", "points"]) {
    await t.step(name, () => {
      const measure = () => trajectoryLengths({ ...options, [name]: 0 }, 1);
      assertThrows(measure, RangeError, `Cannot measure a trajectory with ${name} = 0`);
    });
  }
});
