import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { jobOf, jobsOfCell, measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { type HigherLayerRun, type PhotographRun, tasks } from "./run.ts";

const folder = (name: string) => [1, 2].map((n) => `101_ObjectCategories/${name}/image_000${n}.jpg`);
const found = {
  source: "folder",
  files: ["Faces_easy", "Motorbikes", "airplanes", "ant", "car_side"].flatMap(folder),
} as const;

Deno.test("convolutional_dbn shows every layer of photographs all four classes, each from its folder", () => {
  const plan = planFor(reproduction, { profile: "standard", dataset: found });
  const { reads } = jobOf(plan, "cars/seed=0");
  assertEquals(Object.keys(reads), ["learnt", "heldOut", "faces", "cars", "airplanes", "motorbikes"]);
  assertEquals(reads.faces!.resolve(found).files, folder("Faces_easy"));
  assertEquals(reads.cars!.resolve(found).files, folder("car_side"));
  assertEquals(reads.motorbikes!.resolve(found).files, folder("Motorbikes"));
});

Deno.test("convolutional_dbn has three seeds in full, and each cell those of its own layer", () => {
  const plan = planFor(reproduction, { profile: "full" });
  assertEquals(jobsOfCell(plan, "layer2/kyoto/coherence"), ["kyoto/seed=0", "kyoto/seed=1", "kyoto/seed=2"]);
  assertEquals(jobsOfCell(plan, "order/ap/cars/random-layer2").length, 3);
  assertEquals(jobsOfCell(plan, "order/mixture/layer2-layer3")[0], "mixture/seed=0");
});

/** A layer that reconstructs all but a share, and a unit that finds faces as well as it is told. */
function run(
  reconstruction: number,
  scores: Readonly<Record<"first" | "second" | "random", number[]>>,
): PhotographRun {
  const second: HigherLayerRun = {
    bases: { side: 1, images: [] },
    reconstruction,
    coherence: { learnt: 0.6, permuted: 0.3 },
    records: [],
  };
  const activityOf = (values: number[]) => ({
    classes: ["faces", "cars", "cars"],
    activity: values.map((value) => [value]),
  });
  return {
    seen: "faces",
    second,
    third: null,
    activity: {
      first: activityOf(scores.first),
      second: activityOf(scores.second),
      random: activityOf(scores.random),
      third: null,
    },
  };
}

Deno.test("convolutional_dbn takes every cell from its own layer", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const made = run(0.4, { first: [1, 2, 3], second: [3, 2, 1], random: [2, 1, 3] });
  const value = (id: string) => measureCell(plan, id, () => made).values[0]!;
  assertEquals(value("layer2/faces/reconstruction"), 0.4);
  assertEquals(value("layer2/faces/coherence"), 2);
  assertAlmostEquals(value("order/ap/faces/layer1-layer2"), 1 / 3 - 1, 1e-12);
  assertAlmostEquals(value("order/ap/faces/random-layer2"), 1 / 2 - 1, 1e-12);
});

Deno.test("convolutional_dbn lets all layers learn on stand-ins, and gives the same from what was learnt", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const machines = new Map<string, Uint8Array>();
  const context = testContext({
    async artifact(parts, _readings, make) {
      const key = JSON.stringify(parts);
      if (!machines.has(key)) machines.set(key, await make());
      return machines.get(key)!;
    },
  });
  const checkpoint = await Deno.makeTempDir();
  const job = jobOf(plan, "mixture/seed=0");
  const first = await runJob(tasks, job, { ...context, checkpoint: `${checkpoint}/c` }) as PhotographRun;
  assertEquals(machines.size, 3);
  const again = await runJob(tasks, job, { ...context, checkpoint: `${checkpoint}/d` }) as PhotographRun;
  assertEquals(again, first);
  assertEquals(first.activity.third!.activity[0]!.length, 24);
  assertEquals(first.third!.bases.side, (6 - 1) * 4 + (10 - 1) * 2 + 10);
  assertLess(first.second.reconstruction, 2);
  assertEquals(await Array.fromAsync(Deno.readDir(checkpoint)), []);
  await Deno.remove(checkpoint, { recursive: true });
});

Deno.test("figures() shows nothing where no job has finished", () => {
  assertEquals(reproduction.figures!({ finished: () => [], cell: () => undefined }), []);
});
