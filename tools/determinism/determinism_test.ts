import { assertEquals } from "@std/assert";
import { inFolder } from "../../src/files/test_helpers.ts";
import { loadAcceptedDigest } from "../../src/suite/golden/load_golden.ts";
import type { Results } from "../../src/suite/runner/results.ts";
import { root } from "../../scripts/lib/command_line.ts";
import {
  fastMode,
  firstDifference,
  olderProcessor,
  otherPlace,
  runShards,
  runVaried,
  type Variation,
} from "./determinism_runs.ts";

/** All that differs between machines at once; compilers take too long for every test run. */
const anotherMachine: Variation = {
  ...olderProcessor,
  threads: 4,
  env: { ...olderProcessor.env, ...otherPlace.env },
};

/** The reproductions whose every job the second run repeats; tight_frame_fisher takes as long as all of them. */
const repeated = ["scattering_energy", "mnist_scattering", "catch_tag_release", "layer_training_sweep"];

function assertAccepted({ modules }: Results): void {
  const moved = modules.filter(({ id, digest }) =>
    ![null, digest].includes(loadAcceptedDigest(`${root}/golden`, id, "smoke"))
  );
  assertEquals(moved.map(({ id }) => id), [], "the digests of these are not the accepted ones");
}

function assertSame(run: Results, other: Results): void {
  for (const reproduction of run.modules) {
    assertEquals(
      firstDifference(reproduction, other.modules.find(({ id }) => id === reproduction.id)!),
      null,
    );
  }
}

Deno.test(
  "smoke gives the accepted bits on 1, 2 and 4 threads, in shards, killed and resumed, elsewhere, on an older processor, in fast mode",
  inFolder(async (folder, t) => {
    let whole: Results | undefined;
    await t.step("every reproduction, in shards that differ in all of it", async () => {
      const shards = [{ threads: 1 }, { threads: 2, ...otherPlace }, { threads: 4, ...olderProcessor }];
      whole = await runShards(["--profile", "smoke"], folder, shards);
      assertAccepted(whole);
    });
    await t.step("in fast mode, which results.json tells, cell by cell", async () => {
      const run = await runVaried([...repeated, "--profile", "smoke"], `${folder}/fast`, fastMode);
      assertEquals(run.environment.v8Flags, fastMode.env!["DENO_V8_FLAGS"]!.split(","));
      assertAccepted(run);
      assertSame(run, whole!);
    });
    await t.step("on another machine, cell by cell", async () => {
      const run = await runVaried([...repeated, "--profile", "smoke"], `${folder}/whole`, anotherMachine);
      assertAccepted(run);
      assertSame(run, whole!);
    });
  }),
);
