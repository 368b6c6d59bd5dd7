import type { Claim } from "../../golden/claim.ts";
import type { CellResult, Results } from "../../runner/results.ts";
import { formatMeasured, formatVerdict } from "../format_number.ts";
import { pull } from "../pull.ts";
import { formatPull } from "../pull_plot.ts";
import { verdictKind, verdictMarks } from "../verdict_kind.ts";
import { type Anchors, linkTo } from "./anchors.ts";
import { type Html, html } from "./html.ts";
import { linkReadme } from "./readme_link.ts";

/** How many reasons the first screen has room for. */
const mostReasons = 5;

/** Printed numbers that deviate for one reason. */
export interface DeviationGroup {
  readonly reproduction: string;
  /** The cell that lies furthest from what is allowed. */
  readonly worst: CellResult;
  /** Where it stands in its table; `null` where no golden row says so. */
  readonly claim: Claim | null;
  /** The pull of that cell; infinite where it has none: its value is not finite, or the paper prints a bound. */
  readonly pull: number;
  /** How many cells share the reason, that one included. */
  readonly count: number;
  /** Why; empty where the golden file did not expect it. */
  readonly reason: string;
}

/**
 * The printed numbers that deviate, those of one reason together, the unexpected before the expected ones and then the largest pull
 * first. Variants are left out: they are another protocol.
 */
export function rankDeviations(
  { modules }: Pick<Results, "modules">,
  claims: ReadonlyMap<string, readonly Claim[]>,
): DeviationGroup[] {
  const groups = modules.flatMap(({ id, cells }) => {
    const claimOf = new Map(claims.get(id)?.map((claim) => [claim.cell, claim]));
    const deviating = cells.filter(({ role, verdict }) => role === "number" && verdict === "deviates");
    const byReason = Map.groupBy(
      deviating,
      (cell) => cell.expect === "deviates" ? claimOf.get(cell.id)?.because ?? "" : "",
    );
    return [...byReason].map(([reason, cells]): DeviationGroup => {
      const size = (cell: CellResult) => Math.abs(pull(cell) ?? Infinity);
      const worst = cells.reduce((a, b) => size(b) > size(a) ? b : a);
      const claim = claimOf.get(worst.id) ?? null;
      return { reproduction: id, worst, claim, pull: pull(worst) ?? Infinity, count: cells.length, reason };
    });
  });
  const rank = ({ reason }: DeviationGroup) => reason === "" ? 0 : 1;
  return groups.sort((a, b) => rank(a) - rank(b) || Math.abs(b.pull) - Math.abs(a.pull) || 0);
}

/** Which printed numbers deviate most, and why: the largest of them, with a link to all others. */
export function largestDeviations(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  anchors: Anchors,
  readmes: ReadonlyMap<string, string>,
): Html {
  const groups = rankDeviations(results, claims);
  if (groups.length === 0 && claimsText(results) === null) return html``;
  const rest = groups.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
  return html`
    <section id="largest" aria-labelledby="largest-heading">
    <h2 id="largest-heading">Largest deviations and their reasons</h2>
    ${groups.length === 0 ? null : html`
      <table class="largest">
        <thead>
          <tr>
            <th scope="col">printed number</th>
            <th scope="col">published</th>
            <th scope="col">measured</th>
            <th scope="col">off by</th>
            <th scope="col">why</th>
          </tr>
        </thead>
        <tbody>${groups.slice(0, mostReasons).map((group) => groupRow(group, anchors, readmes))}</tbody>
      </table>
    `}<p class="rest">${rest === 0
      ? null
      : `${rest} more printed ${rest === 1 ? "number deviates" : "numbers deviate"}. `}${claimsText(
        results,
      )}<a href="#deviations">All deviations and their reasons</a></p>
    </section>
  `;
}

function groupRow(
  { reproduction, worst, claim, pull, count, reason }: DeviationGroup,
  anchors: Anchors,
  readmes: ReadonlyMap<string, string>,
): Html {
  const kind = verdictKind(worst);
  const name = claim === null ? worst.id : `${claim.table}: ${claim.row}, ${claim.column}`;
  return html`
    <tr class="${kind}">
      <th scope="row"><a href="${linkTo(anchors.get(reproduction)!.get(worst.id)!)}">${name}</a>
        <code>${reproduction}</code>${count === 1
          ? null
          : html`<span class="others">and ${count - 1} more</span>`}</th>
      <td data-name="published">${worst.published?.text ?? "·"}</td>
      <td data-name="measured">${formatMeasured(worst)}</td>
      <td data-name="off by"><b>${verdictMarks[kind]}</b> ${Number.isFinite(pull)
        ? formatPull(pull)
        : formatVerdict(worst)}</td>
      <td class="why"><span>${reason === ""
        ? formatVerdict(worst)
        : linkReadme(reason, reproduction, readmes.has(reproduction))}</span></td>
    </tr>
  `;
}

/** How many claims do not hold; `null` where all of them do. */
function claimsText({ summary: { claims: { fails, undecided } } }: Results): string | null {
  const failed = `${fails} ${fails === 1 ? "claim fails" : "claims fail"}`;
  const open = `${undecided} ${undecided === 1 ? "is" : "are"} undecided`;
  if (fails > 0) return `${failed}${undecided > 0 ? `, ${open}` : ""}. `;
  return undecided > 0 ? `Of the claims, ${open}. ` : null;
}
