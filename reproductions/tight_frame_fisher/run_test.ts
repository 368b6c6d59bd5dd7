import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import type { Half, ImageReading } from "../../src/data/sources/labelled_image_sources.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import type { RunContext } from "../../src/suite/reproduction.ts";
import { testContext } from "../../src/suite/testing.ts";
import { countMistakes } from "../../src/classify/mistakes.ts";
import type { SetName } from "./method/image_sets.ts";
import { type FrameParameters, type Readings, type ScatteringParameters, tasks } from "./run.ts";

/** Made images in place of a data set. */
function standIns(set: SetName, train: number, test: number): Readings {
  const reading = (half: Half, count: number): ImageReading => ({
    dataset: set === "mnist" ? "mnist" : "cifar-10",
    half,
    files: [],
    standIn: true,
    count,
  });
  return { train: reading("train", train), test: reading("test", test) };
}

/** What contexts share: images take longer to make than anything else here. */
const artifacts = new Map<string, Uint8Array>();

function contextIn(folder: string, change: Partial<RunContext> = {}): RunContext {
  const threads = change.threads ?? 1;
  return testContext({
    artifact: async (parts, _readings, make) => {
      const key = JSON.stringify(parts);
      const made = artifacts.get(key) ?? await make();
      artifacts.set(key, made);
      return made;
    },
    checkpoint: `${folder}/${threads}.checkpoint`,
    ...change,
  });
}

/** A two-layer network that takes a second. */
const frame: FrameParameters = {
  set: "mnist",
  row: "relu",
  method: "relu",
  seed: 0,
  atoms: 196,
  epochs: 3,
  decays: [0.5],
  beta: 5e-3,
  tightening: 1,
  augment: true,
  fisherEvery: 2,
  jackknife: { blocks: 3, leftOut: 2 },
  parts: [2],
};

/** A network behind a scattering. */
const scattering: ScatteringParameters = {
  set: "cifar10",
  row: "scat",
  seed: 0,
  J: 3,
  blocks: [{ channels: 8, atoms: 0 }],
  epochs: 1,
  decays: [0.5],
  beta: 5e-3,
  tightening: 10,
  augment: true,
  fisherOnTraining: 60,
  jackknife: { blocks: 5, leftOut: 2 },
  parts: [2],
};

const digits = standIns("mnist", 40, 30);
const leaves = standIns("cifar10", 60, 100);

/** A context that stops a training, as an interruption does. */
function stoppedAfter(context: RunContext, share: number): RunContext {
  return {
    ...context,
    progress: (done) => {
      if (done > share) throw new Error("interrupted");
    },
  };
}

Deno.test(
  "tasks.frame() gives the same bits again, on more threads, and after an interruption",
  inFolder(async (folder, t) => {
    const whole = await tasks.frame({ parameters: frame, reads: digits }, contextIn(folder));
    assertEquals([whole.mistakes.tested, whole.curve.length], [30, 4]);
    assertEquals(whole.curve.at(-1)!.errors, countMistakes(whole.mistakes));
    assertEquals(whole.curve.map(({ fisher }) => fisher !== null), [true, false, true, true]);
    const { atoms, contraction, tightness } = whole.frame!;
    assertEquals(atoms.length, 64);
    assert(contraction <= 1 + tightness);

    await t.step("two threads", async () => {
      const context = contextIn(folder, { threads: 2 });
      assertEquals(await tasks.frame({ parameters: frame, reads: digits }, context), whole);
    });

    await t.step("interrupted after its checkpoint of 200 steps", async () => {
      const long = { parameters: { ...frame, epochs: 210, fisherEvery: 1000 }, reads: digits };
      const context = contextIn(folder, { checkpoint: `${folder}/interrupted` });
      const interrupted = tasks.frame(long, stoppedAfter(context, 205 / 210));
      await assertRejects(() => interrupted, Error, "interrupted");
      const steps: number[] = [];
      const resumed = await tasks.frame(long, {
        ...context,
        progress: (share) => steps.push(Math.round(210 * share)),
      });
      assertEquals(steps[0], 201);
      const uninterrupted = contextIn(folder, { checkpoint: `${folder}/whole` });
      assertEquals(resumed, await tasks.frame(long, uninterrupted));
    });
  }),
);

Deno.test(
  "tasks.frame() of x is a linear classifier of the image: no frame, and the Fisher ratio of the image",
  inFolder(async (folder) => {
    const parameters = { ...frame, row: "x", method: "x", atoms: 0 } as const;
    const result = await tasks.frame({ parameters, reads: digits }, contextIn(folder));
    assertEquals(result.frame, null);
    assertEquals(result.curve.map(({ fisher }) => fisher), [null, null, null, result.fisher.test.ratio]);
    // Of 784 values there is no ratio of fewer images than that.
    assertEquals(result.fisher.test.fewer, []);
  }),
);

Deno.test(
  "tasks.scattering() gives the same bits for any number of threads",
  inFolder(async (folder, t) => {
    const phases: Partial<ScatteringParameters> = {
      row: "jcoscat",
      J: null,
      blocks: [{ channels: 4, atoms: 32 }, { channels: 8, atoms: 64 }],
    };
    const cases: [string, Partial<ScatteringParameters>, number][] = [
      ["augmented", {}, 0],
      ["described once", { augment: false }, 0],
      ["a frame", { row: "1coscat", blocks: [{ channels: 8, atoms: 16 }] }, 1],
      ["phase scatterings", phases, 2],
    ];
    for (const [name, change, frames] of cases) {
      await t.step(name, async () => {
        const input = { parameters: { ...scattering, ...change }, reads: leaves };
        const paths = [1, 2].map((threads) => `${folder}/${name} ${threads}`);
        const one = await tasks.scattering(input, contextIn(folder, { checkpoint: paths[0]! }));
        const two = await tasks.scattering(input, contextIn(folder, { checkpoint: paths[1]!, threads: 2 }));
        assertEquals(two, one);
        assertEquals([one.mistakes.tested, one.fisher.test.n, one.curve.length], [100, 100, 2]);
        assertEquals(one.tightness.length, frames);
        const { rank, d } = one.fisher.test;
        assert(rank <= Math.min(d, 100 - 10), "100 images in 10 classes vary in at most 90 directions");
        assertNotEquals(one.fisher.floor.ratio, one.fisher.test.ratio);
        const { standardError, jackknife } = one.fisher.test;
        assertEquals([jackknife.blocks, jackknife.ratios.length], [5, 2]);
        assert(standardError > 0);
      });
    }
  }),
);

Deno.test(
  "tasks.scattering() goes on to the same result after an interruption",
  inFolder(async (folder) => {
    // Augmented, and one step an epoch: the checkpoint of step 20 is what is left of 22.
    const long = { parameters: { ...scattering, epochs: 25 }, reads: leaves };
    const whole = await tasks.scattering(long, contextIn(folder));
    const context = contextIn(folder, { threads: 2 });
    const interrupted = tasks.scattering(long, stoppedAfter(context, 21.5 / 25));
    await assertRejects(() => interrupted, Error, "interrupted");
    const steps: number[] = [];
    const resumed = await tasks.scattering(long, {
      ...context,
      progress: (share) => void steps.push(Math.round(25 * share)),
    });
    assertEquals(resumed, whole);
    assertEquals(steps, [21, 22, 23, 24, 25]);
  }),
);

Deno.test(
  "tasks.scattering() names a class that the test images lack",
  inFolder(async (folder) => {
    const input = { parameters: scattering, reads: standIns("cifar10", 20, 5) };
    await assertRejects(
      () => tasks.scattering(input, contextIn(folder)),
      RangeError,
      "class 5 has none",
    );
  }),
);
