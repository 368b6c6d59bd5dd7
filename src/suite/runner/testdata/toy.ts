/**
 * A reproduction for the tests of the runner: six jobs, of which two need each cell `toy/even` and `toy/odd`, and
 * all `toy/all`. The seed count picks what goes wrong: 2 a job that fails, 3 one that gives NaN, 4 slow jobs; or what is
 * used: 5 two wide jobs, 6 a checkpoint. 7 is a disk that takes no more, 8 a job that waits for one of another reproduction, 10 a
 * checkpoint of a job that takes 400 ms in each part.
 *
 * @module
 */
import { cell, jobMaker, type Reproduction } from "../../reproduction.ts";
import type { tasks } from "./toy_tasks.ts";

const job = jobMaker<typeof tasks>();

/** The toy. */
export const reproduction: Reproduction<typeof tasks> = {
  id: "toy",
  paper: { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" },
  datasets: [],
  profiles: {
    smoke: { seeds: 1, minutes: 0 },
    standard: { seeds: 1, minutes: 0 },
    full: { seeds: 1, minutes: 0 },
  },
  plan({ seeds }) {
    const jobs = Array.from(
      { length: 6 },
      (_, i) => job("number", { id: `job ${i}`, parameters: { i, seeds }, wide: seeds === 5 && i < 2 }),
    );
    const values = (values: readonly number[]) => ({ values });
    return {
      cells: [
        cell("toy/all", jobs, values),
        cell("toy/even", [jobs[0]!, jobs[2]!], values),
        cell("toy/odd", [jobs[1]!, jobs[3]!], values),
      ],
    };
  },
  figures({ finished, cell }) {
    const odd = cell("toy/odd")?.measured ?? "not measured";
    const title = `${finished("number").length} jobs, toy/odd ${odd}`;
    return [{ id: "jobs", title, caption: "What the jobs gave.", panels: [] }];
  },
};
