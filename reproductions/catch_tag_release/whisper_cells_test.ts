import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import type { WhisperWindow } from "./method/whisper/measure_whisper.ts";
import { reproduction } from "./mod.ts";
import { tasks, type WhisperParameters } from "./run.ts";
import { hasSecondSink } from "./whisper_cells.ts";

const plans = {
  smoke: planFor(reproduction, { profile: "smoke" }),
  standard: planFor(reproduction, { profile: "standard" }),
  full: planFor(reproduction, { profile: "full" }),
};

for (const profile of ["standard", "full"] as const) {
  Deno.test(`Whisper's jobs of ${profile} hold every window of each text once behind every prefix, 64 at least`, () => {
    const { windows } = reproduction.profiles[profile].whisper;
    assert(windows.shakespeare + windows.stories >= 64);
    const jobs = jobsOf(plans[profile]).filter(({ task }) => task === "whisper");
    for (const prefix of ["prev", "sot", "text", "prevsot"]) {
      for (const text of ["shakespeare", "stories"] as const) {
        const own = jobs.map(({ parameters }) => parameters as WhisperParameters)
          .filter((one) => one.prefix === prefix && one.text === text);
        const held = own.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
        assertEquals(held, Array.from({ length: windows[text] }, (_, i) => i));
        assert(own.every((one) => one.windows === windows[text]));
      }
    }
  });
}

/** A window of Whisper's with one head, changed. */
function whisperWindow(changes: Partial<WhisperWindow>): WhisperWindow {
  return {
    heads: [{ layer: 0, head: 0, largest: 0.5, position: 0, nullLargest: 0.01, sinks: [0] }],
    tagShare: null,
    otherShare: null,
    beyondPosition: null,
    silhouettes: null,
    released: null,
    normRatios: null,
    halves: null,
    losses: null,
    ...changes,
  };
}

Deno.test("Whisper's cells are means over the windows in which there is something to measure", () => {
  const measure = (cell: string, ...windows: Partial<WhisperWindow>[]) =>
    measureCell(plans.smoke, cell, ({ parameters }) => {
      const { prefix, text } = parameters as WhisperParameters;
      const own = cell === "whisper/lag-null" ||
        (cell.startsWith(`whisper/${prefix}/`) && text === "stories");
      return { prefix, text, windows: own ? windows.map(whisperWindow) : [] };
    });
  const values = (cell: string, ...windows: Partial<WhisperWindow>[]) => measure(cell, ...windows).values;
  const head = (layer: number, sinks: number[], nullLargest = 0.01) => ({
    layer,
    head: 0,
    largest: 0.3,
    position: 0,
    nullLargest,
    sinks,
  });
  assertEquals(measure("whisper/sot/tag-share", { tagShare: 0.25 }, {}, { tagShare: 0.75 }), {
    values: [0.5],
    standardError: 0.25,
    unitOfError: "test item",
  });
  assertEquals(values("whisper/sot/tag-lift", { tagShare: 0.5, otherShare: 0.25 }), [0.25]);
  assertEquals(values("whisper/sot/sink-heads", { heads: [head(0, []), head(1, [1, 9]), head(2, [0])] }), [
    2,
  ]);
  assertEquals(values("whisper/lag-null", { heads: [head(0, [], 0.02), head(1, [], 0.07)] }), [0.07]);
  const sot = { kind: "sot", clean: 4, zero: 4.5, mean: 5, random: 4.25 } as const;
  assertEquals(
    ["zero", "mean", "zero-excess"].map((name) => values(`whisper/sot/${name}`, { losses: sot })[0]),
    [0.5, 1, 0.25],
  );
  const prev = { kind: "prev", clean: 20, withoutTag: 8, withoutRandom: 19, speaks: true } as const;
  assertEquals(
    ["remove-tag", "remove-random", "logit-lens"].map((name) =>
      values(`whisper/prev/${name}`, { losses: prev })[0]
    ),
    [-12, -1, 1],
  );
  const silhouettes = { outputs: 0.5, values: 0.25, residual: 0.1 };
  assertEquals(values("whisper/text/silhouette-gain", { silhouettes }), [0.25]);
  assertEquals(values("whisper/text/silhouette-residual", { silhouettes }), [0.1]);
  assertEquals(values("whisper/sot/norm", { normRatios: [2, 27, 11] }), [27]);
});

Deno.test("a second sink is one in the text, beside one among the first tokens of the same head", () => {
  const has = (sinks: number[][], prefix: "prev" | "sot" | "text") =>
    hasSecondSink(
      {
        heads: sinks.map((sinks, head) => ({
          layer: 0,
          head,
          largest: 1,
          position: 0,
          nullLargest: 0,
          sinks,
        })),
      },
      prefix,
    );
  assertEquals(has([[0, 9]], "prev"), true);
  assertEquals(has([[0], [9]], "prev"), false);
  assertEquals([has([[0, 3]], "sot"), has([[0, 4]], "sot")], [false, true]);
  assertEquals([has([[1, 2]], "text"), has([[1, 30]], "text")], [false, true]);
});

Deno.test("Whisper's decoder is measured on its stand-in, the same on any number of threads", async (t) => {
  const jobs = jobsOf(plans.smoke).filter(({ reads }) => "whisper" in reads);
  const results = new Map<string, unknown>();
  for (const job of jobs) results.set(job.id, await runJob(tasks, job));
  await t.step("every cell as a finite number", () => {
    const cells = plans.smoke.cells.filter(({ jobs }) => jobs[0]!.task === "whisper");
    assertEquals(cells.length, 35);
    for (const { id } of cells) {
      const [value] = measureCell(plans.smoke, id, ({ id }) => results.get(id)).values;
      assert(Number.isFinite(value), id);
    }
  });
  await t.step("with figures that say what the model is", () => {
    const figures = reproduction.figures!({
      finished: (task) =>
        jobs.filter((job) => job.task === task).map(({ id }) => ({
          job: id,
          result: results.get(id),
        })) as never,
      cell: () => ({
        published: null,
        measured: null,
        standardError: null,
        allowed: { lower: null, upper: 0.2 },
      }),
    });
    assertEquals(figures.map(({ id }) => id), [
      "whisper-received",
      "whisper-panels-sinks",
      "whisper-panels-none",
      "whisper-norms",
      "whisper-causal",
    ]);
    for (const { caption } of figures) assertStringIncludes(caption, "which listens to silence");
    const [matrix] = figures[1]!.panels;
    assert(matrix?.kind === "matrix" && matrix.values.length === matrix.rows * matrix.columns);
    assert(matrix.marks!.length > 0);
    const [causal] = figures[4]!.panels;
    assert(causal?.kind === "table");
    assertEquals(causal.rows.map((row) => row.length), causal.rows.map(() => causal.columns.length));
  });
  await t.step("to the same bits on two threads", async () => {
    const job = jobs.find(({ id }) => id.startsWith("whisper/sot/shakespeare"))!;
    assertEquals(await runJob(tasks, job, testContext({ threads: 2 })), results.get(job.id));
  });
});
