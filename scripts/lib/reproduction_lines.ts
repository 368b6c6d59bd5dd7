import type { Claim } from "../../src/suite/golden/claim.ts";
import { findingLine, listFindings } from "../../src/suite/report/deviations.ts";
import { reproductionTables } from "../../src/suite/report/reproduction_tables.ts";
import type { ReproductionResult } from "../../src/suite/runner/results.ts";

/** The tables of a reproduction as Markdown, and why cells are not as claimed. */
export function reproductionLines(
  reproduction: Pick<ReproductionResult, "id" | "cells" | "digestVerdict">,
  claims: readonly Claim[],
): string[] {
  const tables = reproductionTables(reproduction, claims).flatMap((
    { heading, lines },
  ) => ["", `### ${reproduction.id}: ${heading}`, "", ...lines]);
  return [
    ...tables,
    "",
    ...listFindings(reproduction, claims).map((finding) => `- ${findingLine(finding)}`),
  ];
}
