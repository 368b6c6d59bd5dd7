/**
 * What the tests of whole runs of the toy and the reader share.
 *
 * @module
 */
import { withFolder } from "../../../files/test_helpers.ts";
import { claimColumns } from "../../golden/parse_claims.ts";
import type { ReproductionResult, Results } from "../results.ts";

/** The golden row of a cell of the toy or of the reader. */
export const row = (cell: string): string =>
  `${cell},Toy,row,${cell},q,,,this project: a toy,claim,at-least,-1000,numeric: a bound that holds,holds,,\n`;

/** A golden file of such cells. */
export const goldenFile = (...cells: readonly string[]): string =>
  `${claimColumns.join(",")}\n${cells.map(row).join("")}`;

/** Runs a test in a fresh root with the golden files of both. */
export function inRoot(
  run: (root: string, t: Deno.TestContext) => Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return (t) =>
    withFolder(async (root) => {
      await Deno.mkdir(`${root}/golden`);
      await Deno.writeTextFile(`${root}/golden/toy.csv`, goldenFile("toy/all", "toy/even", "toy/odd"));
      await Deno.writeTextFile(
        `${root}/golden/reader.csv`,
        goldenFile("reader/a", "reader/b", "reader/width"),
      );
      await run(root, t);
    });
}

/** Puts the files of the reader into a root. */
export async function writeData(
  root: string,
  files: Readonly<Record<string, string>> = { a: "1", b: "2" },
): Promise<void> {
  await Deno.mkdir(`${root}/data`, { recursive: true });
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${root}/data/${name}`, text);
}

/** What must be the same in equal runs. */
export function comparable({ modules }: Results): Omit<ReproductionResult, "elapsedMs" | "computeMs">[] {
  return modules.map(({ elapsedMs: _, computeMs: __, ...module }) => module);
}

/** The values of a cell; `undefined` where it was not measured. */
export function valuesOf({ modules }: Results, cell: string): readonly number[] | undefined {
  return modules.flatMap(({ cells }) => cells).find(({ id }) => id === cell)?.measured?.values;
}
