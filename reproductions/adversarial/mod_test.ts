import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { countMistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import type { DigitChange } from "./method/attack_digits.ts";
import { reproduction } from "./mod.ts";
import { type DigitRun, type PhotographRun, tasks } from "./run.ts";

Deno.test("adversarial attacks classifiers of every seed, and the large convolutional network in full alone", () => {
  const standard = planFor(reproduction, { profile: "standard" });
  assertEquals(jobsOfCell(standard, "mnist/cnn/fgsm"), ["cnn/seed=0", "cnn/seed=1", "cnn/seed=2"]);
  assertEquals(jobsOfCell(standard, "mnist/cnn-60000/fgsm"), []);
  assertEquals(jobsOfCell(planFor(reproduction, { profile: "full" }), "mnist/cnn-60000/fgsm"), [
    "cnn-60000/seed=0",
  ]);
  const transfer = jobOf(standard, "transfer/cnn-cnn/seed=2").parameters as Record<string, { seed: number }>;
  assertEquals([transfer.source!.seed, transfer.target!.seed], [2, 0]);
  const one = planFor(reproduction, { profile: "smoke" });
  const { target } = jobOf(one, "transfer/cnn-cnn/seed=0").parameters as { target: { seed: number } };
  assertEquals(target.seed, 1);
});

/** Made-up mistakes: `wrong` of 100. */
const wrong = (count: number) =>
  mistakesOf(Array.from({ length: 100 }, (_, i) => i < count ? 1 : 0), Array(100).fill(0));

Deno.test("adversarial takes every cell of digits from its own change", () => {
  const counts: Record<DigitChange, number> = {
    "clean": 8,
    "fgsm": 99,
    "fgsm-clipped": 95,
    "random-sign": 10,
    "random-sign-clipped": 22,
    "brightness": 21,
  };
  const run: DigitRun = {
    changed: Object.fromEntries(
      Object.entries(counts).map(([change, count]) => [change, { mistakes: wrong(count), confidence: 0.5 }]),
    ),
    closedForm: { step: 1e-14, random: 0.1 },
  };
  const plan = planFor(reproduction, { profile: "full", seeds: 2 });
  const value = (id: string) => measureCell(plan, id, () => run).values[0]!;
  assertEquals(value("mnist/softmax/fgsm"), 99);
  assertEquals(value("mnist/softmax/fgsm-clipped"), 95);
  assertAlmostEquals(value("mnist/softmax/random-sign"), 2, 1e-12);
  assertAlmostEquals(value("mnist/softmax/random-sign-clipped"), 12, 1e-12);
  assertAlmostEquals(value("mnist/softmax/brightness"), -1, 1e-12);
  assertAlmostEquals(value("mnist/transfer/cnn-softmax"), 89, 1e-12);
  assertEquals(value("identity/softmax/logit"), 1e-14);
  assertEquals(value("identity/softmax/random-sign"), 0.1);
});

Deno.test("adversarial counts photographs: all of them as they are, attacked ones after a change", () => {
  const seen = (right: boolean) => ({ right, confidence: 0.5 });
  const photograph = (
    exact: boolean,
    right: readonly [boolean, boolean],
    left: boolean | null,
  ): PhotographRun => ({
    exact,
    right,
    changed: left === null ? {} : {
      "clean": seen(right[0]),
      "fgsm/eps=0.25": seen(left),
      "fgsm/eps=1": seen(false),
      "fgsm/eps=8": seen(false),
      "noise/eps=1": seen(right[0]),
      "noise/eps=8": seen(left),
    },
    transferred: left === null ? {} : { "fgsm/eps=1": seen(left), "noise/eps=1": seen(right[0]) },
  });
  const runs = [
    photograph(true, [true, true], true),
    photograph(true, [true, true], false),
    photograph(true, [false, true], false),
    photograph(true, [false, false], null),
    photograph(false, [true, true], null),
  ];
  const plan = planFor(reproduction, { profile: "standard" });
  const [first, ...others] = jobsOfCell(plan, "photos/squeezenet/top1/exact");
  assertEquals(others, []);
  const value = (id: string) => measureCell(plan, id, (job) => job.id === first ? runs : []).values[0]!;
  assertEquals(value("photos/squeezenet/top1/exact"), 50);
  assertEquals(value("photos/squeezenet/top5/exact"), 75);
  assertEquals(value("photos/squeezenet/top1/all"), 60);
  assertAlmostEquals(value("photos/squeezenet/fgsm/eps=0.25"), 0.5, 1e-12);
  assertAlmostEquals(value("photos/squeezenet/fgsm/eps=1"), 0, 1e-12);
  assertAlmostEquals(value("photos/squeezenet/noise/eps=1"), 0, 1e-12);
  assertAlmostEquals(value("photos/squeezenet/noise/eps=8"), 100 / 3, 1e-12);
  assertAlmostEquals(value("photos/transfer/eps=1"), 100 / 3, 1e-12);
});

Deno.test("adversarial on stand-ins: the step makes softmax regression wrong, and random signs do not", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const { changed, closedForm } = await runJob(tasks, jobOf(plan, "softmax/seed=0")) as DigitRun;
  const errors = (change: DigitChange) => countMistakes(changed[change]!.mistakes);
  assertLess(errors("clean"), 30);
  assertLess(90, errors("fgsm"));
  assertLess(errors("random-sign"), 40);
  assertLess(closedForm!.step, 1e-10);
});

Deno.test("adversarial on stand-ins: photographs are attacked on two grids", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const [job] = jobsOf(plan).filter(({ task }) => task === "transfer");
  const runs = await runJob(tasks, job!) as PhotographRun[];
  assertEquals(runs.length, 4);
  const attacked = runs.filter(({ changed }) => "clean" in changed);
  assertEquals(attacked.length, 2);
  assert(attacked.every(({ transferred }) => "fgsm/eps=8" in transferred));
});

Deno.test("figures() shows what there is: nothing where no job has finished", () => {
  assertEquals([...reproduction.figures!({ finished: () => [], cell: () => undefined })], []);
});
