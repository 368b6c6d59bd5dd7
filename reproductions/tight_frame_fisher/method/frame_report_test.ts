import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { setValues } from "../../../src/compute/tfjs/set_values.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { mnist } from "../../../src/data/sources/labelled_image_sources.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { standIn, testContext } from "../../../src/suite/testing.ts";
import { FrameNetwork, type FrameNetworkOptions } from "./frame_network.ts";
import { reportFrame } from "./frame_report.ts";
import { loadImages } from "./image_sets.ts";

function networkWith(change: Partial<FrameNetworkOptions>): FrameNetwork {
  return new FrameNetwork({
    set: "mnist",
    method: "relu",
    atoms: 400,
    beta: 5e-3,
    seed: 0,
    ...change,
  });
}

Deno.test("FrameNetwork refuses a frame of fewer atoms than a patch has values", async () => {
  const backend = await startBackend({ threads: 1 });
  assertThrows(() => networkWith({ method: "soft", atoms: 195 }), RangeError, "not a frame");
  assertThrows(() => networkWith({ set: "cifar10", atoms: 191 }), RangeError, "not a frame");
  backend.dispose();
});

Deno.test("reportFrame() notices a frame that expands", async () => {
  const backend = await startBackend({ threads: 1 });
  const test = await loadImages("mnist", mnist.test.first(20).resolve(standIn), testContext());
  const reportScaled = (factor: number) => {
    const network = networkWith({});
    for (let i = 0; i < 2000; i++) network.frame!.constrain();
    const { variable } = network.frame!.frame;
    setValues(variable, Float32Array.from(variable.dataSync(), (value) => factor * value));
    const report = reportFrame(network, test, randomStream("pairs", 1))!;
    network.network.dispose();
    return report;
  };
  const tight = reportScaled(1);
  assertLess(tight.tightness, 1e-3);
  assert(tight.contraction > 0.3 && tight.contraction <= 1 + tight.tightness, `${tight.contraction}`);
  // F^T F = 3 Id.
  const { contraction } = reportScaled(Math.sqrt(3));
  assert(contraction > 1 && contraction <= 3, `${contraction}`);
  backend.dispose();
});

Deno.test("reportFrame() has nothing to say of x", async () => {
  const backend = await startBackend({ threads: 1 });
  const test = await loadImages("mnist", mnist.test.first(20).resolve(standIn), testContext());
  const network = networkWith({ method: "x", atoms: 0 });
  assertEquals(reportFrame(network, test, randomStream("pairs", 1)), null);
  backend.dispose();
});
