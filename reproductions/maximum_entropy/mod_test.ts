import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobsOfCell, measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import {
  concentrationCell,
  countCells,
  fieldCells,
  regressionCell,
  regressionOrderCell,
  spinCells,
} from "./cells.ts";
import { figures } from "./figures.ts";
import { reproduction } from "./mod.ts";
import { type Model, tasks } from "./run.ts";

const plan = planFor(reproduction, { profile: "standard" });

/** A model whose measures are given numbers. */
function madeUp(): Model {
  const measures = (factor: number) => ({
    relativeLoss: 1e-4 * factor * factor,
    kurtosis: 3 * factor,
    waveletKurtoses: [4 * factor, 5 * factor],
    structureErrors: [0.1 * factor, 0.2 * factor, 0.3 * factor],
    scatteringDistance: 0.1 * factor,
    correlation: 0.01 * factor,
    channels: { linear: 0.1, rectified: 0.1 * factor },
    spins: { energy: -1.4 / factor, largestCluster: 0.8 / factor, near: 1 / factor },
    mean: 0.2 * factor,
  });
  return {
    field: "ising",
    side: 8,
    fields: { original: measures(1), model: measures(1), gauss: measures(2), second: measures(10) },
    gaussianModel: { kurtosis: 3.1, waveletKurtoses: [3, 3.2] },
    losses: [1, 0.1, 0.01],
    pictures: {
      original: Array.from({ length: 64 }, (_, i) => i),
      model: new Array<number>(64).fill(99),
      gauss: new Array<number>(64).fill(-1),
    },
  };
}

Deno.test("maximum_entropy measures a model beside what is Gaussian of its original", () => {
  const value = (id: string) => measureCell(plan, id, () => madeUp()).values;
  assertEquals(value(fieldCells.loss("turbulence")), [1e-4, 1e-4, 1e-4]);
  assertAlmostEquals(value(fieldCells.lossBelowGauss("dust"))[0]!, -Math.log10(4), 1e-12);
  assertAlmostEquals(value(fieldCells.lossBelowSecond("ising"))[0]!, -2, 1e-12);
  assertEquals(value(fieldCells.scattering("gravel"))[0], 0.5);
  assertEquals(value(fieldCells.thirdOverGauss("brick"))[0], 0.5);
  assertAlmostEquals(value(fieldCells.fourthBelowGauss("phi4"))[0]!, -0.2, 1e-12);
  assertEquals(value(fieldCells.kurtosis("ising"))[0], 0);
  assertAlmostEquals(value(fieldCells.waveletKurtosisBelowGauss("ising"))[0]!, -Math.log(2), 1e-12);
  assertAlmostEquals(value(fieldCells.gaussianKurtosis("ising"))[0]!, 0.1, 1e-12);
  assertAlmostEquals(value(fieldCells.gaussianWaveletKurtosis("ising"))[0]!, 0.1, 1e-12);
  assertAlmostEquals(value(fieldCells.gaussianChannels("turbulence"))[0]!, 0.1, 1e-12);
  assertEquals(value(spinCells.magnetisation)[0], 0);
  assertAlmostEquals(value(spinCells.nearAboveGauss)[0]!, -0.5, 1e-12);
});

Deno.test("maximum_entropy fits slopes of deviations, and finds that of d^(-1/2)", () => {
  const result = (process: string) => (side: number) => ({
    process,
    side,
    all: 1 / side,
    even: 1 / side,
    odd: 1,
  });
  const value = (id: string, process: string) =>
    measureCell(plan, id, ({ parameters }) => result(process)((parameters as { side: number }).side))
      .values[0]!;
  assertAlmostEquals(value(concentrationCell("white"), "white"), 0, 1e-12);
  assertAlmostEquals(value(concentrationCell("ising-even"), "ising"), 0, 1e-12);
  assertAlmostEquals(value(concentrationCell("ising-odd"), "ising"), 0.5, 1e-12);
});

Deno.test("maximum_entropy compares features split by split", () => {
  const scores = {
    statistics: [[0.9, 0.8, 0.7], [0.7, 0.8, 0.9]],
    spectrum: [[0.5, 0.8, 0.7], [0.5, 0.9, 0.9]],
  };
  const value = (id: string) => measureCell(plan, id, () => scores).values;
  assertAlmostEquals(value(regressionCell("zeldovich", "n"))[0]!, 0.8, 1e-12);
  const differences = value(regressionOrderCell("zeldovich", "displacement"));
  assertAlmostEquals(differences[0]!, 0, 1e-12);
  assertAlmostEquals(differences[1]!, 0.1, 1e-12);
});

Deno.test("maximum_entropy counts statistics", async () => {
  const job = jobsOf(plan).find(({ task }) => task === "count")!;
  const totals = await runJob(tasks, job, testContext());
  assertEquals((totals as number[])[2], 2711);
  assert(measureCell(plan, countCells.exponent, () => totals).values[0]! < 0);
});

Deno.test("maximum_entropy makes the same model of a stand-in each time", async () => {
  const smoke = planFor(reproduction, { profile: "smoke" });
  const job = jobsOf(smoke).find(({ task }) => task === "modelRead")!;
  const first = await runJob(tasks, job, testContext()) as Model;
  assertEquals(await runJob(tasks, job, testContext()), first);
  assertEquals(first.pictures!.model.length, first.side ** 2);
  assert(first.fields.model.relativeLoss < first.fields.gauss.relativeLoss);
  assert(first.losses.at(-1)! < first.losses[0]!);
});

Deno.test("maximum_entropy makes larger models in the full profile alone", () => {
  const full = planFor(reproduction, { profile: "full" });
  assertEquals(jobsOfCell(full, fieldCells.largeLoss("dust")).length, 1);
  assertEquals(jobsOfCell(plan, fieldCells.largeLoss("dust")), []);
});

Deno.test("maximum_entropy shows pictures on the grey levels of their original", () => {
  const shown = figures({
    finished: (task) => (task === "modelSimulated" ? [{ job: "model", result: madeUp() }] : []) as never,
    cell: () => undefined,
  });
  assertEquals(shown.map(({ id }) => id), ["models", "losses"]);
  const panel = shown[0]!.panels[0]!;
  assert(panel.kind === "tiles");
  assertEquals(panel.tiles.map(({ values }) => values[0]), [0, 63, 0]);
});
