/**
 * The pull plot: every printed number of a run as a dot at (measured - published) / tolerance, with what is allowed as a band from -1
 * to 1. Variants, printed numbers under another protocol, are rings in a lane of their own below.
 *
 * @module
 */
import type { CellResult, ReproductionResult, Results } from "../runner/results.ts";
import { escapeXml } from "./escape_xml.ts";
import { coordinates, element, formatCoordinate, textElement } from "./figures/markup.ts";
import { formatMeasured, formatVerdict } from "./format_number.ts";
import { pull, type Pulled } from "./pull.ts";
import { findStandIns } from "./stand_ins.ts";
import { type VerdictKind, verdictKind } from "./verdict_kind.ts";

/** What a dot is made from. */
export type PullCell = Pulled & Pick<CellResult, "id" | "expect" | "baseline">;

/** A reproduction as a row of the plot. */
export type PullRow = Pick<ReproductionResult, "id"> & { readonly cells: readonly PullCell[] };

/** Gives where a cell is explained, for the links of its dot; `undefined` for none. */
export type LinkOfCell = (reproduction: string, cell: string) => string | undefined;

/** How many tolerances the plot shows to either side; a dot further out becomes an arrow head at the edge. */
export const reach = 5;
/** The radius of a dot, in px. */
const radius = 2.6;
/** How far dots of one level stand apart at least, in px. */
const pitch = 5.6;
/** How many levels of dots a lane has at most; dots of a fuller one overlap. */
const mostLevels = 11;
/** Room for arrow heads outside the scale, in px. */
const edge = 10;

/** A cell on the scale. */
export interface Dot {
  readonly cell: PullCell;
  /** (measured - published) / tolerance. */
  readonly pull: number;
  /** Where it stands, in tolerances: its pull, or the end of the scale. */
  readonly at: number;
  /** Whether its pull lies beyond the scale. */
  readonly isBeyond: boolean;
  /** Its level above (positive) or below the middle of its lane, so that dots of nearly the same pull stay apart. */
  readonly level: number;
}

/**
 * Places the cells of one role: nothing that has no pull gets a dot.
 *
 * @param cells The cells.
 * @param role Printed numbers or variants.
 * @param unit How long a tolerance is, in px.
 */
export function placeDots(cells: readonly PullCell[], role: "number" | "variant", unit: number): Dot[] {
  const onScale = cells.filter((cell) => cell.role === role).flatMap((cell) => {
    const own = pull(cell);
    if (own === null) return [];
    const isBeyond = Math.abs(own) > reach;
    return [{ cell, pull: own, at: isBeyond ? Math.sign(own) * reach : own, isBeyond }];
  }).sort((a, b) => place(a, unit) - place(b, unit) || (a.cell.id < b.cell.id ? -1 : 1));
  /** The place of the last dot of each level, in px. */
  const taken = new Map<number, number>();
  return onScale.map((dot) => {
    const x = place(dot, unit);
    const level = levels.find((candidate) => x - (taken.get(candidate) ?? -Infinity) >= pitch) ?? 0;
    taken.set(level, x);
    return { ...dot, level };
  });
}

/** The levels in the order in which they are filled: 0, 1, -1, 2, -2, ... */
const levels: readonly number[] = Array.from(
  { length: mostLevels },
  (_, i) => (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2) + 0,
);

/** Where a dot stands, in px from the middle; an arrow head lies outside the scale. */
function place({ at, isBeyond }: Omit<Dot, "level">, unit: number): number {
  return at * unit + (isBeyond ? Math.sign(at) * edge / 2 : 0);
}

/** The lanes of a reproduction, one below the other. */
interface Lanes {
  readonly height: number;
  readonly marks: readonly string[];
}

/** Paints the dots of a reproduction around x = 0, from y = 0 downwards. */
function paintLanes({ id, cells }: PullRow, unit: number, linkOf: LinkOfCell): Lanes {
  const marks: string[] = [];
  let height = 0;
  for (const role of ["number", "variant"] as const) {
    const dots = placeDots(cells, role, unit);
    if (dots.length === 0) continue;
    const levelsUsed = dots.map(({ level }) => level);
    const above = Math.max(1, ...levelsUsed);
    const below = Math.min(-1, ...levelsUsed);
    const middle = height + (above + 0.5) * pitch;
    height += (above - below + 1) * pitch;
    for (const dot of dots) {
      marks.push(paintDot(dot, place(dot, unit), middle - dot.level * pitch, linkOf(id, dot.cell.id)));
    }
  }
  return { height: Math.max(height, 3 * pitch), marks };
}

function paintDot(dot: Dot, x: number, y: number, href: string | undefined): string {
  const { cell, isBeyond, at } = dot;
  const kind = verdictKind(cell);
  const title = element("title", {}, escapeXml(dotTitle(dot)));
  const shape = { class: `dot ${kind}${cell.role === "variant" ? " ring" : ""}` };
  const side = Math.sign(at);
  const mark = isBeyond
    ? element(
      "path",
      { ...shape, d: `M${coordinates(x + side * 3.4, y)}l${coordinates(-side * 6.4, -3)}v6z` },
      ...(href === undefined ? [title] : []),
    )
    : element("circle", { ...shape, cx: x, cy: y, r: radius }, ...(href === undefined ? [title] : []));
  // One dot of a plot is reached by the keyboard, the others from there: a page has hundreds.
  return href === undefined ? mark : element("a", { href, tabindex: "-1" }, title, mark);
}

/** What a dot says when it is pointed at. */
function dotTitle({ cell, pull }: Dot): string {
  return `${cell.id}: ${formatMeasured(cell)}, published ${cell.published!.text}: ${formatPull(pull)}; ${
    formatVerdict(cell)
  }`;
}

/**
 * A pull in words.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatPull(-12.345), "−12.3 tolerances");
 * assertEquals(formatPull(0.04), "+0.04 tolerances");
 * ```
 */
export function formatPull(pull: number): string {
  if (!Number.isFinite(pull)) return "beyond a tolerance of 0";
  const text = Math.abs(pull).toFixed(Math.abs(pull) < 1 ? 2 : 1);
  return `${pull < 0 ? "−" : "+"}${text} tolerances`;
}

/** The width of a strip, in px. */
export const stripWidth = 300;
/** How long a tolerance is in a strip, in px. */
const stripUnit = (stripWidth / 2 - edge) / reach;

/** The band and the lines at 0, -1 and 1, around x = 0. */
function paintBand(unit: number, height: number): string {
  return element("rect", { class: "band", x: -unit, y: 0, width: 2 * unit, height }) +
    element("path", { class: "axis", d: `M0 0V${formatCoordinate(height)}` });
}

/**
 * The dots of one reproduction as an SVG element of the page, whose style sheet colours them.
 *
 * @param row The reproduction.
 * @param linkOf Gives the links to the cards.
 * @param label What it shows, for readers that do not see it.
 * @returns Nothing where no cell has a pull.
 */
export function pullStrip(row: PullRow, linkOf: LinkOfCell, label: string): string {
  const { height, marks } = paintLanes(row, stripUnit, linkOf);
  if (marks.length === 0) return "";
  const width = formatCoordinate(stripWidth);
  return element(
    "svg",
    {
      class: "pull",
      viewBox: `${coordinates(-stripWidth / 2, 0)} ${width} ${formatCoordinate(height)}`,
      width: stripWidth,
      height,
      role: "group",
      "aria-label": label,
    },
    paintBand(stripUnit, height),
    ...marks,
  );
}

/** The scale of the strips, for the head of their column. */
export function pullScale(): string {
  return element(
    "svg",
    {
      class: "pull",
      viewBox: `${coordinates(-stripWidth / 2, 0)} ${formatCoordinate(stripWidth)} 16`,
      width: stripWidth,
      height: 16,
      "aria-hidden": "true",
    },
    ...scaleMarks(stripUnit, 7, 16),
  );
}

function scaleMarks(unit: number, y: number, foot: number): string[] {
  return [-reach, -1, 0, 1, reach].flatMap((at) => [
    textElement(String(at).replace("-", "−"), at * unit, y, { size: 10, anchor: "middle" }),
    element("path", { class: "axis", d: `M${coordinates(at * unit, foot - 3)}v3` }),
  ]);
}

/** What the whole plot is made from, and where it is shown. */
export interface PullPlotOptions {
  /** The reproductions, in their order. */
  readonly rows: readonly PullRow[];
  /** What stands at its foot: whose results these are, such as profile and commit. */
  readonly provenance: string;
  /** Whether the results are none, since stand-ins took the place of data: it is written across the plot. */
  readonly isStandIn?: boolean;
  /** Gives the links of the dots; none by default, as for a picture. */
  readonly linkOf?: LinkOfCell;
}

const plotWidth = 880;
const labelWidth = 230;
const plotUnit = (plotWidth - labelWidth - 2 * edge - 20) / 2 / reach;
const headHeight = 66;
const rowGap = 12;
const footHeight = 46;

/**
 * The pull plot of several reproductions: an SVG file of its own, with the colours of a light or a dark page, whichever the reader
 * prefers. The same cells give the same bytes.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * const svg = pullPlot({ rows: fixedResults.modules, provenance: "profile standard, commit e354008" });
 * assertStringIncludes(svg, "profile standard, commit e354008</text>");
 * ```
 */
export function pullPlot(
  { rows, provenance, isStandIn = false, linkOf }: PullPlotOptions,
): string {
  const middle = labelWidth + (plotWidth - labelWidth) / 2;
  const parts: string[] = [];
  let y = headHeight;
  for (const row of rows) {
    const { height, marks } = paintLanes(row, plotUnit, linkOf ?? (() => undefined));
    const tall = Math.max(height, 34);
    const texts = [
      textElement(row.id, 16, y + tall / 2 - 8, { bold: true }),
      element("g", { class: "quiet" }, textElement(rowText(row.cells), 16, y + tall / 2 + 8, { size: 11 })),
    ];
    parts.push(
      ...texts,
      element(
        "g",
        { transform: `translate(${coordinates(middle, y)})` },
        paintBand(plotUnit, tall),
        element("g", { transform: `translate(0 ${formatCoordinate((tall - height) / 2)})` }, ...marks),
      ),
    );
    y += tall + rowGap;
  }
  const height = y + footHeight;
  const title = "Pull plot: (measured − published) / tolerance of every printed number";
  const across = isStandIn
    ? [element(
      "g",
      { class: "across", transform: `translate(${coordinates(plotWidth / 2, height / 2)}) rotate(-12)` },
      textElement("stand-in: no result", 0, 0, { size: 56, anchor: "middle", bold: true }),
    )]
    : [];
  return `${
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width: plotWidth,
        height,
        viewBox: `0 0 ${plotWidth} ${formatCoordinate(height)}`,
        role: linkOf === undefined ? "img" : "group",
        "aria-label": title,
        "font-family": "'DejaVu Sans', Verdana, sans-serif",
        "font-size": 12,
      },
      element("style", {}, plotStyle),
      element("rect", { class: "paper", width: plotWidth, height }),
      textElement(title, 16, 20, { size: 14, bold: true }),
      element(
        "g",
        { class: "quiet" },
        textElement(
          "Shaded: what is allowed. Dot: printed number. Ring: variant, another protocol. Arrow head: beyond the scale.",
          16,
          39,
          { size: 11 },
        ),
      ),
      element("g", { transform: `translate(${coordinates(middle, 44)})` }, ...scaleMarks(plotUnit, 8, 20)),
      ...parts,
      ...legend(y + 8),
      element("g", { class: "quiet" }, textElement(provenance, 16, y + 28, { size: 11 })),
      ...across,
    )
  }\n`;
}

/** The pull plot of a run. */
export function pullPlotOfResults(results: Results, linkOf: LinkOfCell): string {
  const { profile, environment: { commit }, modules } = results;
  return pullPlot({
    rows: modules,
    provenance: `profile ${profile}, commit ${commit?.slice(0, 7) ?? "not known"}`,
    // Cells on a stand-in have no dot: where there are others, those are results.
    isStandIn: findStandIns(results)?.others === 0,
    linkOf,
  });
}

/** How many printed numbers of a reproduction agree, or why there is no dot. */
export function rowText(cells: readonly PullCell[]): string {
  const numbers = cells.filter(({ role }) => role === "number");
  if (numbers.length === 0) return "no printed number: claims alone";
  const judged = numbers.filter(({ verdict }) => verdict === "agrees" || verdict === "deviates");
  if (judged.length === 0) {
    return numbers.some(({ verdict }) => verdict === "stand-in")
      ? "on a stand-in, not judged"
      : "none of its numbers was measured";
  }
  const agree = judged.filter(({ verdict }) => verdict === "agrees").length;
  return `${agree} of ${judged.length} ${agree === 1 ? "agrees" : "agree"}`;
}

const legendKinds: readonly (readonly [VerdictKind, string])[] = [
  ["agrees", "agrees"],
  ["deviates", "deviates, as the golden file expects"],
  ["unexpected", "unexpected, or moved"],
];

function legend(y: number): string[] {
  const lefts = [16, 90, 340];
  return legendKinds.flatMap(([kind, text], i) => [
    element("circle", { class: `dot ${kind}`, cx: lefts[i]! + 4, cy: y, r: radius + 0.6 }),
    textElement(text, lefts[i]! + 13, y, { size: 11 }),
  ]);
}

/** The colours of the page, for a file that has no page around it. */
const plotStyle = [
  "svg{--paper:#fdfcfa;--ink:#1d1c1a;--muted:#66625a;--agrees:#0a664a;--deviates:#855600;--unexpected:#b3261e;fill:var(--ink)}",
  "@media (prefers-color-scheme:dark){svg{--paper:#171614;--ink:#e9e6e0;--muted:#a8a297;--agrees:#5fcba3;--deviates:#e2b253;",
  "--unexpected:#ff8d7e}}",
  ".paper{fill:var(--paper)}.quiet{fill:var(--muted)}.band{fill:var(--ink);opacity:.1}.axis{stroke:var(--muted);fill:none}",
  ".agrees{fill:var(--agrees);stroke:var(--agrees)}.deviates{fill:var(--deviates);stroke:var(--deviates)}",
  ".unexpected{fill:var(--unexpected);stroke:var(--unexpected)}.dot{stroke-width:0}.ring{fill:var(--paper);stroke-width:1.2}",
  ".across{fill:var(--unexpected);opacity:.3}",
].join("");
