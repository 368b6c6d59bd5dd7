import { assertEquals } from "@std/assert";
import { inRoot } from "./testdata/toy_root.ts";
import { runToy } from "./testdata/toy_run.ts";

Deno.test(
  "runJobs() leaves nothing stored of a job that fails when it is computed anew",
  inRoot(async (root) => {
    const out = `${root}/out`;
    const stored = () => [...Deno.readDirSync(`${out}/cache/jobs`)].length;
    // The job fails the first time and finishes the second.
    await runToy(root, out, 6);
    await runToy(root, out, 6);
    assertEquals(stored(), 6);
    const { failures } = await runToy(root, out, 6, { fresh: true });
    assertEquals(failures.map(({ job }) => job), ["job 3"]);
    assertEquals(stored(), 5);
  }),
);
