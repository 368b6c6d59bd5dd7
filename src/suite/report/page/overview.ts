import type { Claim } from "../../golden/claim.ts";
import type { ReproductionResult, Results } from "../../runner/results.ts";
import { formatDuration } from "../format_duration.ts";
import { countsByRole, type RoleCounts } from "../headline.ts";
import { pullScale, pullStrip, rowText } from "../pull_plot.ts";
import { verdictMarks } from "../verdict_kind.ts";
import { type Anchors, linkTo } from "./anchors.ts";
import { Html, html } from "./html.ts";
import { reproductionAnchor } from "./reproduction_section.ts";

/** How many tables stand in for a statement that a reproduction does not have. */
const mostTables = 3;

/**
 * The reproductions, a row each, those of one paper together: what the paper states, how its numbers and claims came out, each printed
 * number as a dot of the pull plot, and how long it computed.
 *
 * @param papers The reproductions by paper.
 * @param results The results, for the counts over all cells.
 * @param claims The claims of each reproduction.
 * @param anchors Where its cells stand.
 */
export function overview(
  papers: readonly (readonly ReproductionResult[])[],
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  anchors: Anchors,
): Html {
  return html`
    <table class="overview">
    <caption class="unseen">What was claimed, and how it came out</caption>
    <thead>
      <tr>
        <th scope="col">paper and what it states</th>
        <th scope="col">printed numbers</th>
        <th scope="col">claims</th>
        <th scope="col">variants</th>
        <th scope="col"><span class="unseen">pull: </span>(measured − published) / tolerance${new Html(
          pullScale(),
        )}</th>
        <th scope="col">computing</th>
      </tr>
    </thead>
    ${papers.map((paper) =>
      html`<tbody>${
        paper.map((reproduction, i) =>
          overviewRow(reproduction, i === 0, claims.get(reproduction.id) ?? [], anchors)
        )
      }</tbody>`
    )}${results.modules.length < 2 ? null : html`
      <tfoot>
        <tr>
          <th scope="row">All ${results.summary.cells} cells: ${othersText(results)}</th>
          <td colspan="5">${countsByRole(results.summary).map(({ title, counts }) =>
            html`<span class="total">${title}: ${countSpans(counts)}</span>`
          )}</td>
        </tr>
      </tfoot>
    `}</table>
  `;
}

function overviewRow(
  reproduction: ReproductionResult,
  isFirst: boolean,
  claims: readonly Claim[],
  anchors: Anchors,
): Html {
  const { id, paper: { title, year }, computeMs, cells, summary } = reproduction;
  const link = linkTo(reproductionAnchor(id));
  const strip = pullStrip(
    reproduction,
    (module, cell) => {
      const anchor = anchors.get(module)?.get(cell);
      return anchor === undefined ? undefined : linkTo(anchor);
    },
    `Pulls of ${id}: ${rowText(cells)}; arrow keys go from dot to dot`,
  );
  return html`
    <tr>
      <th scope="row">${isFirst
        ? html`<a class="title" href="${link}">${title}</a><span class="year">${year}</span>`
        : null}<a
        href="${link}"><code>${id}</code></a><span class="statement">${statementText(
          reproduction,
          claims,
        )}</span></th>
      ${countCells(countsByRole(summary))}<td class="pulls">${strip === ""
        ? html`<span class="none">${noPullText(reproduction)}</span>`
        : new Html(strip)}</td>
      <td class="minutes">${computeMs === 0 ? "–" : formatDuration(computeMs)}</td>
    </tr>
  `;
}

/** Why there is no dot. */
function noPullText({ cells, summary: { standIn } }: ReproductionResult): string {
  return standIn === 0 ? rowText(cells) : `${standIn} of ${cells.length} cells on a stand-in: not judged`;
}

/** What a reproduction states; the tables that it measures, where it says nothing. */
function statementText({ statement }: ReproductionResult, claims: readonly Claim[]): string {
  if (statement !== undefined) return statement;
  const tables = [...new Set(claims.map(({ table }) => table))];
  const more = tables.length > mostTables ? `, and ${tables.length - mostTables} more` : "";
  return tables.slice(0, mostTables).join("; ") + more;
}

/** The counts of printed numbers, claims and variants, each in a place of its own, empty where the role has no cells. */
function countCells(roles: readonly RoleCounts[]): Html[] {
  return (["number", "claim", "variant"] as const).map((role) => {
    const counts = roles.find((entry) => entry.role === role)?.counts ?? [];
    const name = { number: "printed numbers", claim: "claims", variant: "variants" }[role];
    return html`
      <td class="tally ${role}" data-name="${name}">${countSpans(counts)}</td>
    `;
  });
}

function countSpans(counts: RoleCounts["counts"]): Html[] {
  return counts.filter(({ count }) => count > 0).map(({ count, word, kind }) =>
    html`<span class="${kind}"><b>${verdictMarks[kind]} ${count}</b> ${word}</span>`
  );
}

function othersText({ summary: { unexpected, moved, standIn } }: Results): string {
  return [
    `${unexpected} unexpected`,
    `${moved} moved`,
    ...(standIn > 0 ? [`${standIn} on a stand-in`] : []),
  ].join(", ");
}
