import type { Claim } from "../../src/suite/golden/claim.ts";
import { type Finding, listFindings } from "../../src/suite/report/deviations.ts";
import { codeSpan, escapeMarkdown, escapeTags } from "../../src/suite/report/escape_markdown.ts";
import { formatAllowed, formatMeasured } from "../../src/suite/report/format_number.ts";
import { markdownTable } from "../../src/suite/report/markdown_table.ts";
import { layoutTables, type PlacedCell } from "../../src/suite/report/table_layout.ts";
import { verdictKind, verdictMarks } from "../../src/suite/report/verdict_kind.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import type { CellResult } from "../../src/suite/runner/results.ts";
import { type AcceptedReproduction, type DocumentedProfile, documentedProfiles } from "./accepted_results.ts";
import { wrapMarkdown } from "./wrap_markdown.ts";

/** No line of a page is longer. */
export const pageWidth = 120;

/**
 * docs/results/<id>.md: the tables of a reproduction with the accepted values of standard and full below each other, and why cells are
 * not as claimed.
 */
export function resultsPage(accepted: AcceptedReproduction): string {
  const { id, paper: { title, authors, venue, year } } = accepted.reproduction;
  const paragraph = (text: string) => wrapMarkdown(text, pageWidth);
  const lines = [
    `# ${id}: results`,
    "",
    ...paragraph(escapeMarkdown(`${authors.join(", ")}: ${title}. ${venue}, ${year}.`)),
    "",
    ...paragraph(
      `The values that \`deno task accept\` recorded from runs on real data, held against [the golden file](../../golden/${id}.csv); ` +
        `[the README](../../reproductions/${id}/README.md) has the protocol. A standard error is the one that was ` +
        "accepted with the value. Written by `deno task readme`.",
    ),
    "",
    ...counts(accepted),
    "",
    ...documentedProfiles.flatMap((profile) => {
      const { commits } = accepted.profiles[profile];
      return commits.length === 0
        ? []
        : paragraph(`The values of ${profile} were measured by commit ${commits.join(", ")}.`);
    }),
    "",
    ...paragraph(
      `${verdictMarks.agrees} agrees or holds; ${verdictMarks.deviates} deviates, ${verdictMarks.fails} fails and ` +
        `${verdictMarks.undecided} stays undecided as the golden file expects, with the reason below the tables; ` +
        `${verdictMarks.unexpected} is not what it expects; ${
          verdictMarks["not-measured"]
        } has no accepted value. Of two tolerances in one place, the first is that of standard. ` +
        `\`deno task explain ${id}/CELL\` says more of each cell.`,
    ),
    ...tables(accepted),
    "",
    "## What is not as claimed, and why",
    "",
    ...findingLines(accepted),
  ];
  return `${lines.join("\n")}\n`;
}

function counts({ profiles }: AcceptedReproduction): string[] {
  return markdownTable(
    [
      "",
      "within noise",
      "agree",
      "deviate",
      "hold",
      "undecided",
      "fail",
      "variants agree",
      "deviate",
      "no value",
    ],
    documentedProfiles.map((profile) => {
      const { numbers, claims, variants, notMeasured } = summarise(profiles[profile].cells);
      return [
        profile,
        ...[numbers.withinNoise, numbers.agrees, numbers.deviates],
        ...[claims.holds, claims.undecided, claims.fails],
        ...[variants.agrees, variants.deviates, notMeasured],
      ].map(String);
    }),
  );
}

/** What is known of a cell in each profile. */
type Both = Readonly<Record<DocumentedProfile, CellResult | undefined>>;

/** A table with the cells of both profiles in each place. */
interface PageTable {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Both | undefined)[] }[];
}

function tables({ profiles }: AcceptedReproduction): string[] {
  // The golden file's order, and each cell once: a cell may be of one profile alone.
  const { full, standard } = profiles;
  const known = new Set(full.claims.map(({ cell }) => cell));
  const isOther = (cell: string) => !known.has(cell);
  const claims: Claim[] = [...full.claims, ...standard.claims.filter(({ cell }) => isOther(cell))];
  const cells = [...full.cells, ...standard.cells.filter(({ id }) => isOther(id))];
  const byId = (cells: readonly CellResult[]) => new Map(cells.map((cell) => [cell.id, cell]));
  const found = { standard: byId(standard.cells), full: byId(full.cells) };
  const both = (place: PlacedCell | undefined): Both | undefined =>
    place && { standard: found.standard.get(place.cell.id), full: found.full.get(place.cell.id) };
  return layoutTables({ cells }, claims).flatMap(({ caption, columns, rows }) => {
    const measured = rows.map(({ name, cells }) => ({ name, cells: cells.map(both) }))
      .filter(({ cells }) =>
        cells.some((cell) => documentedProfiles.some((profile) => isMeasured(cell, profile)))
      );
    return measured.length === 0 ? [] : tableLines({ heading: caption, columns, rows: measured });
  });
}

function isMeasured(cell: Both | undefined, profile: DocumentedProfile): boolean {
  return (cell?.[profile]?.measured ?? null) !== null;
}

/** The lines of a table: as the paper prints it, in parts that each have some of its columns, or as a list. */
function tableLines(table: PageTable): string[] {
  const cells = table.rows.flatMap(({ cells }) => cells).filter((cell) => cell !== undefined);
  const bounds = new Set(cells.map(allowed));
  const bound = bounds.size === 1 && cells.every((cell) => either(cell).published === null)
    ? [...bounds][0]
    : undefined;
  const aspects = [...shownAspects(cells, bound === undefined)];
  const [first, ...others] = isSparse(table) ? [list(table, aspects)] : grid(table, aspects);
  return [
    "",
    `## ${escapeMarkdown(table.heading)}`,
    "",
    ...(bound === undefined ? [] : [`Claimed of each: ${escapeTags(bound)}.`, ""]),
    ...first!,
    ...others.flatMap((part) => ["", ...part]),
  ];
}

/** Whether most places of a table are empty, or it has one column: its cells are better listed. */
function isSparse({ columns, rows }: PageTable): boolean {
  const filled = rows.flatMap(({ cells }) => cells).filter((cell) => cell !== undefined).length;
  return columns.length === 1 || filled < rows.length * columns.length / 2;
}

/** A line for each cell, in the order of the table, and more where its name is long. */
function list({ columns, rows }: PageTable, aspects: readonly Aspect[]): string[] {
  const cells = rows.flatMap(({ name, cells }) =>
    cells.flatMap((cell, i) =>
      cell === undefined ? [] : [{ name: columns.length === 1 ? name : `${name}; ${columns[i]}`, cell }]
    )
  );
  const withNames = (width: number) =>
    markdownTable(
      ["", ...aspects.map(([aspect]) => aspect)],
      cells.flatMap(({ name, cell }) =>
        wrapMarkdown(name, width).map((part, line) => [
          part,
          ...aspects.map(([, write]) => line === 0 ? write(cell) ?? "" : ""),
        ])
      ),
    ).map(escapeTags);
  let width = pageWidth;
  while (width > nameWidth && withNames(width).some((line) => line.length > pageWidth)) width--;
  return withNames(width);
}

/** The parts of a table in rows and columns: as it is, or on its side where it fits into fewer parts so. */
function grid(table: PageTable, aspects: readonly Aspect[]): string[][] {
  const upright = parts(table, aspects);
  const onItsSide = parts(turn(table), aspects);
  const fits = (lines: readonly string[][]) => lines.flat().every((line) => line.length <= pageWidth);
  const isTurned = fits(upright) ? fits(onItsSide) && onItsSide.length < upright.length : fits(onItsSide);
  return isTurned ? onItsSide : upright;
}

function turn({ heading, columns, rows }: PageTable): PageTable {
  return {
    heading,
    columns: rows.map(({ name }) => name),
    rows: columns.map((name, i) => ({ name, cells: rows.map(({ cells }) => cells[i]) })),
  };
}

/**
 * One line of those that make up a row: what stands before it, and what it says of a cell: `null` for nothing. A line that says nothing of
 * any cell is left out.
 */
type Aspect = readonly [string, (cell: Both) => string | null];

function* shownAspects(cells: readonly Both[], withBounds: boolean): Generator<Aspect> {
  if (cells.some((cell) => either(cell).published !== null)) {
    yield ["published", (cell) => either(cell).published?.text ?? null];
  }
  if (withBounds) yield ["allowed", allowed];
  for (const profile of documentedProfiles) {
    if (!cells.some((cell) => isMeasured(cell, profile))) continue;
    yield [profile, (both) => {
      const cell = both[profile];
      if (cell === undefined) return "";
      const mark = verdictMarks[verdictKind(cell)];
      return cell.measured === null ? mark : `${formatMeasured(cell)} ${mark}`;
    }];
  }
}

/** The cell in the profile that has it: what is printed is the same in both. */
function either({ standard, full }: Both): CellResult {
  return (standard ?? full)!;
}

/** What is allowed, in each profile where they differ. */
function allowed({ standard, full }: Both): string {
  const texts = [standard, full].map((cell) => cell && formatAllowed(cell.tolerance));
  return [...new Set(texts.filter((text) => text !== undefined))].join("; ");
}

/** How wide the name of a row is at most where it needs room: a longer one goes on in the line below. */
const nameWidth = 40;

/** A table, cut between columns so that no line is wider than the page. */
function parts({ columns, rows }: PageTable, aspects: readonly Aspect[]): string[][] {
  const part = (from: number, to: number) =>
    markdownTable(
      ["", "", ...columns.slice(from, to)],
      rows.map(({ name, cells }) => ({ name, cells: cells.slice(from, to) }))
        .filter(({ cells }) => cells.some((cell) => cell !== undefined))
        .flatMap(({ name, cells }) => rowLines(name, cells, aspects)),
    ).map(escapeTags);
  const fits = (from: number, to: number) => part(from, to).every((line) => line.length <= pageWidth);
  const most = cuts(columns.length, fits);
  // As many parts as are needed, and as equal as they can be.
  const size = Math.ceil(columns.length / most.length);
  const even = cuts(columns.length, (from, to) => to - from <= size && fits(from, to));
  return (even.length > most.length ? most : even).map(([from, to]) => part(from, to));
}

/** Cuts columns into parts that each have as many of them as fit, and one at least. */
function cuts(count: number, fits: (from: number, to: number) => boolean): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let from = 0; from < count;) {
    let to = count;
    while (to > from + 1 && !fits(from, to)) to--;
    found.push([from, to]);
    from = to;
  }
  return found;
}

/** The lines that make up a row, with its name before them. */
function rowLines(
  name: string,
  cells: readonly (Both | undefined)[],
  aspects: readonly Aspect[],
): string[][] {
  const lines = aspects
    .map(([aspect, write]) => ({
      aspect,
      texts: cells.map((cell) => cell === undefined ? null : write(cell)),
    }))
    .filter(({ texts }) => texts.some((text) => text !== null));
  const names = wrapMarkdown(name, nameWidth);
  return Array.from({ length: Math.max(lines.length, names.length) }, (_, i) => [
    names[i] ?? "",
    lines[i]?.aspect ?? "",
    ...cells.map((_, column) => lines[i]?.texts[column] ?? ""),
  ]);
}

/** What is to be said of the cells that are not as claimed: what both profiles have in common is said once. */
function findingLines({ profiles }: AcceptedReproduction): string[] {
  const groups = new Map<string, Finding & { profiles: DocumentedProfile[] }>();
  for (const profile of documentedProfiles) {
    const { cells, claims } = profiles[profile];
    for (const finding of listFindings({ cells, digestVerdict: "none" }, claims)) {
      const key = JSON.stringify(finding);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { ...finding, profiles: [profile] });
      else known.profiles.push(profile);
    }
  }
  if (groups.size === 0) return ["Every accepted value is as claimed."];
  return [...groups.values()].flatMap(({ text, cells, profiles }) =>
    wrapMarkdown(
      `- ${profiles.join(" and ")}: ${cells.map(codeSpan).join(", ")}: ${escapeMarkdown(text)}`,
      pageWidth,
      "  ",
    )
  );
}
