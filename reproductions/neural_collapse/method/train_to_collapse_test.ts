import { assert, assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import { Network } from "../../../src/nn/mod.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import type { Inputs } from "./balanced_images.ts";
import { layersOf } from "./networks.ts";
import { trainToCollapse } from "./train_to_collapse.ts";

/** Noisy images of three pictures. */
function noisy(count: number, name: string): Inputs {
  const stream = randomStream(name, 1);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from(
    { length: count * 36 },
    (_, i) => (i % 3 === labels[Math.floor(i / 36)] ? 1 : 0) + 0.5 * stream.normal(),
  );
  return { shape: [6, 6, 1], inputs, labels };
}

const options = {
  rate: 0.05,
  decay: 5e-3,
  batchSize: 20,
  epochs: 60,
  measured: [1, 30, 60],
  seen: [1, 60],
  classes: 3,
  seed: 3,
};

const data = { train: noisy(66, "train"), test: noisy(30, "test") };

for (const loss of ["squared error", "cross-entropy"] as const) {
  Deno.test(
    `trainToCollapse() collapses features by ${loss}, and goes on to the same bits`,
    inFolder(async (folder) => {
      const backend = await startBackend({ threads: 1 });
      try {
        const make = () => new Network([6, 6, 1], layersOf({ kind: "dense", batchNorm: true }, 3), 1);
        const whole = await trainToCollapse(make(), data, { ...options, loss });
        assertEquals(whole.epochs.map(({ epoch }) => epoch), [1, 30, 60]);
        assertEquals(whole.planes.map(({ epoch }) => epoch), [1, 60]);
        assertEquals(whole.planes[0]!.classes.map(({ features }) => features.length), [44, 44, 44]);
        const [first, , last] = whole.epochs;
        assertLess(2 * last!.nc1, first!.nc1);
        assertLess(last!.coherenceMeans, first!.coherenceMeans);
        assertEquals(last!.trainError, 0);
        // Cauchy and Schwarz: a trace times that of the inverse is at least the square of the side.
        assert(whole.epochs.every(({ nc1, fisher }) => nc1 * fisher >= 4));
        const checkpoint = { path: `${folder}/checkpoint`, settings: loss };
        // Five epochs of three steps are kept; the seventh is lost.
        await trainToCollapse(make(), data, { ...options, loss, checkpoint, stopAfter: 20 });
        const resumed = await trainToCollapse(make(), data, { ...options, loss, checkpoint });
        assertEquals(resumed, whole);
      } finally {
        backend.dispose();
      }
    }),
  );
}

Deno.test("layersOf() makes both networks, with batch norm and without", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const names = (kind: "dense" | "convolutional", batchNorm: boolean) =>
      new Network([28, 28, 1], layersOf({ kind, batchNorm }, 10), 1).layers.map(({ name, outputShape }) =>
        `${name} ${outputShape}`
      );
    assertEquals(names("dense", true).length, 5 * 3 + 1);
    assertEquals(names("dense", false).slice(-3), ["8-dense 256", "9-relu 256", "10-dense 10"]);
    assertEquals(names("convolutional", true).at(-5), "7-max-pool 7,7,32");
  } finally {
    backend.dispose();
  }
});
