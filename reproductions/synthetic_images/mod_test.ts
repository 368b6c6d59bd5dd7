import { assertAlmostEquals, assertEquals } from "@std/assert";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { type ClassImage, type DreamRun, tasks } from "./run.ts";

Deno.test("synthetic_images plans a job of each kind of images and seed", () => {
  const ids = jobsOf(planFor(reproduction, { profile: "full" })).map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(ids.filter((id) => id.startsWith("classes/plain/")).length, 4);
});

Deno.test("synthetic_images takes medians of ranks and the least probability", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const images = [[5, 0.9], [1, 0.99], [700, 1], [8, 0.5]].map(([rank, probability], label): ClassImage => ({
    label,
    name: "",
    own: { probability: probability!, rank: 1 },
    other: { probability: 0, rank: rank! },
    picture: [],
  }));
  const result = ({ id }: { readonly id: string }) => id.includes("book") ? images.slice(0, 3) : images;
  assertEquals(measureCell(plan, "class/rank/plain", result).values, [6.5]);
  assertEquals(measureCell(plan, "class/rank/book", result).values, [5]);
  assertEquals(measureCell(plan, "class/probability/regularised", result).values, [0.5]);
});

Deno.test("synthetic_images holds norms against the photograph's", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const run: DreamRun = {
    stage: "fire3",
    norms: [2, 3, 3.3, 6.6],
    noise: 2.2,
    before: [],
    after: [],
    octaves: [],
  };
  const value = (id: string) => measureCell(plan, id, () => run).values[0]!;
  assertAlmostEquals(value("dream/growth/fire3"), 3.3, 1e-12);
  assertAlmostEquals(value("dream/noise/fire3"), 1.1, 1e-12);
  assertAlmostEquals(value("dream/monotone/fire3"), 1.1, 1e-12);
  assertAlmostEquals(
    measureCell(plan, "dream/gradient", () => [{ gradient: 2, difference: 2.1 }]).values[0]!,
    0.05,
    1e-12,
  );
});

Deno.test("synthetic_images on stand-ins: a stage dreams", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const { norms, after } = await runJob(tasks, jobOf(plan, "dreams/fire3")) as DreamRun;
  assertEquals([norms.length, after.length], [3, 3 * 112 ** 2]);
});

Deno.test("figures() shows nothing where no job has finished", () => {
  assertEquals(reproduction.figures!({ finished: () => [], cell: () => undefined }), []);
});
