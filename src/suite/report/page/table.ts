import type { CellResult } from "../../runner/results.ts";
import { formatAllowed, formatDeviation } from "../format_number.ts";
import { confidenceInterval } from "../interval.ts";
import { type PlacedCell, type TableLayout, withoutGoldenRow } from "../table_layout.ts";
import { verdictKind } from "../verdict_kind.ts";
import { pull } from "../pull.ts";
import { cellDetails, type CellPlace } from "./cell_details.ts";
import { Html, html } from "./html.ts";
import { alignedNumber, fractionLength } from "./number.ts";
import { strip } from "./strip.ts";

/** What the tables of a reproduction share. */
export interface TableContext extends Omit<CellPlace, "anchor"> {
  /** The anchors of the reproduction's cells. */
  readonly anchors: ReadonlyMap<string, string>;
}

/**
 * A table in the paper's own rows and columns; one of a single column has a line for each cell, with the numbers beside
 * each other.
 *
 * @param table What stands where.
 * @param id The id of its caption.
 * @param context Where it stands.
 */
export function tableHtml(table: TableLayout, id: string, context: TableContext): Html {
  const note = table.heading === withoutGoldenRow
    ? html`<p class="note">The golden files of this project have no row for these cells: where they stand in a paper is
not known, and the verdicts are those of results.json.</p>`
    : null;
  const grid = table.columns.length > 1;
  return html`
    <div class="sheet">
    <div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table class="${grid ? "grid" : "list"}${table.columns.length > 7 ? " wide" : ""}">
    <caption id="${id}"><span>${table.caption}</span></caption>
    ${grid ? gridParts(table, context) : listParts(table, context)}
    </table>
    </div>
    ${note}</div>
  `;
}

function gridParts({ columns, rows }: TableLayout, context: TableContext): Html {
  const fractions = columns.map((_, i) => fractionClass(rows.map(({ cells }) => cells[i])));
  return html`
    <thead>
      <tr><th class="corner" scope="col"><span class="unseen">row</span></th>${columns.map((column) =>
        html`<th scope="col">${column}</th>`
      )}</tr>
    </thead>
    <tbody>
    ${rows.map(({ name, cells }) => {
      const inFull = cells.some((place) => place !== undefined && place.cell.measured !== null);
      return html`
        <tr><th scope="row"><div>${name}${inFull ? legend : null}</div></th>${cells.map((place, i) =>
          place === undefined
            ? html`<td class="empty"></td>`
            : gridCell(place, fractions[i]!, inFull, context)
        )}</tr>
      `;
    })}</tbody>
  `;
}

/** Names the lines of a row once, for the eye; each cell names them again for screen readers. */
const legend = html`<span class="legend" aria-hidden="true"><span>published</span><span>measured</span><span
>95 % interval</span><span>within</span><span>difference</span></span>`;

/** A row of which nothing was measured shows what is published and the verdict alone. */
function gridCell(place: PlacedCell, fraction: string, inFull: boolean, context: TableContext): Html {
  const { cell } = place;
  const kind = verdictKind(cell);
  const anchor = context.anchors.get(cell.id)!;
  return html`
    <td id="${anchor}" class="cell ${kind} ${fraction}"
      data-verdict="${kind}"
      data-role="${cell.role}"
      ${pullAttribute(cell)}><span class="published">${spoken("published")}${alignedNumber(
        cell.published?.text ?? "·",
      )}</span>${inFull ? measuredLines(cell) : null}${cellDetails(place, { ...context, anchor })}</td>
  `;
}

function measuredLines(cell: CellResult): Html {
  const { interval, difference } = shownNumbers(cell);
  return html`
    <span class="measured">${spoken("measured")}${alignedNumber(
      shownEstimate(cell),
    )}</span><span class="interval">${interval === "" ? null : [spoken("interval"), interval]}</span><span
      class="picture">${strip(cell)}</span><span
      class="difference">${difference === ""
        ? null
        : [spoken("difference"), difference]} <span class="allowed">${spoken("allowed")}${formatAllowed(
          cell.tolerance,
        )}</span></span>
  `;
}

function listParts({ rows }: TableLayout, context: TableContext): Html {
  const places = rows.flatMap(({ name, cells }) => cells.map((place) => ({ name, place: place! })));
  const fraction = fractionClass(places.map(({ place }) => place));
  const heads = ["published", "measured", "95 % interval", "within", "difference", "allowed", "verdict"];
  return html`
    <thead>
      <tr><th scope="col">cell</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr>
    </thead>
    <tbody>
    ${places.map(({ name, place }) => {
      const { cell } = place;
      const anchor = context.anchors.get(cell.id)!;
      const kind = verdictKind(cell);
      const { interval, difference } = shownNumbers(cell);
      return html`
        <tr id="${anchor}" class="cell ${kind} ${fraction}" data-verdict="${kind}" data-role="${cell.role}"
          ${pullAttribute(
            cell,
          )}>
          <th scope="row">${name}${name === cell.id ? null : html`<code>${cell.id}</code>`}</th>
          <td class="published">${alignedNumber(cell.published?.text ?? "·")}</td>
          <td class="measured">${alignedNumber(shownEstimate(cell))}</td>
          <td class="interval">${interval}</td>
          <td class="picture">${strip(cell)}</td>
          <td class="difference">${difference}</td>
          <td class="allowed">${formatAllowed(cell.tolerance)}</td>
          <td class="verdict">${cellDetails(place, { ...context, anchor })}</td>
        </tr>
      `;
    })}</tbody>
  `;
}

function shownNumbers(cell: CellResult): { readonly interval: string; readonly difference: string } {
  const { lower, upper } = confidenceInterval(cell) ?? { lower: "", upper: "" };
  const minus = (text: string) => text.replace("-", "−");
  return {
    interval: lower === "" ? "" : `${minus(lower)} … ${minus(upper)}`,
    difference: minus(formatDeviation(cell)),
  };
}

/** The estimate as it stands in a table; why there is none, where one was attempted. */
function shownEstimate(cell: CellResult): string {
  return confidenceInterval(cell)?.estimate ?? cell.measured?.error ?? "–";
}

/** The class of a column whose numbers have as many decimals at most. */
function fractionClass(places: readonly (PlacedCell | undefined)[]): string {
  const texts = places.flatMap((place) =>
    place === undefined ? [] : [place.cell.published?.text ?? "", shownEstimate(place.cell)]
  );
  return `f${Math.min(8, Math.max(0, ...texts.map(fractionLength)))}`;
}

/** A word that only screen readers say. */
function spoken(word: string): Html {
  return html`<span class="unseen">${word} </span>`;
}

/** How far a cell is from what is printed, for sorting; nothing where no pull can be told. */
function pullAttribute(cell: CellResult): Html | null {
  const own = pull(cell);
  // Only size counts, and a difference from a tolerance of 0 is the largest.
  const size = own === null ? null : Math.min(1e9, +Math.abs(own).toPrecision(6));
  return size === null ? null : new Html(` data-pull="${size}"`);
}
