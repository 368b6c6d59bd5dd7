import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { layerName, nonlinearitiesOf, pointsLost, ratioOfMeans } from "./cells.ts";
import { errorTable, learningJobId } from "./error_table.ts";
import type { InvarianceRun, LayerRun } from "./run.ts";

Deno.test("ratioOfMeans() of a constant divisor has the error of a mean, and of equal quantities none", () => {
  const values = [1, 4, 2, 7, 6];
  const { ratio, standardError } = ratioOfMeans(values, Array(5).fill(2));
  assertAlmostEquals(ratio, 2, 1e-12);
  assertAlmostEquals(standardError, standardErrorOfMean(values)! / 2, 1e-12);
  assertEquals(ratioOfMeans(values, values), { ratio: 1, standardError: 0 });
});

Deno.test("ratioOfMeans() has the standard error of many samples", () => {
  const stream = randomStream("ratio", 1);
  const ratios: number[] = [];
  let stated = 0;
  for (let sample = 0; sample < 400; sample++) {
    const lower = Array.from({ length: 200 }, () => stream.uniform() + 0.5);
    const upper = lower.map((value) => value * 0.5 + 0.2 * stream.normal());
    const { ratio, standardError } = ratioOfMeans(upper, lower);
    ratios.push(ratio);
    stated += standardError / 400;
  }
  const scatter = standardErrorOfMean(ratios)! * Math.sqrt(400);
  assertAlmostEquals(stated / scatter, 1, 0.15);
});

Deno.test("layerName() tells every layer apart", () => {
  const names = (["haar", "db2", "db4"] as const).flatMap((wavelet) =>
    nonlinearitiesOf(wavelet).map((nonlinearity) => layerName({ wavelet, nonlinearity }))
  );
  assertEquals(new Set(names).size, names.length);
  assertEquals(names.length, 6 + 7 + 4);
});

/** A run that gets the first so many of ten items wrong. */
function run(nonlinearity: LayerRun["nonlinearity"], wrong: number): LayerRun {
  const found = Array.from({ length: 10 }, (_, i) => i < wrong ? 1 : 0);
  return {
    nonlinearity,
    mistakes: mistakesOf(found, Array(10).fill(0)),
    tau: 0,
    iterations: 1,
    gradientLeft: 0,
  };
}

Deno.test("errorTable() gathers samples in turn, and leaves out what has not finished", () => {
  const table = errorTable([
    { job: learningJobId("mnist/n=1000", null, 0), result: [run("identity", 2)] },
    { job: learningJobId("mnist/n=1000", null, 1), result: [run("identity", 4)] },
    {
      job: learningJobId("cifar10", "haar", 0),
      result: ["hard", "soft", "abs", "split", "printed-hard", "printed-soft"].map((name, i) =>
        run(name as LayerRun["nonlinearity"], i)
      ),
    },
  ]);
  assertEquals(table.columns, ["mnist/n=1000", "cifar10"]);
  assertEquals(table.rows.map(({ layer }) => layer).slice(0, 3), ["pixels", "hard-haar", "soft-haar"]);
  const pixels = table.rows[0]!.errors.get("mnist/n=1000")!;
  assertAlmostEquals(pixels.value, 30, 1e-12);
  assertAlmostEquals(pixels.standardError, 10, 1e-12);
  assertAlmostEquals(table.rows[2]!.errors.get("cifar10")!.value, 10, 1e-12);
});

Deno.test("pointsLost() is the error under a transformation less that without, sample by sample", () => {
  const invariance = (untouched: number, shifted: number): InvarianceRun => ({
    representation: "pixels",
    untouched: run("identity", untouched).mistakes,
    mistakes: { "shift=1": run("identity", shifted).mistakes },
    moves: {},
  });
  const { values } = pointsLost([invariance(1, 4), invariance(2, 3)], "shift=1");
  values.forEach((value, i) => assertAlmostEquals(value, [30, 10][i]!, 1e-12));
});
