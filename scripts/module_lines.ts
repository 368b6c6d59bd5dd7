import type { Claim } from "../src/golden/claim.ts";
import { findingsOf } from "../src/report/deviations.ts";
import { moduleTables } from "../src/report/module_tables.ts";
import type { ModuleResult } from "../src/runner/results.ts";

/** The tables of a module as Markdown, and why cells deviate. */
export function moduleLines(
  module: Pick<ModuleResult, "id" | "cells" | "digestVerdict">,
  claims: readonly Claim[],
): string[] {
  const tables = moduleTables(module, claims).flatMap((
    { heading, lines },
  ) => ["", `### ${module.id}: ${heading}`, "", ...lines]);
  return [
    ...tables,
    "",
    ...findingsOf(module, claims).map(({ text, cells }) => `- ${cells.join(", ")}: ${text}`),
  ];
}
