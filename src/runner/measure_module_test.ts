import { assertEquals } from "@std/assert";
import type { Claim } from "../golden/claim.ts";
import type { Reproduction } from "../reproduction.ts";
import { measureModule } from "./measure_module.ts";

const reproduction: Reproduction<null, number> = {
  id: "toy",
  paper: { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" },
  datasets: ["digits", "images"],
  seeds: null,
  expectedMinutes: { smoke: 0, standard: 0, full: 0 },
  jobs: () => [],
  run: () => Promise.resolve(0),
  measure: (_cell, results) => ({ values: results }),
};

const claim = (cell: string): Claim => ({
  cell,
  table: "Toy",
  row: cell,
  column: cell,
  quantity: "q",
  unit: "",
  published: null,
  tolerance: { kind: "at-least", value: 0, rationale: "numeric: a bound that holds" },
  expect: "agrees",
  because: "",
  line: 2,
  profile: null,
});

Deno.test("measureModule() holds a cell for one on a stand-in where the data of its own jobs is missing", () => {
  const jobs = [
    { id: "real", key: "1", cells: ["real", "both"], inputs: [], datasets: ["digits"] },
    { id: "drawn", key: "2", cells: ["drawn", "both"], inputs: [], datasets: ["images"] },
    { id: "none", key: "3", cells: ["none"], inputs: [], datasets: [] },
    { id: "all", key: "4", cells: ["all"], inputs: [] },
  ];
  const handle = (id: string, source: "folder" | "stand-in") => ({
    id,
    source,
    root: null,
    files: [],
    notes: [],
  });
  const data = {
    handles: { digits: handle("digits", "folder"), images: handle("images", "stand-in") },
    records: {},
  };
  const cells = ["real", "drawn", "both", "none", "all"];
  const measured = measureModule(
    { reproduction, claims: cells.map(claim), jobs },
    jobs.map((job) => ({ ...job, result: 1 })),
    data,
    () => true,
  );
  assertEquals(cells.map((cell) => measured.get(cell)?.standIn), [false, true, true, false, true]);
});
