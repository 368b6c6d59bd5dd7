import { styleText } from "node:util";
import type { Claim } from "../golden/claim.ts";
import { escapeControls } from "../../one_line.ts";
import type { Profile } from "../reproduction.ts";
import type { CellResult, ReproductionResult } from "../runner/results.ts";
import { cellCommand } from "./cell_command.ts";
import { type Finding, findingLine, listFindings } from "./deviations.ts";
import { displayWidth } from "./display_width.ts";
import { formatTimes } from "./format_duration.ts";
import { formatAllowed, formatMeasured, formatNumber } from "./format_number.ts";
import { countsLine } from "./headline.ts";
import { narrowTable } from "./narrow_table.ts";
import { reproductionTables, wideTable } from "./reproduction_tables.ts";
import { standardErrorText } from "./standard_error_text.ts";
import { isShownTable, layoutTables, type TableLayout } from "./table_layout.ts";
import { type VerdictKind, verdictKind, verdictMarks } from "./verdict_kind.ts";
import { wrapText } from "./wrap_text.ts";

/**
 * How tables are printed: `wide` with five lines a row, as Markdown; `narrow` with one line a row, and below it what is not as claimed.
 */
export type TableForm = "wide" | "narrow";

/** How a reproduction is printed. */
export interface ConsoleOptions {
  /** The profile of the run. */
  readonly profile: Profile;
  /** The number of seeds, where it is not the profile's; else `null`. */
  readonly seeds: number | null;
  /** Whether the text may hold colour. */
  readonly colour: boolean;
  /** How its tables are printed. */
  readonly form: TableForm;
  /** How many columns a line of text may take, and of a narrow table; `null` where text is not wrapped. */
  readonly columns: number | null;
}

/**
 * What is printed of one reproduction: its paper, its tables with what ± is in each, what is not as claimed and why, and the counts with
 * the times. The word or the mark carries the verdict; colour, where the terminal has it, repeats it.
 *
 * @param reproduction The judged reproduction.
 * @param claims Its claims.
 * @param options How it is printed.
 */
export function consoleReport(
  reproduction: ReproductionResult,
  claims: readonly Claim[],
  options: ConsoleOptions,
): string {
  const { id, paper: { authors, title, venue, year }, failures, summary, digestVerdict } = reproduction;
  const wrap = (text: string, rest = "  ") => wrapText(text, { columns: options.columns, rest });
  const lines = ["", ...wrap(`${id}: ${authors.join(", ")}: ${title}. ${venue}, ${year}`)];
  const tables = layoutTables(reproduction, claims).filter(isShownTable);
  const findings = (cells: readonly CellResult[]) => listFindings({ cells, digestVerdict: "none" }, claims);
  for (const table of tables) {
    lines.push("", ...wrap(table.caption), "", ...tableLines(table, options));
    if (options.form === "wide") continue;
    const cells = table.rows.flatMap(({ cells }) => cells.flatMap((place) => place?.cell ?? []));
    const own = narrowFindings(findings(cells), cells, id, options);
    if (own.length > 0) lines.push("", ...own);
  }
  lines.push("");
  const left = listFindings(
    { cells: options.form === "wide" ? reproduction.cells : [], digestVerdict },
    claims,
  );
  for (const finding of left) {
    lines.push(...wrap(`- ${findingLine(finding)}`), ...commandLines(finding, id, options));
  }
  for (const { job, message } of failures) {
    lines.push(...wrap(`- the job ${job} failed: ${escapeControls(message)}`));
  }
  lines.push(...wrap(`${countsLine(summary)}; ${formatTimes(reproduction)}`));
  return lines.join("\n");
}

/**
 * How wide the tables of a reproduction are with five lines a row.
 *
 * @param reproduction The judged reproduction.
 * @param claims Its claims.
 */
export function wideTableWidth(
  reproduction: Pick<ReproductionResult, "cells">,
  claims: readonly Claim[],
): number {
  return Math.max(
    0,
    ...reproductionTables(reproduction, claims).flatMap(({ lines }) => lines.map(displayWidth)),
  );
}

/** A table, and below it what its standard errors are over. */
function tableLines(table: TableLayout, { colour, form, columns }: ConsoleOptions): string[] {
  const errors = standardErrorText(table);
  if (form === "wide") {
    const lines = wideTable(table);
    return [
      ...(colour ? lines.map(colourVerdicts) : lines),
      ...(errors === null ? [] : ["", ...wrapText(errors, { columns, rest: "  " })]),
    ];
  }
  const { lines, omitsErrors } = narrowTable(table, {
    columns: columns ?? Infinity,
    ...(colour ? { paint: colourMark } : {}),
  });
  if (errors === null) return [...lines];
  const note = omitsErrors ? `${errors} (shown by --table wide)` : errors;
  return [...lines, ...wrapText(note, { columns, rest: "  " })];
}

/** What stands below a narrow table: the cells that are not as claimed, each with its numbers, and why, where several have one reason once. */
function narrowFindings(
  findings: readonly Finding[],
  cells: readonly CellResult[],
  reproduction: string,
  options: ConsoleOptions,
): string[] {
  const { columns } = options;
  const own = new Set(findings.flatMap((finding) => finding.cells));
  const findingsOf = (id: string) => findings.filter((finding) => finding.cells.includes(id));
  const groups = Map.groupBy(own, (id) => findingsOf(id).map((finding) => findings.indexOf(finding)).join());
  return [...groups.values()].flatMap((ids) => {
    const shared = findingsOf(ids[0]!);
    return [
      ...ids.flatMap((id) => numbersLines(cells.find((cell) => cell.id === id)!, options)),
      ...shared.flatMap(({ text }) => wrapText(text, { columns, first: deep, rest: deep })),
      ...commandLines(shared[0]!, reproduction, { ...options, indent: deep }),
    ];
  });
}

/** How far what is said of a cell stands to the right. */
const deep = "      ";

/** A cell with its mark and its numbers, which stand together on the next line where they do not fit behind it. */
function numbersLines(cell: CellResult, { columns, colour }: ConsoleOptions): string[] {
  const kind = verdictKind(cell);
  const mark = verdictMarks[kind];
  const name = `${mark} ${cell.id}`;
  const numbers = numbersText(cell);
  const whole = `  ${name}: ${numbers}`;
  const [line, ...more] = columns === null || displayWidth(whole) <= columns ? [whole] : [
    ...wrapText(name, { columns, first: "  ", rest: deep }),
    ...wrapText(numbers, { columns, first: deep, rest: deep }),
  ];
  return [colour ? line!.replace(mark, colourMark(mark, kind)) : line!, ...more];
}

/** What was published, measured, allowed and, where it moved, accepted. */
function numbersText(cell: CellResult): string {
  const { published, tolerance, baseline } = cell;
  return [
    ...(published === null ? [] : [`published ${published.text}`]),
    `measured ${formatMeasured(cell)}`,
    `allowed ${formatAllowed(tolerance)}`,
    ...(baseline?.verdict === "moved" ? [`accepted ${formatNumber(baseline.value, cell)}`] : []),
  ].join(", ");
}

/** The command that measures the first cell of an unexpected finding alone; where it is wrapped, a shell still takes it as one line. */
function commandLines(
  { known, cells: [first] }: Finding,
  reproduction: string,
  { profile, seeds, columns, indent = "  " }: ConsoleOptions & { readonly indent?: string },
): string[] {
  if (known || first === undefined) return [];
  const command = cellCommand(reproduction, first, profile, seeds);
  return wrapText(command, { columns, first: `${indent}alone: `, rest: `${indent}  `, continued: " \\" });
}

const verdictColours: Readonly<Partial<Record<VerdictKind, "green" | "yellow" | "red">>> = {
  "agrees": "green",
  "holds": "green",
  "deviates": "yellow",
  "undecided": "yellow",
  "fails": "yellow",
  "unexpected": "red",
};

function colourMark(mark: string, kind: VerdictKind): string {
  const colour = verdictColours[kind];
  return colour === undefined ? mark : styleText(colour, mark, { validateStream: false });
}

/** Repeats the verdicts of one line of a wide table in colour. */
function colourVerdicts(line: string): string {
  const style = (format: "green" | "yellow" | "red") => (word: string) =>
    styleText(format, word, { validateStream: false });
  return line
    .replaceAll(/\b(agrees|holds)\b(?=,| +\|)/g, style("green"))
    .replaceAll(/\b(deviates|undecided|fails) \(expected\)/g, style("yellow"))
    .replaceAll(/\b(agrees|deviates|holds|undecided|fails) \(unexpected\)|\bbaseline moved\b/g, style("red"));
}
