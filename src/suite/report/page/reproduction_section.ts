import type { Claim } from "../../golden/claim.ts";
import type { Paper } from "../../reproduction.ts";
import type { ReproductionResult } from "../../runner/results.ts";
import { mathHtml, plainText } from "../figures/math_text.ts";
import { countsLine } from "../headline.ts";
import { layoutTables } from "../table_layout.ts";
import { Html, html } from "./html.ts";
import { type TableContext, tableHtml } from "./table.ts";

/** A figure for the page. */
export interface PageFigure {
  /** The id of the reproduction that it belongs to. */
  readonly reproduction: string;
  /** Unique in its reproduction. */
  readonly id: string;
  /** One line, with scripts as figures have them. */
  readonly title: string;
  /** What is seen, with scripts too. */
  readonly caption: string;
  /** The picture: SVG that is safe to stand in the page as it is, with ids that no other figure has. */
  readonly svg: string;
  /** Where the same figure and its data stand as files, relative to the page. */
  readonly files: readonly string[];
}

/** One reproduction: its tables, then its figures. */
export function reproductionSection(
  reproduction: ReproductionResult,
  claims: readonly Claim[],
  figures: readonly PageFigure[],
  context: Omit<TableContext, "reproduction">,
): Html {
  const id = reproductionAnchor(reproduction.id);
  const { summary, seeds, statement } = reproduction;
  const tables = layoutTables(reproduction, claims);
  return html`
    <section class="reproduction" id="${id}" aria-labelledby="${id}:heading">
    <h3 id="${id}:heading"><code>${reproduction.id}</code></h3>
    ${statement === undefined
      ? null
      : html`<p class="statement">${statement}</p>`}<p class="note">${countsLine(
        summary,
      )}.${seedsText(seeds)}</p>
    ${tables.length === 0 ? html`<p class="note">This reproduction has no cells.</p>` : null}${tables.map((
      table,
      i,
    ) => tableHtml(table, `${id}:table-${i + 1}`, { reproduction, ...context }))}${figures.length === 0
      ? html`
        <p class="note">No figure was painted for this reproduction in this run.</p>
      `
      : figures.map((figure) => figureHtml(figure, id))}</section>
  `;
}

function seedsText(seeds: number | null): string {
  return seeds === null
    ? ""
    : ` ${seeds} ${seeds === 1 ? "seed or random sample" : "seeds or random samples"}.`;
}

/** The anchor of a reproduction: links that stand in commit messages and reports name it so. */
export function reproductionAnchor(id: string): string {
  return `module:${id}`;
}

function figureHtml({ id, title, caption, svg, files }: PageFigure, reproduction: string): Html {
  const anchor = `${reproduction}:figure-${id}`;
  return html`
    <figure id="${anchor}" aria-labelledby="${anchor}-title">
      <h4 id="${anchor}-title">${new Html(mathHtml(title))}</h4>
      <div class="plot" role="group" aria-labelledby="${anchor}-title" tabindex="0">
        <div role="img" aria-label="${plainText(title)}">${new Html(svg)}</div>
      </div>
      <figcaption>${new Html(mathHtml(caption))} ${files.length === 0 ? null : html`
        <span class="files">Beside this page: ${files.map((file, i) =>
          html`${i > 0 ? ", " : ""}<a href="${file.split("/").map(encodeURIComponent).join("/")}">${file}</a>`
        )}</span>
      `}</figcaption>
    </figure>
  `;
}

/** The title of a paper with whom, where and when, and links to it. */
export function paperHeading(paper: Paper, id: string): Html {
  const { title, authors, venue, year, doi, arxiv } = paper;
  return html`
    <h2 id="${id}">${title}</h2>
    <p class="citation">${authors.join(", ")}. ${venue}, ${year}. ${doi === undefined ? null : html`
      <a rel="noreferrer" href="https://doi.org/${encodeURI(doi)}">doi:${doi}</a>
    `} ${arxiv === undefined ? null : html`
      <a rel="noreferrer" href="https://arxiv.org/abs/${encodeURI(arxiv)}">arXiv:${arxiv}</a>
    `}</p>
  `;
}
