import { createHash } from "node:crypto";
import type { Claim } from "../../golden/claim.ts";
import type { AcceptedHistory } from "../../runner/accepted_history.ts";
import type { ReproductionResult, Results } from "../../runner/results.ts";
import { assignAnchors } from "./anchors.ts";
import { deviationsSection } from "./deviations.ts";
import { environmentSection } from "./environment.ts";
import { largestDeviations } from "./largest_deviations.ts";
import { howToRead } from "./how_to_read.ts";
import { Html, html } from "./html.ts";
import { type PageFigure, paperHeading, reproductionSection } from "./reproduction_section.ts";
import { opening } from "./opening.ts";
import { overview } from "./overview.ts";
import script from "./page.js" with { type: "text" };
import style from "./page.css" with { type: "text" };
import { verdictMarks } from "../verdict_kind.ts";

/** What stands on the page beside results and claims. */
export interface PageParts {
  /** The figures of all reproductions, painted. */
  readonly figures: readonly PageFigure[];
  /** The number of seeds of each reproduction that did not take its profile's: the commands on the page name it. */
  readonly seeds: ReadonlyMap<string, number>;
  /** What was accepted before, for the cards of the cells. */
  readonly history: AcceptedHistory;
  /** What the README of each reproduction says of its known deviations, in Markdown: golden files refer to it. */
  readonly readmes: ReadonlyMap<string, string>;
}

/** The parts of a page that has none. */
export const noParts: PageParts = {
  figures: [],
  seeds: new Map(),
  history: new Map(),
  readmes: new Map(),
};

/**
 * report.html: one self-contained page on a run, to be put beside the papers. It reads without scripts, asks the network
 * for nothing, and the same results give the same bytes outside its environment section and the times of its first table.
 *
 * @param results The judged results.
 * @param claims The claims of each reproduction, for the layout of the tables, the sources and the reasons.
 * @param parts What stands on it beside them.
 * @returns A whole HTML document.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fixedClaims, fixedResults } from "../testdata/fixed_results.ts";
 *
 * assertStringIncludes(reportHtml(fixedResults, fixedClaims, noParts), '<td id="table/1/a"');
 * ```
 */
export function reportHtml(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  { figures, seeds, history, readmes }: PageParts,
): string {
  const { profile, modules } = results;
  const anchors = assignAnchors(modules);
  const papers = groupByPaper(modules);
  const body = html`
    <a class="skip" href="#main">Skip to the tables</a>
    <header id="top">
    ${opening(results)}${overview(papers, results, claims, anchors)}${largestDeviations(
      results,
      claims,
      anchors,
      readmes,
    )}<nav aria-label="Contents"><ul>
    <li><a href="#main">Tables and figures</a></li>
    <li><a href="#deviations">Deviations</a></li>
    <li><a href="#how-to-read">How to read this report</a></li>
    <li><a href="#environment">Environment and digests</a></li>
    </ul></nav>
    </header>
    <main id="main">
    ${filterForm}${papers.map((paper, i) =>
      html`
        <section class="paper" aria-labelledby="paper:${i + 1}">
        ${paperHeading(paper[0]!.paper, `paper:${i + 1}`)}${paper.map((reproduction) =>
          reproductionSection(
            reproduction,
            claims.get(reproduction.id) ?? [],
            figures.filter((figure) => figure.reproduction === reproduction.id),
            {
              profile,
              seeds: seeds.get(reproduction.id) ?? null,
              anchors: anchors.get(reproduction.id)!,
              history: history.get(reproduction.id) ?? new Map(),
              hasReadme: readmes.has(reproduction.id),
            },
          )
        )}</section>
      `
    )}${deviationsSection(results, claims, anchors, readmes)}${howToRead}${environmentSection(results)}</main>
    <footer>
      <p>Made by <code>deno task reproduce</code>. <a href="#top">Back to the top</a></p>
    </footer>
  `;
  return `<!DOCTYPE html>\n${
    html`
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta http-equiv="Content-Security-Policy" content="${policy}">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Reproduction report: ${modules.map(({ id }) => id).join(", ")} (${profile})</title>
          <style>
      ${new Html(style)}</style>
        </head>
        <body>
      ${body}<script>${new Html(script)}</script>
        </body>
      </html>
    `.markup
  }`;
}

/** Nothing is loaded, from anywhere, and no script runs but ours: markup that slipped through could do nothing. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${
  createHash("sha256").update(script).digest("base64")
}'; base-uri 'none'; form-action 'none'`;

/** The reproductions by paper, in the order of the run. */
function groupByPaper(reproductions: readonly ReproductionResult[]): ReproductionResult[][] {
  const papers = new Map<string, ReproductionResult[]>();
  for (const reproduction of reproductions) {
    const key = JSON.stringify(reproduction.paper);
    papers.set(key, [...(papers.get(key) ?? []), reproduction]);
  }
  return [...papers.values()];
}

/** Filter and search; they need a script, which shows them. */
const filterForm = html`
  <form id="filter" role="search" aria-label="Cells" hidden>
    <label>Verdict <select name="verdict">
  <option value="">all</option>
  <option value="agrees">${verdictMarks.agrees} agrees</option>
  <option value="deviates">${verdictMarks.deviates} deviates (expected)</option>
  <option value="holds">${verdictMarks.holds} holds</option>
  <option value="undecided">${verdictMarks.undecided} undecided (expected)</option>
  <option value="fails">${verdictMarks.fails} fails (expected)</option>
  <option value="unexpected">${verdictMarks.unexpected} unexpected or moved</option>
  <option value="stand-in">${verdictMarks["stand-in"]} stand-in</option>
  <option value="not-measured">${verdictMarks["not-measured"]} not measured</option>
  </select></label>
    <label>Role <select name="role">
  <option value="">all</option>
  <option value="number">printed numbers</option>
  <option value="claim">claims</option>
  <option value="variant">variants</option>
  </select></label>
    <label>Order <select name="sort">
  <option value="">as in the paper</option>
  <option value="pull">largest deviation first</option>
  </select></label>
    <label>Cell <input type="search" name="cell" placeholder="table1/J=3" autocomplete="off" spellcheck="false"></label>
    <button type="reset">Show all</button>
    <output id="filter-status"></output>
  </form>
`;
