import type { Line, LinePoint } from "../../figure.ts";
import { paintMark } from "./paint_mark.ts";
import { coordinates, element } from "./markup.ts";
import type { PlotFrame } from "./plot_frame.ts";
import type { SeriesStyle } from "./series_style.ts";

/** Above as many points a line has no marks, and its intervals are a band. */
const mostMarks = 40;

type Measured = LinePoint & { readonly y: number };

/**
 * Paints one line: solid with filled marks where it was measured, dashed with hollow marks where it was published,
 * dotted where it is a bound. A point with a gap on both sides always has a mark.
 *
 * @param line The line.
 * @param frame Where values lie.
 * @param style Its colour and marks.
 * @returns Markup.
 */
export function paintLine(line: Line, frame: PlotFrame, style: SeriesStyle): string[] {
  const runs = unbrokenRuns(line.points);
  const count = runs.reduce((sum, run) => sum + run.length, 0);
  const marked = line.source !== "bound" && count <= mostMarks;
  const radius = line.source === "published" ? 4 : 3;
  const stroke = {
    stroke: style.colour,
    "stroke-width": line.source === "measured" ? 1.75 : 1.5,
    "stroke-dasharray": { measured: undefined, published: "5 3.5", bound: "1.5 3" }[line.source],
    "stroke-linejoin": "round",
    fill: "none",
  };
  const marks: string[] = [];
  for (const run of runs) {
    marks.push(...paintIntervals(run, frame, style, marked));
    if (run.length > 1) {
      // A hollow mark stays empty: the line stops at its edge, whatever ground lies below.
      const gap = marked && line.source === "published" ? radius + 0.6 : 0;
      marks.push(
        element("path", { d: gap === 0 ? polyline(run, frame) : segments(run, frame, gap), ...stroke }),
      );
    }
    if (!marked && run.length > 1) continue;
    for (const point of run) {
      const fill = line.source === "measured" ? "filled" : "hollow";
      marks.push(paintMark(frame.x(point.x), frame.y(point.y), radius, style, fill, pointTitle(line, point)));
    }
  }
  return marks.filter((mark) => mark !== "");
}

/** The values of a point, for a reader that points at it. */
function pointTitle({ name, source }: Line, { x, y, lower, upper }: Measured): string {
  const write = (value: number) => String(+value.toPrecision(4));
  const interval = lower === undefined || upper === undefined ? "" : ` (${write(lower)} to ${write(upper)})`;
  return `${name}, ${source}: ${write(y)}${interval} at x = ${write(x)}`;
}

/** The points between gaps. */
function unbrokenRuns(points: readonly LinePoint[]): Measured[][] {
  const runs: Measured[][] = [[]];
  for (const point of points) {
    if (point.y === null) runs.push([]);
    else runs.at(-1)!.push({ ...point, y: point.y });
  }
  return runs.filter((run) => run.length > 0);
}

function polyline(run: readonly Measured[], frame: PlotFrame): string {
  return `M${run.map(({ x, y }) => coordinates(frame.x(x), frame.y(y))).join("L")}`;
}

/** Each segment shortened by `gap` px at both ends. */
function segments(run: readonly Measured[], frame: PlotFrame, gap: number): string {
  return run.slice(1).map((to, i) => {
    const x0 = frame.x(run[i]!.x);
    const y0 = frame.y(run[i]!.y);
    const x1 = frame.x(to.x);
    const y1 = frame.y(to.y);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length <= 2 * gap) return "";
    const dx = (x1 - x0) / length * gap;
    const dy = (y1 - y0) / length * gap;
    return `M${coordinates(x0 + dx, y0 + dy)}L${coordinates(x1 - dx, y1 - dy)}`;
  }).join("");
}

/** Bars with caps, or a band where there are too many. */
function paintIntervals(
  run: readonly Measured[],
  frame: PlotFrame,
  { colour }: SeriesStyle,
  bars: boolean,
): string[] {
  const floor = frame.box.y + frame.box.height;
  const known = run.filter(({ lower, upper }) => lower !== undefined || upper !== undefined);
  // What reaches below a logarithmic axis ends at its foot.
  const low = ({ lower, y }: Measured) => lower === undefined ? frame.y(y) : Math.min(floor, frame.y(lower));
  const high = ({ upper, y }: Measured) => frame.y(upper ?? y);
  if (known.length === 0) return [];
  if (!bars && known.length > 1) {
    const along = (of: (point: Measured) => number) =>
      known.map((point) => coordinates(frame.x(point.x), of(point)));
    const d = `M${[...along(high), ...along(low).reverse()].join("L")}Z`;
    return [element("path", { d, fill: colour, "fill-opacity": "0.22" })];
  }
  const d = known.map((point) => {
    const x = frame.x(point.x);
    const cap = (y: number) => `M${coordinates(x - 3.5, y)}h7`;
    return `M${coordinates(x, low(point))}V${coordinates(high(point))}${cap(low(point))}${cap(high(point))}`;
  }).join("");
  return [
    element("path", { d, stroke: colour, "stroke-width": 1.25, "stroke-opacity": "0.75", fill: "none" }),
  ];
}
