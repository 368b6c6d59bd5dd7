import { findReproduction } from "../../reproductions/mod.ts";
import type { Baseline } from "../../src/suite/golden/baseline.ts";
import type { Claim } from "../../src/suite/golden/claim.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadBaselines, loadClaims } from "../../src/suite/golden/load_golden.ts";
import { cellCommand } from "../../src/suite/report/cell_command.ts";
import { displayWidth } from "../../src/suite/report/display_width.ts";
import { formatAllowed } from "../../src/suite/report/format_number.ts";
import { roleTexts } from "../../src/suite/report/role_text.ts";
import { wrapText } from "../../src/suite/report/wrap_text.ts";
import { type Paper, type Profile, profiles } from "../../src/suite/reproduction.ts";
import type { CellPlace } from "./matching_cells.ts";

/** A value that was accepted in a profile. */
export interface AcceptedValue {
  readonly value: number;
  readonly standardError: number | null;
  /** The commit that measured it. */
  readonly acceptedIn: string;
}

/** All that is known of a cell of one reproduction. */
export interface Explanation extends CellPlace {
  readonly paper: Paper;
  /** The rows of the golden file: one, or one for each profile that is judged in its own way. */
  readonly claims: readonly Claim[];
  /** By profile. */
  readonly baselines: Readonly<Record<string, AcceptedValue>>;
  /** What measures just this cell. */
  readonly command: string;
}

/**
 * Collects what is known of cells.
 *
 * @param places The cells, of reproductions that there are.
 * @param golden The folder of the golden files.
 * @returns As many explanations, reproduction by reproduction.
 */
export async function explainCells(places: readonly CellPlace[], golden: string): Promise<Explanation[]> {
  const modules = [...Map.groupBy(places, ({ module }) => module)];
  const explanations = await Promise.all(modules.map(async ([module, own]) => {
    const { paper } = await findReproduction(module).load();
    const claims = Map.groupBy(loadClaims(golden, module), ({ cell }) => cell);
    const accepted = profiles.map((profile) => [profile, loadBaselines(golden, module, profile)] as const);
    return own.map(({ cell }) => explainCell({ module, cell, paper, claims: claims.get(cell)! }, accepted));
  }));
  return explanations.flat();
}

function explainCell(
  { module, cell, paper, claims }: Pick<Explanation, "module" | "cell" | "paper" | "claims">,
  accepted: readonly (readonly [Profile, ReadonlyMap<string, Baseline>])[],
): Explanation {
  const baselines = Object.fromEntries(accepted.flatMap(([profile, own]) => {
    const baseline = own.get(cell);
    if (baseline === undefined) return [];
    const { value, standardError, acceptedIn } = baseline;
    return [[profile, { value, standardError, acceptedIn }]];
  }));
  const command = cellCommand(module, cell, cheapestProfile(claims, Object.keys(baselines)));
  return { module, cell, paper, claims, baselines, command };
}

/** The profile to measure a cell in: standard where it is known to be measured there, else full. */
function cheapestProfile(claims: readonly Claim[], accepted: readonly string[]): Profile {
  if (accepted.includes("standard")) return "standard";
  return claimsOfProfile(claims, "full").length > 0 ? "full" : claims[0]!.profile ?? "standard";
}

/**
 * An explanation as text, a line for each thing that there is to say.
 *
 * @param explanation What is known.
 * @param columns How many columns the terminal has; `null` where lines are not wrapped.
 */
export function explanationText(
  { module, cell, paper, claims, baselines, command }: Explanation,
  columns: number | null,
): string {
  const [claim] = claims;
  const { quantity, unit, published, role, source, table, row, column } = claim!;
  const printed = published === null ? "no number is printed" : `printed as ${published.text}`;
  const entries: [string, string][] = [
    ["claim", `${quantity}, in ${unit || "units of its own"}: ${printed}`],
    ["role", roleTexts[role]],
    ["source", `${source}; ${table}, ${row}, ${column}`],
    ["paper", `${paper.authors.join(", ")}: ${paper.title}. ${paper.venue}, ${paper.year}`],
    ...claims.flatMap(({ profile, tolerance, expect, because }): [string, string][] => [
      [
        "tolerance",
        `${formatAllowed(tolerance)} (${tolerance.kind}), ${
          profile === null ? "every profile" : `profile ${profile}`
        }: ${tolerance.rationale}`,
      ],
      ["expected", `${expect}${because === "" ? "" : `: ${because}`}`],
    ]),
    ...Object.entries(baselines).map(([profile, accepted]): [string, string] => [
      "baseline",
      `${profile}: ${acceptedText(accepted)}`,
    ]),
  ];
  if (Object.keys(baselines).length === 0) entries.push(["baseline", "none was accepted"]);
  const indent = " ".repeat(12);
  return [
    ...wrapText(`${module}/${cell}`, { columns }),
    ...entries.flatMap(([name, text]) => wrapText(text, { columns, first: name.padEnd(12), rest: indent })),
    ...wrapText(command, { columns, first: "alone".padEnd(12), rest: indent, continued: " \\" }),
    "",
  ].join("\n");
}

function acceptedText({ value, standardError, acceptedIn }: AcceptedValue): string {
  const error = standardError === null ? "" : ` ± ${significant(standardError, 2)}`;
  return `${significant(value, 4)}${error}, accepted in ${acceptedIn.slice(0, 7)}`;
}

/**
 * A number with as many significant digits, and with all of those before the point.
 *
 * @param value The number.
 * @param digits How many digits.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([21.796, 60_123.4, -0.5, 1.23456e-9].map((value) => significant(value, 4)), [
 *   "21.80",
 *   "60123",
 *   "-0.5000",
 *   "1.235e-9",
 * ]);
 * ```
 */
export function significant(value: number, digits: number): string {
  const magnitude = Math.abs(value);
  return magnitude >= 10 ** digits && magnitude < 1e15 ? value.toFixed() : value.toPrecision(digits);
}

/**
 * Several explanations as a list: a line for each cell, with what is printed and what is expected of it.
 *
 * @param explanations What is known.
 * @param columns How many columns the terminal has; `null` where lines are not wrapped.
 */
export function listText(explanations: readonly Explanation[], columns: number | null): string {
  const names = explanations.map(({ module, cell }) => `${module}/${cell}`);
  const width = Math.max(...names.map(displayWidth));
  const lines = explanations.flatMap(({ claims }, i) => {
    const { published } = claims[0]!;
    // Profiles may be judged in their own ways.
    const expected = [...new Set(claims.map(({ expect }) => expect))].join(" or ");
    const text = `${published === null ? "claim" : `printed ${published.text}`}, ${expected}`;
    const name = names[i]!;
    const first = columns === null || width + 2 + text.length <= columns
      ? `${name.padEnd(width)}  `
      : `${name}  `;
    return wrapText(text, { columns, first, rest: "  " });
  });
  return `${
    lines.join("\n")
  }\n${explanations.length} cells: deno task explain MODULE/CELL says more of one\n`;
}
