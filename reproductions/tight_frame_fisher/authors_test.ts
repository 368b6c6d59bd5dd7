import { assert, assertEquals, assertRejects } from "@std/assert";
import { cifar10, mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { planFor, runJob, testContext } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { tasks } from "./run.ts";

/** One step, in place of 469 or 391 an epoch; a Fisher ratio needs two images of each class. */
const images = { train: 10, test: 20 };

Deno.test(
  "each job of the authors' settings takes a training step",
  inFolder(async (folder, t) => {
    const jobs = jobsOf(planFor(reproduction, { profile: "authors" }));
    assertEquals(jobs.length, 9);
    for (const [number, job] of jobs.entries()) {
      await t.step(job.id, async () => {
        const source = job.reads["train"]!.dataset === "mnist" ? mnist : cifar10;
        const reads = { train: source.train.first(images.train), test: source.test.first(images.test) };
        let share = 0;
        const context = testContext({
          checkpoint: `${folder}/${number}`,
          progress: (done) => {
            share = done;
            throw new Error("one step is enough");
          },
        });
        await assertRejects(() => runJob(tasks, { ...job, reads }, context), Error, "one step is enough");
        // A step an epoch, and 300 epochs.
        assertEquals(share, 1 / 300);
      });
    }
    assert(jobs.every(({ wide }) => wide));
  }),
);
