import type { Profile, UnitOfError } from "../../reproduction.ts";
import type { AcceptedValue } from "../../runner/accepted_history.ts";
import type { CellResult, ReproductionResult } from "../../runner/results.ts";
import { cellCommand } from "../cell_command.ts";
import { formatAllowed, formatDifference, formatNumber, formatVerdict } from "../format_number.ts";
import { confidenceInterval } from "../interval.ts";
import { roleTexts } from "../role_text.ts";
import type { PlacedCell } from "../table_layout.ts";
import { verdictKind, verdictMarks } from "../verdict_kind.ts";
import { linkTo } from "./anchors.ts";
import { type Html, html } from "./html.ts";
import { linkReadme } from "./readme_link.ts";

/** Where a cell stands. */
export interface CellPlace {
  readonly reproduction: ReproductionResult;
  readonly profile: Profile;
  /** The number of seeds, where it is not the profile's; else `null`. */
  readonly seeds: number | null;
  /** The id of its element. */
  readonly anchor: string;
  /** What was accepted of the reproduction's cells before, by cell. */
  readonly history: ReadonlyMap<string, readonly AcceptedValue[]>;
  /** Whether the page has its README. */
  readonly hasReadme: boolean;
}

/**
 * The verdict of a cell as mark and word; opened, it says all that is known of the cell: role, source, measurement, tolerance
 * and its reason, what is expected and why, baseline, and the command that measures it alone.
 */
export function cellDetails(
  { claim, cell }: PlacedCell,
  { reproduction, profile, seeds, anchor, history, hasReadme }: CellPlace,
): Html {
  const { published, tolerance, baseline } = cell;
  const linked = (text: string) => linkReadme(text, reproduction.id, hasReadme);
  const facts: readonly (readonly [string, Html | string | null])[] = [
    ["quantity", withUnit(cell.quantity, cell.unit)],
    ["role", roleTexts[cell.role]],
    ["published", published === null ? "no number is printed" : published.text],
    ["source", cell.source],
    ["place", claim === null ? "no golden row" : `${claim.table}; ${claim.row}; ${claim.column}`],
    ["measured", measuredText(cell)],
    ["difference", differenceText(cell)],
    ["allowed", `${formatAllowed(tolerance)} (${tolerance.kind})`],
    ["allowed because", linked(tolerance.rationale)],
    ["verdict", `${formatVerdict(cell)}; the golden file expects: ${cell.expect}`],
    [`${cell.expect} because`, claim?.because ? linked(claim.because) : null],
    ["baseline", baselineText(baseline)],
    ["accepted before", historyText(history.get(cell.id) ?? [], cell)],
    ["alone", html`<code class="command">${cellCommand(reproduction.id, cell.id, profile, seeds)}</code>`],
    ["link", html`<a href="${linkTo(anchor)}">${linkTo(anchor)}</a>`],
  ];
  return html`
    <details name="cell">
      <summary><b>${verdictMarks[verdictKind(cell)]}</b> <span>${formatVerdict(
        cell,
      )}</span><span class="unseen">: about ${cell.id}</span></summary>
      <div class="card">
        <p class="title">${cell.id}</p>
        <dl>${facts.map(([name, value]) =>
          value === null ? null : html`
            <dt>${name}</dt>
            <dd>${value}</dd>
          `
        )}</dl>
      </div>
    </details>
  `;
}

/** What a standard error is over, in words. */
const unitNames: Readonly<Record<UnitOfError, string>> = {
  "image": "images",
  "class": "classes",
  "seed": "seeds",
  "draw": "random samples",
  "test item": "test items",
};

function withUnit(quantity: string, unit: string): string {
  return unit === "" ? quantity : `${quantity} (${unit})`;
}

function measuredText(cell: CellResult): string {
  const { measured } = cell;
  if (measured === null) return "not in this run";
  const interval = confidenceInterval(cell);
  if (interval === null) return measured.error ?? "not finite";
  const { lower, estimate, upper } = interval;
  const parts = [
    lower === "" ? estimate : `${lower} / ${estimate} / ${upper} (lower / estimate / upper)`,
  ];
  if (measured.standardError !== null) {
    const unit = measured.unitOfError === null ? "" : ` over ${unitNames[measured.unitOfError]}`;
    parts.push(`standard error ${+measured.standardError.toPrecision(3)}${unit}`);
  }
  if (measured.values.length > 1) {
    const values = measured.values.map((value) => +value.toPrecision(6));
    parts.push(`mean of ${values.length} values: ${values.join(", ")}`);
  }
  return parts.join("; ");
}

/** What the difference is told from, too: the printed number, or the bound of a claim. */
function differenceText(cell: CellResult): string | null {
  const text = formatDifference(cell);
  if (text === "") return null;
  return cell.role === "claim" ? text : `${text} from the printed number`;
}

function baselineText(baseline: CellResult["baseline"]): string {
  if (baseline === null) return "none was accepted";
  const { value, within, verdict } = baseline;
  const judged = verdict === "none" ? "not judged: other data, or not measured" : verdict;
  return `${judged}; accepted ${value}, within ${within}`;
}

/**
 * The values that were accepted in the course of time, and the commits that recorded them; nothing where there was one alone. Values that
 * differ by less than is shown are one.
 */
function historyText(values: readonly AcceptedValue[], cell: CellResult): string | null {
  const shown = values.map(({ value, commit, date }) => ({
    number: formatNumber(value, cell),
    origin: `${date}, ${commit.slice(0, 7)}`,
  })).filter(({ number }, i, all) => number !== all[i - 1]?.number);
  return shown.length < 2 ? null : shown.map(({ number, origin }) => `${number} (${origin})`).join(" → ");
}
