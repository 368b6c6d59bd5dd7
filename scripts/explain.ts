/**
 * `deno task explain CELL`: what one number claims, how it is judged and why, and how to measure just it.
 *
 * @module
 */
import { reproductions } from "../reproductions/mod.ts";
import { UsageError } from "../src/errors.ts";
import type { Claim } from "../src/suite/golden/claim.ts";
import { claimsOfProfile } from "../src/suite/golden/claims_of_profile.ts";
import { loadBaselines, loadClaims } from "../src/suite/golden/load_golden.ts";
import { type Paper, type Profile, profiles } from "../src/suite/reproduction.ts";
import { cellCommand } from "../src/suite/report/cell_command.ts";
import { formatAllowed } from "../src/suite/report/format_number.ts";
import { roleTexts } from "../src/suite/report/role_text.ts";
import { exitStatus, main, parseCommandLine, print, root } from "./lib/command_line.ts";

/** All that is known of a cell of one reproduction. */
interface Explanation {
  readonly module: string;
  readonly cell: string;
  readonly paper: Paper;
  readonly claims: readonly Claim[];
  readonly baselines: Readonly<
    Record<string, { readonly value: number; readonly standardError: number | null }>
  >;
  readonly command: string;
}

await main(async () => {
  const usage = "deno task explain CELL [--json]";
  const { flags, positionals: [cell, ...rest] } = parseCommandLine({ json: { type: "boolean" } }, usage);
  if (cell === undefined || rest.length > 0) throw new UsageError(`Name one cell: usage: ${usage}`);
  const found: Explanation[] = [];
  for (const { id, load } of reproductions) {
    const claims = loadClaims(`${root}/golden`, id).filter((claim) => claim.cell === cell);
    if (claims.length === 0) continue;
    const { paper } = await load();
    const baselines = Object.fromEntries(profiles.flatMap((profile) => {
      const baseline = loadBaselines(`${root}/golden`, id, profile).get(cell);
      return baseline === undefined
        ? []
        : [[profile, { value: baseline.value, standardError: baseline.standardError }]];
    }));
    found.push({
      module: id,
      cell,
      paper,
      claims,
      baselines,
      command: cellCommand(id, cell, cheapestProfile(claims, Object.keys(baselines))),
    });
  }
  if (found.length === 0) {
    throw new UsageError(`Unknown cell "${cell}": deno task reproduce --list names them all`);
  }
  print(flags["json"] ? `${JSON.stringify(found, null, 1)}\n` : found.map(explain).join("\n"));
  return exitStatus.ok;
});

/** The profile to measure a cell in: standard where it is known to be measured there, else full. */
function cheapestProfile(claims: readonly Claim[], accepted: readonly string[]): Profile {
  if (accepted.includes("standard")) return "standard";
  return claimsOfProfile(claims, "full").length > 0 ? "full" : claims[0]!.profile ?? "standard";
}

function explain({ module, cell, paper, claims, baselines, command }: Explanation): string {
  const [claim] = claims;
  const lines = [
    `${cell} of ${module}`,
    `claim       ${claim!.quantity}, in ${claim!.unit || "units of its own"}: ${
      claim!.published === null ? "no number is printed" : `printed as ${claim!.published.text}`
    }`,
    `role        ${roleTexts[claim!.role]}`,
    `source      ${claim!.source}; ${claim!.table}, ${claim!.row}, ${claim!.column}`,
    `paper       ${paper.authors.join(", ")}: ${paper.title}. ${paper.venue}, ${paper.year}`,
  ];
  for (const { profile, tolerance, expect, because } of claims) {
    lines.push(
      `tolerance   ${formatAllowed(tolerance)} (${tolerance.kind}), ${
        profile === null ? "every profile" : `profile ${profile}`
      }: ${tolerance.rationale}`,
      `expected    ${expect}${because === "" ? "" : `: ${because}`}`,
    );
  }
  for (const [profile, { value, standardError }] of Object.entries(baselines)) {
    lines.push(`baseline    ${profile}: ${value}${standardError === null ? "" : ` ± ${standardError}`}`);
  }
  if (Object.keys(baselines).length === 0) lines.push("baseline    none was accepted");
  lines.push(`alone       ${command}`, "");
  return lines.join("\n");
}
