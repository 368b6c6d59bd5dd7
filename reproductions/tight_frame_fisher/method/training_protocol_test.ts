import { assert, assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { mnist } from "../../../src/data/sources/labelled_image_sources.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";
import { fit } from "../../../src/nn/fit.ts";
import { standIn, testContext } from "../../../src/suite/testing.ts";
import { FrameNetwork } from "./frame_network.ts";
import { loadImages } from "./image_sets.ts";
import { type TrainingName, trainingProtocol } from "./training_protocol.ts";

const choices: TrainingName = {
  set: "mnist",
  seed: 0,
  epochs: 4,
  decays: [0.5],
  beta: 5e-3,
  tightening: 10,
  augment: false,
};

function networkOf(): FrameNetwork {
  return new FrameNetwork({ ...choices, method: "relu", atoms: 200 });
}

/** As many images as take two steps. */
const images: DataSet = {
  shape: [28, 28, 1],
  inputs: new Float32Array(200 * 784),
  labels: new Uint8Array(200),
};

Deno.test("trainingProtocol() tightens frames from the first decay on", async () => {
  const backend = await startBackend({ threads: 1 });
  const network = networkOf();
  const strengths: (number | undefined)[] = [];
  network.frame!.constrain = (strength) => void strengths.push(strength);
  const { afterStep } = trainingProtocol(choices, network, images, testContext());
  for (let step = 0; step < 8; step++) afterStep!(step);
  assertEquals(strengths, [1, 1, 1, 1, 10, 10, 10, 10]);
  backend.dispose();
});

Deno.test("trainingProtocol() sees every image once an epoch, and says how far the training is", async () => {
  const backend = await startBackend({ threads: 1 });
  const shares: number[] = [];
  const context = testContext({ progress: (share) => void shares.push(share) });
  const { steps, stepsPerEpoch, batches, progress } = trainingProtocol(choices, networkOf(), images, context);
  assertEquals([steps, stepsPerEpoch], [8, 2]);
  assert(typeof batches === "function");
  assertEquals([(await batches(0)).x.shape, (await batches(1)).x.shape], [[128, 28, 28, 1], [72, 28, 28, 1]]);
  for (let step = 1; step <= 8; step++) progress!(step, 8, [0]);
  assertEquals(shares, [1, 2, 3, 4, 5, 6, 7, 8].map((step) => step / 8));
  backend.dispose();
});

Deno.test(
  "trainingProtocol() leaves rows of the norm sqrt(d / p), to the rounding of float32",
  inFolder(async (folder) => {
    const backend = await startBackend({ threads: 1 });
    const images = await loadImages("mnist", mnist.train.first(30).resolve(standIn), testContext());
    const network = networkOf();
    const context = testContext({ checkpoint: `${folder}/checkpoint` });
    await fit(trainingProtocol(choices, network, images, context));
    const { variable } = network.frame!.frame;
    const [p, d] = variable.shape as [number, number];
    const values = variable.dataSync() as Float32Array;
    for (let row = 0; row < p; row++) {
      const norm = Math.hypot(...values.subarray(row * d, (row + 1) * d));
      assertLess(Math.abs(norm / Math.sqrt(d / p) - 1), 1e-6, `row ${row}`);
    }
    backend.dispose();
  }),
);
