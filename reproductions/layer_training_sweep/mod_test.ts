import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { lengthGrowthBound } from "../../src/expressivity/length_growth_bound.ts";
import type { LinePanel } from "../../src/figure.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { loadClaims } from "../../src/golden/load_golden.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { inputsOf } from "./inputs.ts";
import { reproduction } from "./mod.ts";
import { trajectories, trajectoryCell } from "./protocol.ts";
import type { SweepResult } from "./sweep.ts";

function planOf(profile: Profile, source: "folder" | "stand-in" = "folder"): Plan {
  return { profile, seeds: reproduction.seeds![profile], dataset: () => ({ source, files: [] }) };
}

const artifacts = new Map<string, Promise<Uint8Array>>();

/** A context without data. */
const context: RunContext = {
  read: () => Promise.reject(new Error("no file is read")),
  rng: randomStream,
  artifact: (parts, _inputs, make) => {
    const key = JSON.stringify(parts);
    if (!artifacts.has(key)) artifacts.set(key, Promise.resolve(make()));
    return artifacts.get(key)!;
  },
  threads: 1,
  checkpoint: "",
  progress: () => {},
};

/** A sweep over three layers. */
function sweepOf(train: number[], test: number[], experiment = "figure6"): SweepResult {
  return { experiment, epochs: [{ losses: [1, 2, 3], train, test }], train, test };
}

const measured = (cell: string, results: readonly SweepResult[]) =>
  reproduction.measure(cell, results).values;

Deno.test("layer_training_sweep plans every experiment once a seed", () => {
  const jobs = reproduction.jobs(planOf("full"));
  const experiments = new Set(jobs.map(({ id }) => id.slice(0, id.lastIndexOf("/"))));
  assertEquals(experiments.size, 11);
  assertEquals(jobs.length, 5 * 11);
  assert(jobs.every(({ inputs, id }) => (inputs.length === 0) === /^(trajectory|dichotomies)/.test(id)));
});

Deno.test("layer_training_sweep takes one seed of the robustness table in standard, every one in full", () => {
  const seeds = (profile: Profile) =>
    reproduction.jobs(planOf(profile)).filter(({ id }) => id.startsWith("robustness/adam/")).length;
  assertEquals([seeds("standard"), seeds("full")], [1, 5]);
});

Deno.test("layer_training_sweep reads CIFAR-10 in full alone", () => {
  const datasets = (profile: Profile) =>
    new Set(reproduction.jobs(planOf(profile)).flatMap(({ inputs }) => inputs.map(({ dataset }) => dataset)));
  assertEquals([...datasets("standard")], ["mnist"]);
  assertEquals([...datasets("full")], ["mnist", "cifar-10"]);
});

Deno.test("measure() gives accuracies in per cent, a value a seed", () => {
  const results = [sweepOf([0.9, 0.8, 0.7], [0.85, 0.75, 0.5]), sweepOf([0.8, 0.7, 0.6], [0.8, 0.7, 0.6])];
  assertEquals(measured("figure6/layer=2/train", results), [80, 70]);
  assertEquals(measured("claim/gap", results).map(Math.round), [35, 20]);
});

Deno.test("measure() holds order and steps to the worst seed", () => {
  const results = [sweepOf([0.9, 0.8, 0.7], [0.9, 0.8, 0.7]), sweepOf([0.9, 0.7, 0.8], [0.7, 0.6, 0.65])];
  assertEquals(measured("claim/spearman-train", results), [-0.5]);
  assertEquals(measured("claim/spearman-train", results.slice(0, 1)), [-1]);
  assertAlmostEquals(measured("claim/largest-step-up", results)[0]!, 10, 1e-9);
  assertAlmostEquals(measured("claim/largest-step-up", results.slice(0, 1))[0]!, -10, 1e-9);
});

Deno.test("measure() takes the growth of length over all layers", () => {
  const families = [{ weightVariance: 8, width: 25, lengths: [2, 4, 16] }];
  const cell = trajectoryCell(8, 25);
  const { values } = reproduction.measure(cell, [{ experiment: "trajectories", families }]);
  assertAlmostEquals(values[0]!, Math.sqrt(8), 1e-12);
});

Deno.test("measure() says how far dichotomies depend on the depth of the network", () => {
  const numbersOf = (at: (depth: number, remaining: number) => number) =>
    [4, 6, 8].flatMap((depth) =>
      Array.from({ length: depth }, (_, remaining) => ({ depth, remaining, count: at(depth, remaining) }))
    );
  const of = (cell: string, at: (depth: number, remaining: number) => number) =>
    reproduction.measure(`dichotomies/${cell}`, [{ experiment: "dichotomies", numbers: numbersOf(at) }])
      .values[0]!;
  const doubling = (_: number, remaining: number) => 30 * 2 ** remaining;
  assertEquals(of("remaining=3", doubling), 240);
  assertEquals(of("spearman", doubling), 1);
  assertAlmostEquals(of("growth", doubling), 2, 1e-12);
  assertAlmostEquals(of("depth-spread", doubling), 0, 1e-12);
  // Of 90, 100, 110 the distances are 10, 0, 10 per cent at four remaining depths; of 95, 105 they are 5 at two.
  const leaning = (depth: number, remaining: number) =>
    remaining < 4 ? 60 + 10 * (depth / 2 + 1) : depth === 6 ? 95 : 105;
  assertAlmostEquals(of("depth-spread", leaning), (4 * (10 + 0 + 10) + 2 * (5 + 5)) / 16, 1e-9);
});

Deno.test("the golden bounds of trajectories are those of the theorem", () => {
  const claims = loadClaims(fromFileUrl(new URL("../../golden", import.meta.url)), reproduction.id);
  for (const variance of trajectories.weightVariances) {
    for (const width of trajectories.widths) {
      const { tolerance } = claims.find(({ cell }) => cell === trajectoryCell(variance, width))!;
      assertEquals([tolerance.kind, tolerance.value], [
        "at-least",
        Math.floor(1000 * lengthGrowthBound(variance, width)) / 1000,
      ]);
    }
  }
});

Deno.test("inputsOf() scales images as it is told", () => {
  const images = { images: Uint8Array.of(0, 255, 3, 4, 0, 0), labels: Uint8Array.of(1, 2, 3) };
  const read = (scaling: "standardised" | "unit-range" | "unit-norm", first: number) =>
    Array.from(inputsOf(images, 3, scaling, "mnist").read(first, 1));
  const expected = [-0.1307 / 0.3081, (1 - 0.1307) / 0.3081];
  for (const [i, value] of read("standardised", 0).entries()) assertAlmostEquals(value, expected[i]!, 1e-6);
  assertEquals(read("unit-range", 0), [0, 1]);
  for (const [i, value] of read("unit-norm", 1).entries()) assertAlmostEquals(value, [0.6, 0.8][i]!, 1e-6);
  assertEquals(read("unit-norm", 2), [0, 0]);
});

Deno.test(
  "a sweep on drawn digits learns, the same way each time and after a break",
  inFolder(async (folder) => {
    const job = reproduction.jobs(planOf("smoke", "stand-in")).find(({ id }) =>
      id === "figure6-readout/seed=0"
    )!;
    const first = await reproduction.run(job, context) as SweepResult;
    assert(first.train[0]! > 0.3, `${first.train[0]}`);
    const checkpoint = `${folder}/checkpoint`;
    const shares: number[] = [];
    const stopping = {
      ...context,
      checkpoint,
      progress: (share: number) => {
        shares.push(share);
        if (share === 0.5) throw new Error("interrupted");
      },
    };
    await reproduction.run(job, stopping).catch(() => {});
    assertEquals(await reproduction.run(job, stopping), first);
    assertEquals(shares, [0.5, 1]);
  }),
);

Deno.test("figures() draws what the finished jobs give, and nothing without them", () => {
  const source = (results: SweepResult[]) => ({
    results: results.map((result, i) => ({ job: `job ${i}`, result })),
    cell: () => undefined,
  });
  assertEquals(reproduction.figures!(source([])), []);
  const results = [sweepOf([0.9, 0.8, 0.7], [0.8, 0.7, 0.6]), sweepOf([0.7, 0.6, 0.5], [0.6, 0.5, 0.4])];
  const figures = reproduction.figures!(
    source([...results, sweepOf([1, 1, 1], [1, 1, 1], "figure6-readout")]),
  );
  assertEquals(figures.map(({ id }) => id), ["accuracy-by-epoch", "accuracy-by-layer"]);
  const [byEpoch, byLayer] = figures.map(({ panels }) => panels[0] as LinePanel);
  assertEquals(byEpoch!.lines.map(({ name }) => name), ["layer 1", "layer 2", "layer 3"]);
  assertAlmostEquals(byEpoch!.lines[0]!.points[0]!.y!, 80, 1e-9);
  assertEquals(byLayer!.lines.map(({ name }) => name), ["read-out frozen", "read-out trained"]);
  const { x, lower, upper } = byLayer!.lines[0]!.points[2]!;
  assertEquals([x, lower, upper], [3, 50, 70]);
});

Deno.test("figures() puts the bound beside trajectories, and lines of dichotomies in rising depth", () => {
  const trajectories = (factor: number) => ({
    experiment: "trajectories" as const,
    families: [2, 8].map((weightVariance) => ({ weightVariance, width: 25, lengths: [2, 4 * factor] })),
  });
  const numbers = [[4, 1, 50], [4, 0, 30], [6, 0, 40]].map(([depth, remaining, count]) => {
    return { depth: depth!, remaining: remaining!, count: count! };
  });
  const results = [trajectories(1), trajectories(3), { experiment: "dichotomies" as const, numbers }];
  const [length, dichotomies] = reproduction.figures!({
    results: results.map((result, i) => ({ job: `job ${i}`, result })),
    cell: () => undefined,
  });
  assertEquals(length!.panels.map(({ title }) => title), ["sigma_w^2 = 2", "sigma_w^2 = 8"]);
  const [measured, bound] = (length!.panels[1] as LinePanel).lines;
  assertEquals(measured!.points[1], { x: 1, y: 4, lower: 2, upper: 6 });
  assertEquals(bound!.points[1], { x: 1, y: lengthGrowthBound(8, 25) });
  const { lines } = dichotomies!.panels[0] as LinePanel;
  assertEquals(lines.map(({ points }) => points.map(({ x, y }) => [x, y])), [[[0, 30], [1, 50]], [[0, 40]]]);
});
