import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { LinePanel } from "../../src/suite/figure.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import { cells, countCell, rateCell } from "./cells.ts";
import { figures } from "./figures.ts";
import { reproduction } from "./mod.ts";
import { type CurveletComparison, tasks } from "./run.ts";

const plan = planFor(reproduction, { profile: "standard" });

/** Errors that are a power of n in every basis. */
function powerLaw(exponent: number, most = 512) {
  const errors = Array.from(
    { length: most },
    (_, i) => ({ n: i + 1, error: Math.exp(-exponent * Math.log(i + 1)) }),
  );
  return { fourier: errors, haar: errors, db2: errors, db4: errors };
}

Deno.test("nterm_approximation gives the distance of a slope from its rate, one value a placement", () => {
  const { values, unitOfError } = measureCell(plan, rateCell("haar", "ellipse"), () => powerLaw(1));
  assertEquals([values.length, unitOfError], [8, "draw"]);
  for (const value of values) assertAlmostEquals(value, 0, 1e-12);
  assertAlmostEquals(
    measureCell(plan, rateCell("fourier", "trefoil"), () => powerLaw(0.75)).values[0]!,
    -0.25,
    1e-12,
  );
});

Deno.test("nterm_approximation compares curvelets with the printed rate, not with its exponent alone", () => {
  const terms = [64, 128, 256, 512, 1024];
  const result = {
    errors: terms.map((n) => ({ n, error: Math.log(n) ** 3 / n ** 2 })),
    db2: terms.map((n) => ({ n, error: 1 / n })),
    counts: {
      curvelets: [2, 3, 4, 5, 6, 7].map((j) => ({ j, count: 64 * 2 ** (j / 2) })),
      haar: [2, 3, 4, 5, 6, 7].map((j) => ({ j, count: 2 ** j })),
      db2: [2, 3, 4, 5, 6, 7].map((j) => ({ j, count: 4 * 2 ** j })),
    },
  };
  const value = (id: string) => measureCell(plan, id, () => result).values[0]!;
  assertAlmostEquals(value(cells.rateOfCurvelets), 0, 1e-12);
  assert(value(cells.curveletsAgainstDb2) < -0.4);
  assertAlmostEquals(value(countCell("curvelets", "ellipse")), 0, 1e-12);
  assertAlmostEquals(value(countCell("db2", "ellipse")), 0, 1e-12);
  // 64 2^(j / 2) = 4 2^j at j = 8, the index of the last ring of 1,024 pixels.
  assertAlmostEquals(value(cells.crossing), 0, 1e-12);
});

Deno.test("nterm_approximation pools over curves, and errs by what differs between them", () => {
  const slopes: Readonly<Record<string, number>> = { trefoil: 1, ellipse: 1.1, "third-derivative": 1.2 };
  const edge = (id: string) => Object.keys(slopes).find((name) => id.includes(`/${name}/`))!;
  const { values, standardError } = measureCell(
    plan,
    cells.rateOfDb4,
    ({ id }) => powerLaw(slopes[edge(id)]!),
  );
  assertAlmostEquals(values[0]!, -0.1, 1e-12);
  assertAlmostEquals(standardError!, 0.1 / Math.sqrt(3), 1e-12);
});

Deno.test("nterm_approximation measures the same of a cartoon each time, and the counts of all scales but the last", async () => {
  const smoke = planFor(reproduction, { profile: "smoke" });
  const job = jobsOf(smoke).find(({ task }) => task === "measureInCurvelets")!;
  const run = () => runJob(tasks, job, testContext()) as Promise<CurveletComparison>;
  const first = await run();
  assertEquals(first, await run());
  assertEquals(first.counts.db2.map(({ j }) => j), first.counts.curvelets.map(({ j }) => j));
});

Deno.test("nterm_approximation shows what has finished, each basis up to n = side alone", () => {
  const finished = (results: Readonly<Record<string, readonly unknown[]>>) =>
    figures({
      finished: (task) => (results[task] ?? []).map((result) => ({ job: task, result })) as never,
      cell: () => undefined,
    });
  assertEquals(finished({}), []);
  const measureBases = [
    { cartoon: "ellipse", side: 512, ...powerLaw(1, 2048) },
    { cartoon: "ellipse", side: 128, ...powerLaw(2, 512) },
    { cartoon: "koch", side: 512, ...powerLaw(3, 2048) },
  ];
  const [figure] = finished({ measureBases, measurePhotographs: [[powerLaw(0.5, 1024)]] });
  const [cartoons, photographs] = figure!.panels as LinePanel[];
  const haar = cartoons!.lines.find(({ name }) => name === "Haar")!.points;
  assertEquals([haar[0]!.x, haar.at(-1)!.x], [20, 512]);
  assertAlmostEquals(haar.at(-1)!.y!, 1 / 512, 1e-12);
  assertEquals(photographs!.lines[0]!.points.at(-1)!.x, 256);
});
