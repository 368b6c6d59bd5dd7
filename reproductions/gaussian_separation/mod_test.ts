import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import { cells, frameRows, riskCell, riskDimensions } from "./cells.ts";
import { reproduction } from "./mod.ts";
import { tasks } from "./run.ts";

const plan = planFor(reproduction, { profile: "smoke" });

Deno.test("gaussian_separation gives errors above and below chance in points, and pairs what it compares", () => {
  const labels = [0, 0, 1, 1];
  const wrong = (count: number) =>
    mistakesOf(labels.map((label, i) => i < count ? 1 - label : label), labels);
  const separation = {
    fisher: wrong(2),
    affine: wrong(1),
    bayes: wrong(0),
    sameCovariance: wrong(3),
    blindFrame: wrong(2),
    relu: frameRows.map((rows) => ({ rows, mistakes: wrong(rows === 16 ? 2 : 1) })),
  };
  const value = (id: string) => measureCell(plan, id, () => separation).values[0]!;
  assertEquals(
    [cells.fisherAtChance, cells.affineAtChance, cells.sameCovariance, cells.gap, cells.bayesBelowRelu].map(
      value,
    ),
    [0, 25, 25, 25, -25],
  );
});

Deno.test("gaussian_separation finds the closed forms of its bounds", async () => {
  const job = jobsOf(plan).find(({ task }) => task === "seekWorstMeans")!;
  const found = await runJob(tasks, job);
  for (const d of riskDimensions) {
    assertAlmostEquals(measureCell(plan, riskCell(d), () => found).values[0]!, d / (d + 1), 1e-9);
  }
});
