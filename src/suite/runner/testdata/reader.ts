/**
 * A second reproduction for the tests of the runner: it reads the files `a` and `b` of a data set, one for each of the cells
 * `reader/a` and `reader/b`, and has a wide job that reads nothing, for `reader/width`.
 *
 * @module
 */
import { cell, jobMaker, type Reading, type Reproduction, type Source } from "../../reproduction.ts";
import type { tasks } from "./reader_tasks.ts";

/** The data set: one of which any file may be at hand. */
export const dataset = "caltech-101";

const job = jobMaker<typeof tasks>();

/** One file of the data set. */
function file(name: string): Source {
  return {
    dataset,
    resolve: ({ source }): Reading =>
      source === "stand-in"
        ? { dataset, files: [], standIn: true }
        : { dataset, files: [name], standIn: false },
  };
}

/** The reader. */
export const reproduction: Reproduction<typeof tasks> = {
  id: "reader",
  paper: { title: "A reader", authors: ["Nobody"], year: 2026, venue: "tests" },
  datasets: [dataset],
  profiles: {
    smoke: { seeds: 2, minutes: 0 },
    standard: { seeds: 2, minutes: 0 },
    full: { seeds: 2, minutes: 0 },
  },
  plan({ seeds }) {
    const read = (name: string) =>
      cell(
        `reader/${name}`,
        [job("sum", { id: `sum of ${name}`, parameters: { seeds }, reads: { file: file(name) } })],
        (values) => ({ values }),
      );
    const width = job("width", { id: "width", parameters: {}, wide: true });
    return { cells: [read("a"), read("b"), cell("reader/width", [width], (values) => ({ values }))] };
  },
};
