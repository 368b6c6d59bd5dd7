import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cell, type Job } from "../reproduction.ts";
import { cellTimes } from "./cell_times.ts";

const job = (id: string): Job => ({ id, task: "t", parameters: {}, reads: {}, wide: false });
const [a, b, c] = [job("a"), job("b"), job("c")];
const measure = () => ({ values: [0] });
const cells = [cell("one", [a!], measure), cell("both", [a!, b!], measure), cell("third", [c!], measure)];
const jobs = [a!, b!, c!].map(({ id }) => ({ id, key: `key-${id}` }));
const times: Readonly<Record<string, number>> = { "key-a": 30, "key-b": 4, "key-c": 7 };
const results = {
  get: (key: string | null) => {
    const elapsedMs = times[key ?? ""];
    return elapsedMs === undefined ? undefined : { result: null, elapsedMs };
  },
};

Deno.test("cellTimes() divides a job among the measured cells that need it", () => {
  const found = cellTimes({ cells, jobs }, results, () => true);
  assertEquals([...found], [["one", 15], ["both", 19], ["third", 7]]);
  assertAlmostEquals(found.values().reduce((sum, time) => sum + time, 0), 30 + 4 + 7);
});

Deno.test("cellTimes() leaves cells out that were not measured, and what they would have taken to the others", () => {
  assertEquals([...cellTimes({ cells, jobs }, results, (id) => id !== "both")], [["one", 30], ["third", 7]]);
});

Deno.test("cellTimes() knows nothing of a cell one of whose jobs is not stored", () => {
  const stored = { get: (key: string | null) => key === "key-b" ? undefined : results.get(key) };
  assertEquals([...cellTimes({ cells, jobs }, stored, () => true)].map(([id]) => id), ["one", "third"]);
});
