import { assertEquals } from "@std/assert";
import { withFolder } from "../../files/test_helpers.ts";
import { commitStates, type Files } from "../../files/testdata/loose_repository.ts";
import { formatBaselines } from "../golden/baseline.ts";
import { acceptedHistory } from "./accepted_history.ts";

/** A project of which cells have these baselines in the profile standard. */
function project(values: Readonly<Record<string, number>>, others: Files = {}): Files {
  const baselines = Object.entries(values).map(([cell, value]) => ({
    ...{ cell, value, standardError: null, within: 1e-9 },
    ...{ dataDigest: "ab".repeat(32), acceptedIn: "", environment: "" },
  }));
  return { ...others, golden: { baseline: { standard: { "toy.csv": formatBaselines(baselines) } } } };
}

/** What the history of these states says of a cell. */
function historyOf(states: readonly Files[], cell: string): Promise<[number, string, number][]> {
  return withFolder((root) => {
    const commits = commitStates(root, states);
    const values = acceptedHistory(root, "standard").get("toy")?.get(cell) ?? [];
    return Promise.resolve(values.map(({ value, date, commit }) => [value, date, commits.indexOf(commit)]));
  });
}

Deno.test("acceptedHistory() gives the values of a cell with the commits that recorded them, the oldest first", async () => {
  const states = [
    project({ a: 1, b: 7 }),
    project({ a: 1, b: 7 }, { "README.md": "changed" }),
    project({ a: 2, b: 7 }),
  ];
  assertEquals(await historyOf(states, "a"), [[1, "2026-01-01", 0], [2, "2026-01-03", 2]]);
  assertEquals(await historyOf(states, "b"), [[7, "2026-01-01", 0]]);
});

Deno.test("acceptedHistory() counts a value again that came back, also where the whole file did", async () => {
  const states = [project({ a: 1 }), project({ a: 2 }), project({ a: 1 })];
  assertEquals((await historyOf(states, "a")).map(([value]) => value), [1, 2, 1]);
});

Deno.test("acceptedHistory() skips commits without baselines, and files that it cannot read", async () => {
  const unread = { golden: { baseline: { standard: { "toy.csv": "another,format\n" } } } };
  const states = [{ a: "no golden folder" }, project({ a: 1 }), unread, project({ a: 3 })];
  assertEquals(await historyOf(states, "a"), [[1, "2026-01-02", 1], [3, "2026-01-04", 3]]);
});

Deno.test("acceptedHistory() is empty outside a checkout, and where its objects are damaged", () =>
  withFolder((root) => {
    assertEquals(acceptedHistory(root, "standard").size, 0);
    const [commit] = commitStates(root, [project({ a: 1 })]);
    Deno.writeTextFileSync(`${root}/.git/objects/${commit!.slice(0, 2)}/${commit!.slice(2)}`, "damaged");
    assertEquals(acceptedHistory(root, "standard").size, 0);
  }));

Deno.test("acceptedHistory() ends where damaged commits lead round in a circle", () =>
  withFolder((root) => {
    const [first, second] = commitStates(root, [project({ a: 1 }), project({ a: 2 })]);
    const path = (id: string) => `${root}/.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
    Deno.copyFileSync(path(second!), path(first!));
    assertEquals(acceptedHistory(root, "standard").size, 0);
  }));
