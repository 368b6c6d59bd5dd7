import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import { nonlinearitiesOf } from "./cells.ts";
import { reproduction } from "./mod.ts";
import { type InvarianceRun, type LayerRun, tasks } from "./run.ts";

Deno.test("wavelet_layer plans a job for each wavelet and sample, and the largest set in full alone", () => {
  const ids = (profile: "standard" | "full") => planFor(reproduction, { profile }).cells.map(({ id }) => id);
  assertEquals(ids("standard").filter((id) => id.includes("n=60000")), []);
  assert(ids("full").includes("mnist/n=60000/split-db2"));
  const plan = planFor(reproduction, { profile: "standard" });
  assertEquals(jobsOfCell(plan, "mnist/n=1000/abs-haar").length, 2 * 4);
  assertEquals(jobsOfCell(plan, "mnist/n=10000/abs-db2"), [
    "mnist/n=10000/db2/draw=0",
    "mnist/n=10000/pixels/draw=0",
  ]);
  const wide = jobsOf(plan).filter(({ wide }) => wide).map(({ id }) => id.replace(/\/[^/]*\/[^/]*$/, ""));
  assertEquals([...new Set(wide)], ["mnist/n=10000", "cifar10"]);
});

/** Made-up runs of a job, each nonlinearity wrong as often as its place in the list says. */
function runs(nonlinearities: readonly LayerRun["nonlinearity"][], first: number): LayerRun[] {
  return nonlinearities.map((nonlinearity, i) => ({
    nonlinearity,
    mistakes: mistakesOf(
      Array.from({ length: 100 }, (_, item) => item < first + i ? 1 : 0),
      Array(100).fill(0),
    ),
    tau: 0,
    iterations: 1,
    gradientLeft: 0,
  }));
}

Deno.test("wavelet_layer takes every cell from its own layer and wavelet", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const result = ({ id }: { readonly id: string }) =>
    id.includes("pixels")
      ? runs(["identity"], 50)
      : runs(nonlinearitiesOf(id.includes("db2") ? "db2" : "haar"), id.includes("db2") ? 20 : 10);
  const value = (id: string) => measureCell(plan, id, result).values[0]!;
  // db2: identity 20, hard 21, soft 22, abs 23, split 24, printed 25 and 26; Haar from hard 10 on.
  assertAlmostEquals(value("mnist/n=10000/wavelet-pixels"), 20 - 50, 1e-12);
  assertAlmostEquals(value("mnist/n=10000/soft-db2"), 22 - 50, 1e-12);
  assertAlmostEquals(value("mnist/n=10000/split-haar"), 1 - 13 / 50, 1e-12);
  assertAlmostEquals(value("order/mnist/n=10000/printed-hard-haar"), 14 - 10, 1e-12);
  assertAlmostEquals(value("order/mnist/n=10000/printed-soft-db2"), 26 - 22, 1e-12);
  assertAlmostEquals(value("order/mnist/n=10000/abs-db2-haar"), 23 - 12, 1e-12);
  assertAlmostEquals(value("cifar10/split-db2"), 24 - 50, 1e-12);
});

Deno.test("wavelet_layer on stand-ins: wavelets and pixels have one optimum, moduli another", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const distances = await runJob(tasks, jobOf(plan, "weights")) as { wavelet: number; abs: number };
  assertLess(distances.wavelet, 1e-3);
  assertLess(0.3, distances.abs);
});

Deno.test("wavelet_layer on stand-ins: every transformation is tried, and shifts move features", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const found = await runJob(tasks, jobOf(plan, "invariance/scattering/draw=0")) as InvarianceRun;
  assertEquals(Object.keys(found.mistakes).length, 8);
  assertEquals(Object.keys(found.moves), ["shift=1", "shift=2", "shift=3"]);
  const [one, three] = ["shift=1", "shift=3"].map((name) => {
    const moves = found.moves[name]!;
    return moves.reduce((a, b) => a + b) / moves.length;
  });
  assertLess(one!, three!);
});

Deno.test("figures() shows what there is: the thresholds alone where no job has finished", () => {
  const shown = reproduction.figures!({ finished: () => [], cell: () => undefined });
  assertEquals(shown.map(({ id }) => id), ["thresholds"]);
});
