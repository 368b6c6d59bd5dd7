import type { Axis } from "../../figure.ts";
import { axisScale } from "./axis_scale.ts";
import { chooseTicks } from "./choose_ticks.ts";
import { paintMark } from "./paint_mark.ts";
import { coordinates, element, textElement } from "./markup.ts";
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
  readonly fill: "filled" | "hollow" | "dotted";
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
  const right = labels.length === 0 ? 16 : 30 + Math.max(...labels.map(({ name }) => textWidth(name, 12)));
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
  if (panel.title !== undefined) marks.push(textElement(panel.title, 0, 9, { bold: true }));
  marks.push(textElement(panel.y.label, 0, top - 16));
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
  const half = textWidth(panel.x.label, 12) / 2;
  marks.push(textElement(panel.x.label, Math.max(half, left + width / 2), bottom + 32, { anchor: "middle" }));
  const frame = {
    width: Math.max(
      left + width + right,
      textWidth(panel.y.label, 12),
      textWidth(panel.title ?? "", 12, true),
      Math.max(half, left + width / 2) + half,
    ),
    height: bottom + 42,
    box: { x: left, y: top, width, height },
    x,
    y,
  };
  return { ...frame, marks: [...marks, ...endLabels(labels, frame)] };
}

function endLabels(labels: readonly EndLabel[], { box, x, y }: Omit<PlotFrame, "marks">): string[] {
  const right = box.x + box.width;
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
  const wanted = labels.map(({ at }) => at === undefined ? box.y + box.height : y(at.y));
  const places = spreadLabels(wanted, labels.map(() => labelPitch), box.y - 6, box.y + box.height + 6);
  return labels.flatMap(({ name, style, fill, at, leader }, i) => {
    const place = places[i]!;
    const sample = { stroke: style.colour, "stroke-width": 1.5, "stroke-dasharray": "1.5 3", fill: "none" };
    const mark = fill === "dotted"
      ? element("path", { d: `M${coordinates(right + 10, place)}h11`, ...sample })
      : paintMark(right + 15, place, 3.5, style, fill);
    const marks = [mark, textElement(name, right + 23, place)];
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
