import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { jobOf, jobsOfCell, measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { type BankRun, type Recovery, tasks } from "./run.ts";

const found = { source: "folder", files: ["thumb/a.png", "thumb/b.png"] } as const;

Deno.test("first_layer_filters plans one job a network, and one a seed of what is trained here", () => {
  const plan = planFor(reproduction, { profile: "full" });
  assertEquals(jobsOfCell(plan, "gabor/alexnet/median"), ["network/alexnet"]);
  assertEquals(jobsOfCell(plan, "gabor/cdbn/median"), ["cdbn/seed=0", "cdbn/seed=1", "cdbn/seed=2"]);
  assertEquals(jobsOfCell(plan, "order/alike/cdbn/learnt-mix").length, 6);
});

Deno.test("first_layer_filters reads one file of each network but AlexNet, and other pictures than are held out", () => {
  const plan = planFor(reproduction, { profile: "standard", dataset: found });
  const files = (id: string) => Object.values(jobOf(plan, id).reads)[0]!.resolve(found).files;
  assertEquals(files("network/squeezenet"), ["squeezenet_v1.0_deep-compression.net"]);
  assertEquals(files("network/resnet152"), ["first_layer_filters/resnet_152_conv0_weight.param"]);
  assertEquals(files("network/vgg16"), ["first_layer_filters/vgg16_conv1_1_weight.param"]);
  assertEquals(files("network/alexnet").length, 10);
  assertEquals(files("cdbn/seed=0"), ["thumb/b.png"]);
});

/** A fit of an R², in a direction. */
function fit(r2: number, theta = 0, omega = 3): BankRun["learnt"][number] {
  return { r2, theta, omega, amplitude: 1, alpha: 2, beta: 1, phi: 0, x0: 0, y0: 0 };
}

Deno.test("first_layer_filters takes every cell from its own bank and control", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const run: BankRun = {
    bank: "alexnet",
    side: 11,
    all: 3,
    colourShare: 1,
    filters: [],
    colours: null,
    learnt: [fit(0.9), fit(0.7), fit(0.85)],
    controls: {
      mix: [[fit(0.81), fit(0.5), fit(0.4)], [fit(0.2), fit(0.4), fit(0.6)]],
      phase: [[fit(0.6), fit(0.6), fit(0.6)]],
      white: [[fit(0.1), fit(0.3), fit(0.2)]],
    },
  };
  const measure = (id: string) => measureCell(plan, id, () => run).values;
  assertEquals(measure("gabor/alexnet/median"), [0.85]);
  assertAlmostEquals(measure("gabor/alexnet/above-0.8")[0]!, 200 / 3, 1e-12);
  assertAlmostEquals(measure("control/alexnet/mix/above-0.8")[0]!, 100 / 3, 1e-12);
  assertEquals(measure("control/alexnet/mix/above-0.8")[1], 0);
  assertEquals(measure("control/alexnet/white/above-0.8"), [0]);
  assertAlmostEquals(measure("order/alexnet/mix-learnt")[0]!, 0.5 - 0.85, 1e-12);
  assertAlmostEquals(measure("order/alexnet/phase-learnt")[0]!, 0.6 - 0.85, 1e-12);
  assertAlmostEquals(measure("order/alexnet/white-learnt")[0]!, 0.2 - 0.85, 1e-12);
  // Every bank and every control have the same shapes, so none is nearer.
  assertAlmostEquals(measure("order/alike/alexnet/learnt-mix")[0]!, 0, 1e-12);
});

Deno.test("first_layer_filters finds Gabor functions in stand-ins, fewer in their mixtures, and twice the same ones", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const run = await runJob(tasks, jobOf(plan, "network/resnet152")) as BankRun;
  const again = await runJob(tasks, jobOf(plan, "network/resnet152")) as BankRun;
  assertEquals(run, again);
  const median = (fits: BankRun["learnt"]) =>
    fits.map(({ r2 }) => r2).sort((a, b) => a - b)[Math.floor(fits.length / 2)]!;
  assertLess(median(run.controls.mix[0]!), median(run.learnt));
  assertEquals(run.colours!.length, run.all * 3 * run.side * run.side);
});

Deno.test("first_layer_filters gives the same network of CIFAR-10 from its last checkpoint", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const job = jobOf(plan, "cifar10/seed=0");
  const folder = await Deno.makeTempDir();
  const whole = await runJob(tasks, job, testContext({ checkpoint: `${folder}/a` })) as BankRun;
  const resumed = await runJob(tasks, job, testContext({ checkpoint: `${folder}/a` })) as BankRun;
  assertEquals(resumed, whole);
  assert(whole.learnt.length > 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("first_layer_filters finds synthetic functions again under noise", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const { r2 } = await runJob(tasks, jobOf(plan, "recovery/noise=0.05")) as Recovery;
  assertLess(0.8, [...r2].sort((a, b) => a - b)[3]!);
});

Deno.test("figures() shows what there is: the formula alone where no job has finished", () => {
  const shown = reproduction.figures!({ finished: () => [], cell: () => undefined });
  assertEquals(shown.map(({ id }) => id), ["gabor-functions"]);
});
