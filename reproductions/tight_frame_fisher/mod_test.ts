import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { setValues } from "../../src/compute/tfjs/set_values.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { orderingCell, orderings, type Result } from "./cells.ts";
import { loadImages } from "./data.ts";
import { drawFigures } from "./figures.ts";
import { reportFrame } from "./frame_report.ts";
import { measureIdentity } from "./gaussian_identity.ts";
import { LearningCurve } from "./learning_curve.ts";
import { reproduction } from "./mod.ts";
import { FrameNetwork } from "./network.ts";
import { measureRow, type RowParameters, type RowResult } from "./row.ts";

function planOf(profile: Profile, source: "folder" | "stand-in" = "folder", seeds = 1): Plan {
  return { profile, seeds, dataset: () => ({ source, files: [] }) };
}

/** A context without data, whose artifacts are made again each time. */
function contextOf(checkpoint: string, change: Partial<RunContext> = {}): RunContext {
  return {
    read: () => Promise.reject(new Error("no file is read")),
    rng: randomStream,
    artifact: (_parts, _inputs, make) => Promise.resolve(make()),
    threads: 1,
    checkpoint,
    progress: () => {},
    ...change,
  };
}

/** A row on drawn digits that takes a second. */
const small: RowParameters = {
  kind: "row",
  set: "mnist",
  method: "relu",
  seed: 0,
  settings: {
    images: { train: 40, test: 30 },
    atoms: 196,
    epochs: 3,
    decays: [0.5],
    beta: 5e-3,
    tightening: 1,
    augment: true,
    fisherEvery: 2,
  },
  standIn: true,
};

Deno.test("tight_frame_fisher plans a row for each data set and method, and one identity", () => {
  for (const profile of ["smoke", "standard", "full"] as const) {
    const jobs = reproduction.jobs(planOf(profile)).filter(({ id }) => /^(frames|identity)/.test(id));
    assertEquals(jobs.length, 7);
    assert(jobs.filter(({ id }) => id.startsWith("frames/")).every(({ wide }) => wide));
  }
  const jobs = reproduction.jobs(planOf("full"));
  // A data set that is missing makes stand-ins of its own rows alone.
  for (const { id, datasets } of jobs) {
    const own = id.startsWith("identity/") ? [] : [id.includes("/mnist/") ? "mnist" : "cifar-10"];
    assertEquals(datasets, own, id);
  }
  const cells = jobs.flatMap((job) => job.cells);
  for (const ordering of orderings) {
    assertEquals(cells.filter((cell) => cell === orderingCell(ordering)).length, 2);
  }
});

Deno.test("a frame of fewer atoms than a patch has values is refused", async () => {
  const backend = await startBackend({ threads: 1 });
  assertThrows(() => new FrameNetwork("mnist", "soft", 195, 5e-3, 1, 0), RangeError, "not a frame");
  assertThrows(() => new FrameNetwork("cifar10", "relu", 191, 5e-3, 1, 0), RangeError, "not a frame");
  backend.dispose();
});

Deno.test("reportFrame() notices a frame that expands", async () => {
  const backend = await startBackend({ threads: 1 });
  const test = await loadImages("mnist", "test", 20, true, contextOf(""));
  const contractionOf = (factor: number) => {
    const network = new FrameNetwork("mnist", "relu", 400, 5e-3, 1, 0);
    const { frame, network: layers } = network;
    for (let i = 0; i < 2000; i++) frame!.constrain();
    const { variable } = frame!.frame;
    setValues(variable, Float32Array.from(variable.dataSync(), (value) => factor * value));
    const { contraction, tightness } = reportFrame(network, test, randomStream("pairs", 1))!;
    layers.dispose();
    return [tightness, contraction] as const;
  };
  const [tightness, contraction] = contractionOf(1);
  assertLess(tightness, 1e-3);
  assert(contraction > 0.3 && contraction <= 1 + tightness, `${contraction}`);
  // F^T F = 3 Id.
  const [, expansion] = contractionOf(Math.sqrt(3));
  assert(expansion > 1 && expansion <= 3, `${expansion}`);
  backend.dispose();
});

Deno.test("LearningCurve keeps what was written down, and gaps", async () => {
  const backend = await startBackend({ threads: 1 });
  const curve = new LearningCurve(3);
  const layer = curve.layer([10], 0, 0);
  curve.record(0, { errors: 90, fisher: 0.5 });
  curve.record(2, { errors: 12, fisher: null });
  assertEquals(curve.points, [{ errors: 90, fisher: 0.5 }, null, { errors: 12, fisher: null }]);
  assertEquals([layer.parameters.length, layer.state[0]!.variable.trainable], [0, false]);
  backend.dispose();
});

Deno.test(
  "a row gives the same bits again, on more threads, and after an interruption",
  inFolder(async (folder, t) => {
    const whole = await measureRow(small, contextOf(`${folder}/a`)) as RowResult;
    assertEquals([whole.tested, whole.curve.length], [30, 4]);
    assertEquals(whole.curve.map((point) => point!.fisher !== null), [true, false, true, true]);
    assertEquals(whole.frame!.atoms.length, 64);
    const { contraction, tightness, rowNorm } = whole.frame!;
    assert(contraction <= 1 + tightness && rowNorm < 1e-5);

    await t.step("two threads", async () => {
      assertEquals(await measureRow(small, contextOf(`${folder}/b`, { threads: 2 })), whole);
    });

    await t.step("interrupted after its checkpoint of 200 steps", async () => {
      const long = { ...small, settings: { ...small.settings, epochs: 210, fisherEvery: 1000 } };
      const context = contextOf(`${folder}/c`);
      const interrupted = measureRow(long, {
        ...context,
        progress: (share) => {
          if (share > 205 / 210) throw new Error("interrupted");
        },
      });
      await assertRejects(() => interrupted, Error, "interrupted");
      const steps: number[] = [];
      const resumed = await measureRow(long, {
        ...context,
        progress: (share) => steps.push(Math.round(210 * share)),
      });
      assertEquals(steps[0], 201);
      assertEquals(resumed, await measureRow(long, contextOf(`${folder}/d`)));
    });
  }),
);

Deno.test(
  "x is a linear classifier of the image: no frame, and the Fisher ratio of the image",
  inFolder(async (folder) => {
    const row = await measureRow(
      { ...small, method: "x", settings: { ...small.settings, atoms: 0 } },
      contextOf(`${folder}/a`),
    );
    assertEquals(row.frame, null);
    assertEquals(row.curve.map((point) => point!.fisher), [
      null,
      null,
      null,
      Math.fround(row.fisher.test.ratio),
    ]);
  }),
);

Deno.test(
  "measureIdentity() holds to the standard error of its draws, on any number of threads",
  inFolder(async (folder) => {
    const parameters = { kind: "identity", batches: 1, seed: 3 } as const;
    const { relativeError, draws } = await measureIdentity(parameters, contextOf(`${folder}/a`));
    // relu(u) of a normal u has a standard deviation of sqrt(pi - 1) times its mean.
    const expected = Math.sqrt((Math.PI - 1) / draws);
    assert(Math.abs(relativeError / expected - 1) < 0.25, `${relativeError} of ${expected}`);
    assertEquals(await measureIdentity(parameters, contextOf(`${folder}/b`, { threads: 2 })), {
      kind: "identity",
      relativeError,
      draws,
    });
  }),
);

/** A row as a job gives it. */
function rowOf(change: Partial<RowResult>): RowResult {
  const fisher = { ratio: 4, unbiased: 5, rank: 3, cut: 1e-10, outside: 0, n: 100, d: 5 };
  return {
    kind: "row",
    set: "cifar10",
    method: "relu",
    errors: 20,
    tested: 100,
    fisher: { test: fisher, train: fisher, floor: fisher },
    frame: {
      tightness: 0.02,
      rowNorm: 1e-7,
      contraction: 0.9,
      spectrum: [1.02, 1, 0.99],
      atoms: [[0, 1]],
    },
    curve: [{ errors: 90, fisher: 1 }, null, { errors: 20, fisher: 4 }],
    plane: { means: [[0, 1]], points: [[[1, 1]]] },
    ...change,
  };
}

Deno.test("measure() of the cells of a row, and of an ordering", () => {
  const rows: Result[] = [rowOf({}), rowOf({ method: "soft", errors: 50 })];
  const measure = (cell: string) => reproduction.measure(cell, rows);
  const error = measure("frames/cifar10/relu/error");
  assertEquals([error.values, error.unitOfError], [[20], "test item"]);
  assertAlmostEquals(error.standardError!, 4, 1e-12);
  assertEquals(measure("frames/cifar10/soft/fisher").values, [4]);
  assertEquals(measure("frames/cifar10/relu/tightness").values, [0.02]);
  assertEquals(measure("frames/cifar10/relu/rownorm").values, [1e-7]);
  assertEquals(measure("frames/cifar10/relu/contraction").values, [0.9]);
  const order = measure("order/cifar10/error/relu-soft");
  assertEquals(order.values, [-30]);
  assertAlmostEquals(order.standardError!, Math.hypot(4, 5), 1e-12);
});

Deno.test("measure() takes one value a seed", () => {
  const rows = [20, 30].map((errors) => rowOf({ errors }));
  assertEquals(reproduction.measure("frames/cifar10/relu/error", rows), {
    values: [20, 30],
    unitOfError: "seed",
  });
  const jobs = reproduction.jobs(planOf("standard", "folder", 2));
  assertEquals(jobs.filter((job) => job.cells.includes("frames/mnist/soft/error")).length, 2);
});

Deno.test("figures come from the rows that have finished", () => {
  const cell = () => ({ published: 28, measured: 20, standardError: null });
  const draw = (results: Result[]) => {
    return drawFigures({ results: results.map((result) => ({ job: "job", result })), cell });
  };
  assertEquals(draw([]), []);
  const figures = draw([rowOf({}), rowOf({ method: "x", frame: null })]);
  assertEquals(figures.map(({ id }) => id), ["learning-curves", "class-planes", "atoms", "spectrum"]);
  const error = figures[0]!.panels[0]!;
  assert(error.kind === "lines");
  assertEquals(error.lines.map(({ source, points }) => [source, points.length]), [
    ["measured", 2],
    ["published", 2],
    ["measured", 2],
    ["published", 2],
  ]);
  assert(figures[0]!.caption.includes("rank 3 at the cut 1e-10"));
});
