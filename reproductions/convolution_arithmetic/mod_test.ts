import { assertAlmostEquals, assertEquals } from "@std/assert";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import type { PooledShift } from "./method/pooled_shifts.ts";
import { reproduction } from "./mod.ts";
import { type NetworkResult, tasks } from "./run.ts";

const plan = planFor(reproduction, { profile: "smoke" });

Deno.test("convolution_arithmetic builds LeNet-5, AlexNet and VGG-16 as they are described", async () => {
  const networks = new Map<string, NetworkResult>();
  for (const job of jobsOf(plan).filter(({ task }) => task === "network")) {
    networks.set(job.id, await runJob(tasks, job) as NetworkResult);
  }
  const value = (id: string) => measureCell(plan, id, (job) => networks.get(job.id)).values[0];
  for (const name of ["lenet5", "alexnet", "vgg"]) {
    assertEquals([value(`${name}/built/parameters`), value(`${name}/built/shapes`)], [0, 0]);
  }
  assertEquals([value("lenet5/built/connections"), value("lenet5/built/full-c3")], [0, 900]);
  assertEquals(value("alexnet/built/ungrouped"), 62_378_344 - 60_965_224);
  assertEquals(value("alexnet/neurons/conv2"), 186_624);
});

Deno.test("convolution_arithmetic notices a layer that was built otherwise", () => {
  const layer = { name: "C1", shape: [28, 28, 6], parameters: 156, connections: 122_304 } as const;
  const result: NetworkResult = {
    described: [layer],
    built: [{ ...layer, shape: [28, 27, 6], parameters: 150, connections: 122_000 }],
    builtWithoutGroups: 156,
  };
  const value = (id: string) => measureCell(plan, id, () => result).values[0];
  assertEquals(value("lenet5/built/parameters"), 6);
  assertEquals(value("lenet5/built/shapes"), 1);
  assertEquals(value("lenet5/built/connections"), 304);
});

Deno.test("convolution_arithmetic compares poolings digit by digit", () => {
  const of = (...moves: number[]): PooledShift[] => moves.map((move) => ({ kept: move / 10, move }));
  const shifts = {
    none: of(6, 8),
    stride: of(1, 1),
    average: of(2, 2),
    max: of(3, 4),
    max4: of(1, 4),
    global: of(0, 0),
  };
  const measured = measureCell(plan, "order/pooling/move/max-none", () => shifts);
  assertEquals([measured.values, measured.standardError], [[-3.5], 0.5]);
  assertAlmostEquals(
    measureCell(plan, "order/pooling/kept/average-max", () => shifts).values[0]!,
    -0.15,
    1e-12,
  );
});

Deno.test("convolution_arithmetic measures white noise against its closed form", () => {
  const shifts = [2, 3, 4].map((window) => ({ window, windows: 100, kept: 50 }));
  const { values, standardError } = measureCell(plan, "pooling/noise/p=3", () => shifts);
  assertEquals([values, standardError], [[0], 0.05]);
});

Deno.test("figures() shows the banded matrix where no job has finished, and tables of the networks that have", async () => {
  const result = await runJob(tasks, jobOf(plan, "network/lenet5")) as NetworkResult;
  const shown = (finished: boolean) =>
    reproduction.figures!({
      finished: (task) =>
        finished && task === "network" ? [{ job: "network/lenet5", result: result as never }] : [],
      cell: () => undefined,
    });
  assertEquals(shown(false).map(({ id }) => id), ["bands"]);
  const [layers] = shown(true);
  const [table] = layers!.panels;
  assertEquals(table!.kind === "table" && table!.rows.at(-1), ["all", "", "60,000", "340,908"]);
});
