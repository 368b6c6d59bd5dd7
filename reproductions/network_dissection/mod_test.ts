import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import type { AblatedPhotograph, ImageDetection, StagePatches } from "./image_tasks.ts";
import { reproduction } from "./mod.ts";
import type { MaskDetection, SceneDetection } from "./pixel_tasks.ts";
import { tasks } from "./run.ts";

Deno.test("network_dissection trains on scenes once a seed and pooling, and shares jobs between cells", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const ids = jobsOf(plan).map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(ids.filter((id) => id.startsWith("scenes/")).length, 3 + 1);
  assertEquals(jobsOfCell(plan, "image/control/squeezenet"), [
    "images/squeezenet/trained",
    "images/squeezenet/permuted=0",
  ]);
});

/** A detection in which every class has the same precision. */
function detection(name: string, precision: number) {
  const best = { unit: 0, precision };
  return { name, classes: [best, best], faces: best, airplanes: best };
}

Deno.test("network_dissection holds units against rotations, and rotations against permuted weights", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const result = ({ id }: { readonly id: string }): ImageDetection => ({
    classes: ["a", "b"],
    stages: id.includes("permuted")
      ? [detection("fire9", 0.05)]
      : [detection("conv1", 0.1), detection("fire5", 0.15), detection("fire7", 0.2), detection("fire9", 0.4)],
    rotated: id.includes("permuted") ? [] : [detection("fire9", 0.2), detection("fire9", 0.1)],
  });
  const values = (id: string) => measureCell(plan, id, result).values;
  assertEquals(values("image/gain/squeezenet"), [2, 4]);
  values("image/control/squeezenet").forEach((value) => assertAlmostEquals(value, 3, 1e-12));
  assertAlmostEquals(values("image/depth/fire9-fire7")[0]!, 0.2, 1e-12);
  assertAlmostEquals(values("faces/rotated")[0]!, 0.2, 1e-12);
  assertEquals(values("airplanes/permuted"), [0.05]);
});

Deno.test("network_dissection counts what ablation loses in points", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const photograph = (before: boolean, weights: number): AblatedPhotograph => ({
    label: 0,
    before,
    own: { weights, ap: 1, random: 0.5 },
    others: 1,
  });
  const photographs = [photograph(true, 0), photograph(true, 1), photograph(false, 0), photograph(true, 0)];
  assertEquals(measureCell(plan, "ablation/weights", () => photographs).values, [50]);
  assertEquals(measureCell(plan, "ablation/others", () => photographs).values, [-25]);
});

Deno.test("network_dissection takes a count of none as one", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const found = (count: number) => ({
    detectors: [count, count],
    concepts: [count, count],
    best: [0.1, 0.2],
    found: [[], []],
  });
  const result: MaskDetection = {
    stage: "fire9",
    permuted: null,
    units: [found(12), found(3)],
    rotated: [[found(0), found(6)]],
    shuffled: [],
    colour: [0.2, 0.3],
    shown: [],
  };
  assertEquals(measureCell(plan, "coco/gain/units", () => result).values, [12, 12]);
  assertEquals(measureCell(plan, "coco/threshold/units", () => result).values, [0.5, 0.5]);
});

Deno.test("network_dissection on stand-ins: photographs are described, and their units ablated", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const found = await runJob(tasks, jobOf(plan, "images/squeezenet/trained")) as ImageDetection;
  assertEquals(found.stages.length, 9);
  assert(
    found.stages.every(({ classes }) => classes.every(({ precision }) => precision > 0 && precision <= 1)),
  );
  const photographs = await runJob(tasks, jobOf(plan, "ablation")) as AblatedPhotograph[];
  assertEquals(photographs.length, 6 * 2);
  const patches = await runJob(tasks, jobOf(plan, "patches")) as StagePatches[];
  assertEquals(patches.map(({ stage }) => stage), ["conv1", "fire3", "fire5", "fire7", "fire9"]);
});

Deno.test("network_dissection on stand-ins: a network of scenes is trained and dissected", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const checkpoint = await Deno.makeTempFile();
  await Deno.remove(checkpoint);
  const { context } = { context: { checkpoint } };
  const { testContext } = await import("../../src/suite/testing.ts");
  const found = await runJob(tasks, jobOf(plan, "scenes/max/seed=0"), testContext(context)) as SceneDetection;
  assert(found.units.auc > 0.4 && found.units.auc <= 1);
  assert(found.ablation.accuracy >= 0);
});

Deno.test("figures() shows nothing where no job has finished", () => {
  assertEquals(reproduction.figures!({ finished: () => [], cell: () => undefined }), []);
});
