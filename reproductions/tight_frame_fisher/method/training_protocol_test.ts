import { assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { mnist } from "../../../src/data/sources/labelled_image_sources.ts";
import { train } from "../../../src/nn/train.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
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

Deno.test("trainingProtocol() tightens frames from the first decay on", async () => {
  const backend = await startBackend({ threads: 1 });
  const network = networkOf();
  const strengths: (number | undefined)[] = [];
  network.frame!.constrain = (strength) => void strengths.push(strength);
  // Two steps an epoch.
  const { afterStep } = trainingProtocol(choices, network, 200, testContext(), () => {});
  for (let step = 0; step < 8; step++) afterStep!(step);
  assertEquals(strengths, [1, 1, 1, 1, 10, 10, 10, 10]);
  backend.dispose();
});

Deno.test("trainingProtocol() measures every epoch but the last, and says how far the training is", async () => {
  const backend = await startBackend({ threads: 1 });
  const measured: number[] = [];
  const shares: number[] = [];
  const context = testContext({ progress: (share) => void shares.push(share) });
  const { progress } = trainingProtocol(choices, networkOf(), 200, context, (epoch) => {
    measured.push(epoch);
  });
  for (let step = 1; step <= 8; step++) progress!(step, 8, 0);
  assertEquals(measured, [1, 2, 3]);
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
    train(network.network, images, trainingProtocol(choices, network, 30, context, () => {}));
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
