import type { Paper } from "../reproduction.ts";
import type { Results } from "../runner/results.ts";
import type { PageFigure } from "./page/reproduction_section.ts";
import type { CrateFile } from "./ro_crate.ts";

/** The specification that the file keeps to. */
const specification = "https://codecheck.org.uk/spec/config/1.0/";

/** The tables of a run by path, with what each is; the figures name themselves. No other file is to be recreated. */
const fileComments: Readonly<Record<string, string>> = {
  "results.json": "Every cell with all that is known of it, and the environment",
  "results.csv": "One row a cell: published, measured with its standard error, tolerance, verdict",
  "summary.md": "The tables as the papers print them, published beside measured",
  "report.html": "One page to read beside the papers: tables, figures, reasons, environment and hashes",
  "pull-plot.svg": "Every printed number at (measured - published) / tolerance",
};

/** What of a run the file names. */
export interface CodecheckOptions {
  /** The files that the run wrote. */
  readonly files: readonly Pick<CrateFile, "path">[];
  /** Its figures. */
  readonly figures: readonly Pick<PageFigure, "reproduction" | "title" | "files">[];
}

/**
 * codecheck.yml: what a codechecker has to see recreated, by the CODECHECK configuration file specification 1.0: the manifest of
 * tables and figures, the paper, and where code and data are from. A certificate is about one paper: where a run is of more, the others
 * stand under a name of our own, as the specification allows. What the checker alone can say is left out: the specification asks for
 * `codechecker` and `report` once the check is done.
 *
 * @param results The results.
 * @param options The files and the figures.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * const text = codecheckYaml(fixedResults, { files: [{ path: "results.json" }], figures: [] });
 * assertStringIncludes(text, 'manifest:\n  - file: "results.json"\n');
 * ```
 */
export function codecheckYaml(results: Results, { files, figures }: CodecheckOptions): string {
  const titles = new Map(
    figures.flatMap(({ reproduction, title, files }) =>
      files.map((path) => [path, `Figure of ${reproduction}: ${title}`] as const)
    ),
  );
  const papers = [...new Map(results.modules.map(({ paper }) => [paper.title, paper])).values()];
  const [paper, ...others] = papers;
  const lines = [
    "%YAML 1.1",
    "---",
    `version: ${specification}`,
    "",
    "manifest:",
    ...files.flatMap(({ path }) => {
      const comment = titles.get(path) ?? fileComments[path];
      return comment === undefined ? [] : [`  - file: ${quote(path)}`, `    comment: ${quote(comment)}`];
    }),
    ...(paper === undefined ? [] : ["", "paper:", ...paperLines(paper, "  ")]),
    ...(others.length === 0 ? [] : [
      "",
      "# The run is of more papers than one; a certificate is about one: put the one that is checked above.",
      "reproduce_other_papers:",
      ...others.flatMap((other) => {
        const [first, ...rest] = paperLines(other, "    ");
        return [`  - ${first!.trimStart()}`, ...rest];
      }),
    ]),
    "",
    `source: ${quote(sourceText(results))}`,
    "",
    "# For the codechecker to add: codechecker (name, ORCID), report, summary, repository, check_time, certificate.",
  ];
  return `${lines.join("\n")}\n`;
}

function paperLines({ title, authors, doi, arxiv }: Paper, indent: string): string[] {
  const reference = doi !== undefined
    ? `https://doi.org/${doi}`
    : arxiv !== undefined
    ? `arXiv:${arxiv}`
    : null;
  return [
    `title: ${quote(title)}`,
    "authors:",
    ...authors.map((author) => `  - name: ${quote(author)}`),
    ...(reference === null ? [] : [`reference: ${quote(reference)}`]),
  ].map((line) => `${indent}${line}`);
}

/** Which code and which data the results are from. */
function sourceText({ profile, environment: { commit, data } }: Results): string {
  const sets = Object.entries(data).map(([id, { source, digest }]) =>
    source === "stand-in"
      ? `${id}: a built-in stand-in`
      : `${id}: SHA-256 ${digest} over its files, from the ${source}`
  );
  return [
    commit === null ? "Code outside a checkout" : `Code at commit ${commit}`,
    `profile ${profile}`,
    ...sets,
  ].join("; ");
}

/** A double-quoted scalar: what JSON writes is one. */
function quote(text: string): string {
  return JSON.stringify(text.toWellFormed());
}
