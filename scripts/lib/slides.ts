import { parse } from "@std/csv";
import { z } from "zod";
import { GoldenError } from "../../src/errors.ts";
import { escapeMarkdown } from "../../src/suite/report/escape_markdown.ts";
import { countsByRole } from "../../src/suite/report/headline.ts";
import { cellMatcher } from "../../src/suite/runner/glob.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import type { CellResult } from "../../src/suite/runner/results.ts";
import { type AcceptedReproduction, type DocumentedProfile, documentedProfiles } from "./accepted_results.ts";

/** Something that a lecture deck prints, and what carries it here. */
export interface SlideClaim {
  /** Its number in the list. */
  readonly number: number;
  /** The letters of the decks that print it. */
  readonly decks: readonly string[];
  /** What they print. */
  readonly printed: string;
  /** The ids of the reproductions that carry it, or are to carry it. */
  readonly reproductions: readonly string[];
  /** Patterns of cells, each `<reproduction>/<pattern of cells>`. */
  readonly cells: readonly string[];
  /** Figures, each `<reproduction>/<figure>`. */
  readonly figures: readonly string[];
  /** Why it is not carried, or not all of it; empty where all of it is. */
  readonly reason: string;
}

/** The decks by letter. */
export const decks: Readonly<Record<string, string>> = {
  T: 'Tanner, "What are we learning" (C6.5, lectures 11 and 12)',
  M: 'Mallat, "Concentration and Separation in Deep Networks"',
  B: 'slides on Bishop\'s "Deep Learning", chapter 10',
};

const columns = ["number", "deck", "printed", "reproduction", "cells", "figures", "reason"];

const words = z.string().transform((text) => text.split(" ").filter((word) => word !== ""));
const paths = words.refine(
  (found) => found.every((path) => path.includes("/")),
  "must name the reproduction of each, as in scattering_energy/table1/*",
);

const fields = z.strictObject({
  number: z.string().regex(/^\d+$/, "must be a number").transform(Number),
  deck: z.string().transform((text) => text.split(", ")).refine(
    (letters) => letters.every((letter) => Object.hasOwn(decks, letter)),
    `must be of ${Object.keys(decks).join(", ")}`,
  ),
  printed: z.string().min(1, "must say what is printed"),
  reproduction: words,
  cells: paths,
  figures: paths,
  reason: z.string(),
}).refine(
  ({ cells, figures, reason }) => cells.length + figures.length > 0 || reason !== "",
  "must have cells, figures or a reason",
);

/**
 * Reads docs/slides.csv.
 *
 * @throws {GoldenError} With the line and the rule, where a row breaks one.
 */
export function parseSlides(text: string, file: string): SlideClaim[] {
  const [header, ...rows] = parse(text);
  if (header?.join() !== columns.join()) {
    throw new GoldenError(`${file}:1: the header must be "${columns.join()}"`);
  }
  return rows.map((row, i) => {
    const record = Object.fromEntries(columns.map((column, j) => [column, row[j]]));
    const parsed = fields.safeParse(record);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      throw new GoldenError(
        `${file}:${i + 2}: ${path.length === 0 ? "the row" : `column ${String(path[0])}`} ${message}`,
      );
    }
    const { number, deck, printed, reproduction, cells, figures, reason } = parsed.data;
    if (number !== i + 1) {
      throw new GoldenError(`${file}:${i + 2}: column number must be ${i + 1}: it is ${number}`);
    }
    return { number, decks: deck, printed, reproductions: reproduction, cells, figures, reason };
  });
}

/**
 * docs/slides.md: everything that the lecture decks print, with the verdicts of the cells that carry it, or why nothing does.
 *
 * @param claims The rows of docs/slides.csv.
 * @param accepted The accepted values of every reproduction.
 */
export function slidesPage(claims: readonly SlideClaim[], accepted: readonly AcceptedReproduction[]): string {
  const carried = claims.filter(({ cells, figures }) => cells.length + figures.length > 0);
  const whole = carried.filter(({ reason }) => reason === "").length;
  const lines = [
    "# What the lecture decks print, and what carries it",
    "",
    `The project starts from three lecture decks: ${
      Object.entries(decks).map(([letter, name]) => `**${letter}**, ${name}`).join("; ")
    }.`,
    "",
    `Of ${claims.length} things that they print, ${carried.length} ${
      carried.length === 1 ? "is" : "are"
    } carried by cells or ` +
    `figures, ${whole === carried.length ? "" : `${whole} of them `}in whole. ` +
    "The verdicts are those of the accepted values. Written by `deno task readme` from [slides.csv](slides.csv).",
    "",
    `| # | deck | what is printed | carried by | ${documentedProfiles.join(" | ")} |`,
    `| --: | --- | --- | --- | ${documentedProfiles.map(() => "---").join(" | ")} |`,
    ...claims.map((claim) =>
      `| ${
        [
          String(claim.number),
          claim.decks.join(", "),
          escapeCell(claim.printed),
          carriedBy(claim),
          ...documentedProfiles.map((profile) => verdicts(claim, profile, accepted)),
        ].join(" | ")
      } |`
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function carriedBy({ reproductions, cells, figures, reason }: SlideClaim): string {
  const parts = reproductions.flatMap((id) => {
    const own = (paths: readonly string[]) =>
      paths.filter((path) => path.startsWith(`${id}/`)).map((path) => `\`${path.slice(id.length + 1)}\``);
    const named = [
      ...own(cells),
      ...own(figures).map((figure, i, all) =>
        i > 0 ? figure : `${all.length === 1 ? "figure" : "figures"} ${figure}`
      ),
    ];
    return named.length === 0 ? [] : [`[${id}](results/${id}.md): ${named.join(", ")}`];
  });
  const planned = parts.length === 0 && reproductions.length > 0
    ? ` (${reproductions.map((id) => `\`${id}\``).join(", ")})`
    : "";
  return [...parts, ...(reason === "" ? [] : [`${escapeCell(reason)}${planned}`])].join("; ");
}

/** How the cells of a row came out in a profile. */
function verdicts(
  { cells }: SlideClaim,
  profile: DocumentedProfile,
  accepted: readonly AcceptedReproduction[],
): string {
  const found = cellsCarrying(cells, profile, accepted);
  if (found.length === 0) return "";
  return countsByRole(summarise(found)).map(({ title, counts }) =>
    `${title.replace(", counted apart", "")}: ${
      counts.filter(({ count }) => count > 0).map(({ count, word }) => `${count} ${word}`).join(", ")
    }`
  ).join("; ");
}

/** The cells of a profile that match one of the patterns, each once. */
export function cellsCarrying(
  patterns: readonly string[],
  profile: DocumentedProfile,
  accepted: readonly AcceptedReproduction[],
): CellResult[] {
  const matches = patterns.length === 0 ? () => false : cellMatcher(patterns);
  return accepted.flatMap(({ reproduction: { id }, profiles }) =>
    profiles[profile].cells.filter((cell) => matches(`${id}/${cell.id}`))
  );
}

function escapeCell(text: string): string {
  return escapeMarkdown(text).replaceAll("|", "\\|");
}
