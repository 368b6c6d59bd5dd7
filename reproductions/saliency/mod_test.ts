import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import type { Excitement } from "./method/excite_units.ts";
import { reproduction } from "./mod.ts";
import { type Adjoint, type MapComparison, type Occlusion, type Pointing, tasks } from "./run.ts";

Deno.test("saliency plans a job for each seed, and maps of a dog and a cat for the figure alone", () => {
  const full = planFor(reproduction, { profile: "full" });
  assertEquals(
    jobsOfCell(full, "pointing/squeezenet/cam"),
    [0, 1, 2].map((seed) => `point/squeezenet/seed=${seed}`),
  );
  assertEquals(
    jobsOfCell(full, "occlusion/mobilenet/half-permuted"),
    [0, 1, 2].map((seed) => `cover-permuted/mobilenet/seed=${seed}`),
  );
  assertEquals(full.figureJobs!.map(({ id }) => id), ["dog-and-cat/squeezenet", "dog-and-cat/mobilenet"]);
});

/** Made-up mistakes: `wrong` of 100. */
const wrong = (count: number) =>
  mistakesOf(Array.from({ length: 100 }, (_, i) => i < count ? 1 : 0), Array(100).fill(0));

Deno.test("saliency takes every cell from its own maps", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const pointing: Pointing = {
    cam: wrong(5),
    pre: wrong(12),
    lastPermuted: wrong(47),
    allPermuted: wrong(60),
  };
  const occlusion: Occlusion = { half: wrong(2), patch: wrong(3) };
  const maps: MapComparison[] = [{ cam: 1e-7, pre: 0.4, rank: 0.8 }, { cam: 3e-7, pre: 0.2, rank: 0.9 }];
  const patch = (cosine: number) => ({ patch: [], projection: [], cosine });
  const excitement: Excitement = [
    { stage: "fire7", units: [{ unit: 0, patches: [patch(0.9)] }] },
    { stage: "fire9", units: [{ unit: 1, patches: [patch(0.1), patch(0.2)] }] },
  ];
  const adjoint: Adjoint = { own: 1e-17, other: 0.01 };
  const results = { point: pointing, cover: occlusion, compare: maps, excite: excitement, adjoint } as Record<
    string,
    unknown
  >;
  const value = (id: string) => measureCell(plan, id, ({ task }) => results[task]).values[0]!;
  assertAlmostEquals(value("pointing/mobilenet/cam"), 95, 1e-12);
  assertAlmostEquals(value("pointing/mobilenet/pre"), 88, 1e-12);
  assertAlmostEquals(value("pointing/squeezenet/last-permuted"), 3, 1e-12);
  assertAlmostEquals(value("pointing/squeezenet/all-permuted"), -10, 1e-12);
  assertAlmostEquals(value("order/pointing/squeezenet/pre-cam"), -7, 1e-12);
  assertAlmostEquals(value("occlusion/squeezenet/half"), 98, 1e-12);
  assertAlmostEquals(value("occlusion/mobilenet/patch-permuted"), 47, 1e-12);
  assertAlmostEquals(value("identity/cam/squeezenet"), 3e-7, 1e-12);
  assertAlmostEquals(value("identity/pre/mobilenet"), 0.3, 1e-12);
  assertAlmostEquals(value("rank/pre/mobilenet"), 0.85, 1e-12);
  assertAlmostEquals(value("deconvnet/cosine/fire9"), 0.15, 1e-12);
  assertEquals([value("deconvnet/adjoint"), value("deconvnet/other-switches")], [1e-17, 0.01]);
});

Deno.test("saliency on stand-ins: Grad-CAM is the class activation map behind the ReLU alone", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  for (const network of ["squeezenet", "mobilenet"]) {
    const maps = await runJob(tasks, jobOf(plan, `compare/${network}`)) as MapComparison[];
    assertEquals(maps.length, 6);
    assert(maps.every(({ cam }) => cam < 1e-5));
    assert(maps.every(({ pre }) => pre > 1e-3));
  }
});

Deno.test("saliency on stand-ins: the adjoint goes by the switches of its own image", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const { own, other } = await runJob(tasks, jobOf(plan, "adjoint")) as Adjoint;
  assertLess(own, 1e-12);
  assertLess(1e-6, other);
});

Deno.test("saliency on stand-ins: every class of a pair is decided twice", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const pointing = await runJob(tasks, jobOf(plan, "point/mobilenet/seed=0")) as Pointing;
  assertEquals(Object.values(pointing).map(({ tested }) => tested), [4, 4, 4, 4]);
  const occlusion = await runJob(tasks, jobOf(plan, "cover/mobilenet/seed=0")) as Occlusion;
  assertEquals([occlusion.half.tested, occlusion.patch.tested], [2, 2]);
});

Deno.test("saliency on stand-ins: pictures of units have one size", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const excitement = await runJob(tasks, jobOf(plan, "excite")) as Excitement;
  assertEquals(excitement.map(({ stage }) => stage), ["conv1", "fire3", "fire5", "fire7", "fire9"]);
  const patches = excitement.flatMap(({ units }) => units.flatMap(({ patches }) => patches));
  assertEquals(
    new Set(patches.flatMap(({ patch, projection }) => [patch.length, projection.length])).size,
    1,
  );
});

Deno.test("figures() shows what there is: nothing where no job has finished", () => {
  assertEquals([...reproduction.figures!({ finished: () => [], cell: () => undefined })], []);
});
