import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { averagingConstruction } from "./averaging_construction.ts";
import { measureToy, type ToyMeasures } from "./measure_toy.ts";
import { initialToyParameters, readToyNetwork } from "./toy_network.ts";

Deno.test("measureToy() finds catch, tag and release in the constructed network", () => {
  const run = measureToy(averagingConstruction(20), { length: 16, loss: "all" }, randomStream("run", 0));
  assert(run.solved && run.error < 1e-12);
  assertAlmostEquals(run.catch, 1, 1e-6);
  assertAlmostEquals(run.release, 1, 1e-6);
  assertEquals([run.sinkShare, run.separation.outputs.purity], [1, 1]);
  assertAlmostEquals(run.tagShare, 1, 1e-9);
  assertAlmostEquals(run.separation.outputs.silhouette, 1, 1e-6);
  assertAlmostEquals(run.separation.outputs.between, 1, 1e-6);
});

Deno.test("measureToy() of a network that attends to all keys alike finds none of it", () => {
  const network = averagingConstruction(1e-9);
  const measures = measureToy(network, { length: 16, loss: "last" }, randomStream("run", 0));
  assert(!measures.solved);
  assertEquals([measures.sinkShare, measures.catch < 0.2], [0, true]);
});

Deno.test("measureToy() finds in values of numbers nothing of [SEP], whatever the network", () => {
  // A value is affine in the number, so the clusters of all networks are those of the numbers themselves.
  const shape = { width: 8, layers: 2 };
  const measured = [0, 1].map((seed): ToyMeasures => {
    const parameters = initialToyParameters(shape, 1, randomStream("values", seed));
    return measureToy(readToyNetwork(parameters, shape), { length: 16, loss: "all" }, randomStream("run", 0));
  });
  const [one, other] = measured.map(({ separation }) => separation.values);
  assertEquals(one!.purity, other!.purity);
  assertAlmostEquals(one!.silhouette, other!.silhouette, 1e-9);
  assert(Math.abs(one!.silhouette) < 0.1 && one!.purity < 0.7, `${one!.silhouette} ${one!.purity}`);
  for (const { tagShare } of measured) assert(tagShare >= 0 && tagShare <= 1, `${tagShare}`);
});
