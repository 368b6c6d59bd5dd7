import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { GoldenError } from "../../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { parseClaims } from "../golden/parse_claims.ts";
import { cell, type Job, jobMaker, type Reading } from "../reproduction.ts";
import type { DataAccess } from "./data_access.ts";
import { finishedText, JobResults } from "./job_results.ts";
import { type CellSet, dataNow, measureCells } from "./measure_cells.ts";
import { goldenFile } from "./testdata/toy_root.ts";

const job = jobMaker<{ number: (input: { parameters: null; reads: Record<never, never> }) => number }>();

/** A job, what it reads of the data that the test has, and its cell. */
const real = job("number", { id: "real", parameters: null });
const made = job("number", { id: "made", parameters: null });
const none = job("number", { id: "none", parameters: null });
const mean = (values: readonly number[]) => ({ values });
const cells = [
  cell("t/real", [real], mean),
  cell("t/made", [made], mean),
  cell("t/both", { real: [real], made: [made] }, ({ real, made }) => mean([...made, ...real])),
  cell("t/none", [none], mean),
];

const digits: Reading = { dataset: "digits", files: ["images"], standIn: false };
const leaves: Reading = { dataset: "leaves", files: [], standIn: true };
const data: DataAccess = {
  handles: {
    digits: { id: "digits", source: "folder", root: "/", files: ["images"], notes: [] },
    leaves: { id: "leaves", source: "stand-in", root: null, files: [], notes: [] },
  },
  records: { digits: { images: { name: "images", bytes: 1, sha256: "a".repeat(64) } } },
};

const claims: readonly Claim[] = parseClaims(goldenFile(...cells.map(({ id }) => id)), "golden/t.csv");

const planned = (job: Job, reading: Reading | null) => ({
  id: job.id,
  key: job.id as string | null,
  reads: reading === null ? {} : { reading } as Readonly<Record<string, Reading>>,
});
const set: CellSet = {
  id: "t",
  claims,
  cells,
  jobs: [planned(real, digits), planned(made, leaves), planned(none, null)],
};

/** Results of the named jobs: 1 of `real`, 2 of `made`, 3 of `none`. */
function resultsOf(...finished: readonly Job[]): JobResults {
  const values = new Map(
    [[real, 1], [made, 2], [none, 3]].map(([job, value]) => [(job as Job).id, value as number]),
  );
  const done = new Set(finished.map(({ id }) => id));
  return new JobResults({
    get: (key) =>
      done.has(key) ? new TextEncoder().encode(finishedText(String(values.get(key)), 1)) : undefined,
  });
}

const everything = () => true;

Deno.test("measureCells() holds a cell for one on a stand-in where the data of its own jobs is missing", () => {
  const measured = measureCells(set, resultsOf(real, made, none), data, everything);
  assertEquals(
    cells.map(({ id }) => [id, measured.get(id)?.measured.values, measured.get(id)?.standIn]),
    [["t/real", [1], false], ["t/made", [2], true], ["t/both", [2, 1], true], ["t/none", [3], false]],
  );
});

Deno.test("measureCells() measures no cell of which a job has not finished, or that is not asked for", () => {
  const ids = (
    results: JobResults,
    asked: (cell: string) => boolean = everything,
  ) => [...measureCells(set, results, data, asked).keys()];
  assertEquals(ids(resultsOf(real)), ["t/real"]);
  assertEquals(ids(resultsOf()), []);
  assertEquals(ids(resultsOf(real, made), (cell) => cell === "t/both"), ["t/both"]);
});

Deno.test("measureCells() measures no cell of a job without a key: its data is damaged", () => {
  const damaged = { ...set, jobs: set.jobs.map((job) => job.id === "real" ? { ...job, key: null } : job) };
  const measured = measureCells(damaged, resultsOf(real, made, none), data, everything);
  assertEquals([...measured.keys()], ["t/made", "t/none"]);
});

Deno.test("measureCells() refuses a cell that has no golden row, whether it is asked for or not", () => {
  const message = "golden/t.csv has no row for the cell t/both: add one with its claim";
  const without = { ...set, claims: claims.filter((claim) => claim.cell !== "t/both") };
  assertThrows(() => measureCells(without, resultsOf(), data, () => false), GoldenError, message);
});

Deno.test("dataNow() knows the data of every cell whose files were verified, as measureCells() gives it", () => {
  const known = dataNow(set, data);
  const measured = measureCells(set, resultsOf(real, made, none), data, everything);
  for (const id of ["t/real", "t/both", "t/none"]) assertEquals(known.get(id), measured.get(id)!.dataDigest);
  assertNotEquals(known.get("t/real"), known.get("t/both"));
  const unverified = { ...data, records: {} };
  assertEquals([...dataNow(set, unverified).keys()], ["t/made", "t/none"]);
});

Deno.test("dataNow() says where none of the data of a cell is at hand", () => {
  const missing = [...dataNow(set, data)].filter(([, now]) => now === "not at hand").map(([id]) => id);
  assertEquals(missing, ["t/made"]);
});

Deno.test("measureCells() measures a cell once, where it is given what was measured before", () => {
  let count = 0;
  const cells = set.cells.map((cell) => ({
    ...cell,
    measure: (resultOf: Parameters<typeof cell.measure>[0]) => {
      count++;
      return cell.measure(resultOf);
    },
  }));
  const known = new Map();
  const measure = () => measureCells({ ...set, cells }, resultsOf(real, made, none), data, everything, known);
  const first = measure();
  assertEquals(count, cells.length);
  assertEquals(measure(), first);
  assertEquals(count, cells.length);
});
