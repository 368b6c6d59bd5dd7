/**
 * A report of many reproductions, as large as those of this project are on average: for how long a page of them takes.
 *
 * @module
 */
import type { Figure } from "../../src/suite/figure.ts";
import type { Claim, Role } from "../../src/suite/golden/claim.ts";
import { summarise as summariseValues } from "../../src/suite/golden/judge.ts";
import { renderSvg } from "../../src/suite/report/figures/render_svg.ts";
import type { PageFigure } from "../../src/suite/report/page/reproduction_section.ts";
import { fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import { judgeCell, summarise } from "../../src/suite/runner/judge_cells.ts";
import type { ReproductionResult, Results } from "../../src/suite/runner/results.ts";

/** What a page is made from. */
export interface SyntheticReport {
  readonly results: Results;
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly figures: readonly PageFigure[];
}

/** The rows and columns of the tables of a reproduction, by the role of their cells: 100 cells in all. */
const tables: Readonly<Record<Role, { readonly rows: number; readonly columns: number }>> = {
  number: { rows: 10, columns: 6 },
  claim: { rows: 30, columns: 1 },
  variant: { rows: 2, columns: 5 },
};
const figuresOfEach = 5;

/**
 * Makes the results of as many reproductions, each with 100 cells and 5 figures. Nothing is random.
 *
 * @param count How many reproductions.
 */
export function syntheticReport(count: number): SyntheticReport {
  const made = Array.from({ length: count }, (_, i) => makeReproduction(i));
  const modules = made.map(({ module }) => module);
  return {
    results: { ...fixedResults, modules, summary: summarise(modules.flatMap(({ cells }) => cells)) },
    claims: new Map(made.map(({ module, claims }) => [module.id, claims])),
    figures: modules.flatMap(({ id }) => makeFigures(id)),
  };
}

function makeReproduction(index: number): { module: ReproductionResult; claims: readonly Claim[] } {
  const claims = (Object.keys(tables) as Role[]).flatMap((role) => makeClaims(role));
  const cells = claims.map((claim, i) => {
    const value = 20 + wave(100 * index + i) * (claim.role === "claim" ? -3 : 6);
    return judgeCell(claim, {
      measured: summariseValues({ values: [value], standardError: 0.5, unitOfError: "image" }),
      dataDigest: "ab",
      standIn: false,
    }, undefined);
  });
  const id = `synthetic_${index + 1}`;
  const paper = { ...fixedResults.modules[0]!.paper, title: `Paper ${index + 1} of many` };
  const module = { ...fixedResults.modules[0]!, id, paper, cells, summary: summarise(cells), failures: [] };
  return {
    module: { ...module, statement: "What is measured here agrees with what is printed there." },
    claims,
  };
}

function makeClaims(role: Role): Claim[] {
  const { rows, columns } = tables[role];
  const isClaim = role === "claim";
  return Array.from({ length: rows * columns }, (_, i): Claim => {
    const row = `n = ${100 * (1 + Math.floor(i / columns))}`;
    const column = `column ${1 + i % columns}`;
    return {
      cell: `${role}/${row}/${column}`.replaceAll(" ", ""),
      ...{ table: `Table of ${role}s`, row, column, quantity: "error", unit: "%", role },
      published: isClaim ? null : { text: "20", value: 20 },
      source: "this project: it is made up",
      tolerance: {
        kind: isClaim ? "at-most" : "absolute",
        value: isClaim ? 18 : 2,
        rationale: "sampling: two standard errors of the difference of two runs on as many images",
      },
      expect: isClaim ? "undecided" : "deviates",
      because:
        "conjectured: a reason of about the length that reasons have in the golden files of this project",
      profile: null,
      line: i + 2,
    };
  });
}

/** A number in [-1, 1] that looks like none in particular. */
function wave(i: number): number {
  return ((i * 7919) % 2001) / 1000 - 1;
}

function makeFigures(reproduction: string): PageFigure[] {
  return Array.from({ length: figuresOfEach }, (_, i) => {
    const lines = Array.from({ length: 6 }, (_, line) => ({
      name: `line ${line + 1}`,
      source: line % 2 === 0 ? "measured" as const : "published" as const,
      points: Array.from({ length: 20 }, (_, x) => {
        const y = 20 + line + wave(31 * line + x + i);
        return { x: x + 1, y, lower: y - 0.5, upper: y + 0.5 };
      }),
    }));
    const panel = { kind: "lines" as const, x: { label: "n" }, y: { label: "error (%)" }, lines };
    const figure: Figure = {
      id: `figure-${i + 1}`,
      title: `Error against n, ${i + 1}`,
      caption: "Made up.",
      panels: [{ ...panel, title: "a" }, { ...panel, title: "b" }],
    };
    const { id, title, caption } = figure;
    return {
      ...{ reproduction, id, title, caption, files: [] },
      svg: renderSvg(figure, { idPrefix: `${reproduction}-${id}` }),
    };
  });
}
