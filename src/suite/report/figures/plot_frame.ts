import type { Axis, Level } from "../../figure.ts";
import { escapeXml } from "../escape_xml.ts";
import { axisScale } from "./axis_scale.ts";
import { chooseTicks } from "./choose_ticks.ts";
import { paintMark } from "./paint_mark.ts";
import { coordinates, element, textElement } from "./markup.ts";
import { mathElement, mathWidth, plainText } from "./math_text.ts";
import { type PanelContext, titleHeight } from "./panel_context.ts";
import type { SeriesStyle } from "./series_style.ts";
import { spreadLabels } from "./spread_labels.ts";
import { textWidth } from "./text_width.ts";

/** A label at the right of a plot. */
export interface EndLabel {
  /** What it says. */
  readonly name: string;
  /** The mark before it. */
  readonly style: SeriesStyle;
  /** How the mark is painted. */
  readonly fill: "filled" | "hollow" | "dashed" | "dotted";
  /** Where it belongs, in values; the lower right corner where it is absent. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Whether a thin line leads from there to the label. */
  readonly leader: boolean;
}

/** Axes, titles and labels of a plot, and where its values lie. */
export interface PlotFrame {
  /** The whole width in px. */
  readonly width: number;
  /** The whole height in px. */
  readonly height: number;
  /** The markup of grid, axes, titles and labels. */
  readonly marks: readonly string[];
  /** The plot itself, in px: left, top, width, height. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The place of a value, in px. */
  x(value: number): number;
  /** The place of a value, in px. */
  y(value: number): number;
}

const tickSize = 11;
const labelPitch = 15;

/**
 * Lays out a plot: axes with ticks that have room, the label of the y axis above it, and labels at the right that
 * stand as near to their places as they can without overlap.
 *
 * @param panel Title and axes.
 * @param xs Every value along x.
 * @param ys Every value along y.
 * @param labels The labels at the right.
 * @param context The panel's place in the figure.
 * @throws {RangeError} Where an axis cannot show its values (`axisScale`).
 */
export function plotFrame(
  panel: { readonly title?: string; readonly x: Axis; readonly y: Axis },
  xs: readonly number[],
  ys: readonly number[],
  labels: readonly EndLabel[],
  context: PanelContext,
): PlotFrame {
  const xScale = axisScale(panel.x, xs, false);
  const yScale = axisScale(panel.y, ys, true);
  const right = labels.length === 0 ? 16 : 30 + Math.max(...labels.map(({ name }) => mathWidth(name, 12)));
  // The same for all panels of a figure, whatever their labels.
  const usual = Math.min(360, Math.max(170, 0.6 * (context.width - 80)));
  const height = Math.max(usual, labels.length * labelPitch);
  const yTicks = chooseTicks(yScale, height, () => 20);
  const left = Math.max(24, ...yTicks.map(({ label = "" }) => textWidth(label, tickSize) + 12));
  const width = Math.max(180, context.width - left - right);
  const xTicks = chooseTicks(xScale, width, (label) => textWidth(label, tickSize) + 10);
  const top = (panel.title === undefined ? 0 : titleHeight) + 24;
  const bottom = top + height;
  const x = (value: number) => left + xScale.share(value) * width;
  const y = (value: number) => bottom - yScale.share(value) * height;

  const marks: string[] = [];
  if (panel.title !== undefined) marks.push(mathElement(panel.title, 0, 9, { bold: true }));
  marks.push(mathElement(panel.y.label, 0, top - 16));
  const line = (d: string, opacity: string) =>
    element("path", { d, stroke: "currentColor", "stroke-opacity": opacity, fill: "none" });
  marks.push(
    line(yTicks.map(({ value }) => `M${coordinates(left, y(value))}h${coordinates(width)}`).join(""), "0.12"),
  );
  marks.push(line(`M${coordinates(left, bottom)}h${coordinates(width)}`, "0.7"));
  marks.push(line(xTicks.map(({ value }) => `M${coordinates(x(value), bottom)}v5`).join(""), "0.7"));
  for (const { value, label } of yTicks) {
    if (label === undefined) continue;
    marks.push(textElement(label, left - 7, y(value), { size: tickSize, anchor: "end" }));
  }
  for (const { value, label } of xTicks) {
    if (label === undefined) continue;
    marks.push(textElement(label, x(value), bottom + 14, { size: tickSize, anchor: "middle" }));
  }
  const half = mathWidth(panel.x.label, 12) / 2;
  marks.push(mathElement(panel.x.label, Math.max(half, left + width / 2), bottom + 32, { anchor: "middle" }));
  const frame = {
    width: Math.max(
      left + width + right,
      mathWidth(panel.y.label, 12),
      mathWidth(panel.title ?? "", 12, true),
      Math.max(half, left + width / 2) + half,
    ),
    height: bottom + 42,
    box: { x: left, y: top, width, height },
    x,
    y,
  };
  return { ...frame, marks: [...marks, ...endLabels(labels, frame)] };
}

/**
 * Levels across a plot, in the colours of their names.
 *
 * @param levels The levels.
 * @param frame The plot.
 * @param styles The style of each name.
 * @returns Markup.
 */
export function paintLevels(
  levels: readonly Level[],
  { box, x, y }: Pick<PlotFrame, "box" | "x" | "y">,
  styles: PanelContext["styles"],
): string[] {
  return levels.map((level) => {
    const { name, source, axis = "y", value } = level;
    // Of levels at one value every one is seen: their dashes take turns.
    const equal = levels.filter((other) => (other.axis ?? "y") === axis && other.value === value);
    const d = axis === "y"
      ? `M${coordinates(box.x, y(value))}h${coordinates(box.width)}`
      : `M${coordinates(x(value), box.y)}v${coordinates(box.height)}`;
    const title = element("title", {}, escapeXml(`${plainText(name)}: ${value}`));
    const stroke = levelStroke(source, styles.get(name)!.colour);
    return element("path", { d, ...stroke, ...takeTurns(source, equal.indexOf(level), equal.length) }, title);
  });
}

/** The labels of levels that no line or group of the same name stands for. */
export function levelLabels(
  levels: readonly Level[],
  named: readonly string[],
  styles: PanelContext["styles"],
): EndLabel[] {
  const own = levels.filter(({ name }) => !named.includes(name));
  const first = own.filter(({ name }, i) => own.findIndex((other) => other.name === name) === i);
  return first.map(({ name, source, axis, value }) => ({
    name,
    style: styles.get(name)!,
    fill: source === "bound" ? "dotted" : "dashed",
    leader: false,
    ...(axis === "x" ? {} : { at: { x: value, y: value } }),
  }));
}

/** The values of levels along an axis, which must have room for them. */
export function levelValues(levels: readonly Level[], along: "x" | "y"): number[] {
  return levels.filter(({ axis = "y" }) => axis === along).map(({ value }) => value);
}

/** A dash and the gap behind it, in px. */
const dashes = { published: [5, 3.5], bound: [1.5, 3] } as const;

/** How a level, or a line of its kind, is stroked. */
export function levelStroke(source: Level["source"], colour: string): Record<string, string | number> {
  return { stroke: colour, "stroke-width": 1.5, "stroke-dasharray": dashes[source].join(" "), fill: "none" };
}

/** The dashes of one of several levels at the same place. */
function takeTurns(source: Level["source"], index: number, count: number): Record<string, string | number> {
  if (count === 1) return {};
  const [dash, gap] = dashes[source];
  const period = dash + gap;
  return {
    "stroke-dasharray": coordinates(dash, count * period - dash),
    "stroke-dashoffset": -index * period,
  };
}

function endLabels(labels: readonly EndLabel[], { box, x, y }: Omit<PlotFrame, "marks">): string[] {
  const right = box.x + box.width;
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
  const wanted = labels.map(({ at }) => at === undefined ? box.y + box.height : y(at.y));
  const places = spreadLabels(wanted, labels.map(() => labelPitch), box.y - 6, box.y + box.height + 6);
  return labels.flatMap(({ name, style, fill, at, leader }, i) => {
    const place = places[i]!;
    const mark = fill === "dotted" || fill === "dashed"
      ? element("path", {
        d: `M${coordinates(right + 10, place)}h9`,
        ...levelStroke(fill === "dotted" ? "bound" : "published", style.colour),
      })
      : paintMark(right + 15, place, 3.5, style, fill);
    const marks = [mark, mathElement(name, right + 23, place)];
    if (at === undefined || !leader) return marks;
    const start = clamp(x(at.x) + 6, box.x, right);
    const from = clamp(y(at.y), box.y, box.y + box.height);
    const d = `M${coordinates(start, from)}L${coordinates(right + 10, place)}`;
    return [
      element("path", {
        d,
        stroke: style.colour,
        "stroke-width": 0.75,
        "stroke-opacity": "0.6",
        fill: "none",
      }),
      ...marks,
    ];
  });
}
