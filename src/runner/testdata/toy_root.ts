/**
 * What the tests of whole runs of the toy reproduction share.
 *
 * @module
 */
import { withFolder } from "../../files/test_helpers.ts";
import { claimColumns } from "../../golden/parse_claims.ts";
import type { ModuleResult, Results } from "../results.ts";

/** The golden row of a cell of the toy. */
export const row = (cell: string): string =>
  `${cell},Toy,row,${cell},q,,,at-least,-1000,numeric: a bound that holds,agrees,,\n`;

const golden = `${claimColumns.join(",")}\n${row("toy/all")}${row("toy/even")}${row("toy/odd")}`;

/** Runs a test in a fresh root with the toy's golden file. */
export function inRoot(run: (root: string) => Promise<void>): () => Promise<void> {
  return () => withFolder(async (root) => {
    await Deno.mkdir(`${root}/golden`);
    await Deno.writeTextFile(`${root}/golden/toy.csv`, golden);
    await run(root);
  });
}

/** What must be the same in equal runs. */
export function comparable({ modules }: Results): Omit<ModuleResult, "elapsedMs">[] {
  return modules.map(({ elapsedMs: _, ...module }) => module);
}
