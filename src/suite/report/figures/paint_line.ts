import type { Line, LinePoint } from "../../figure.ts";
import { paintMark } from "./paint_mark.ts";
import { coordinates, element } from "./markup.ts";
import { plainText } from "./math_text.ts";
import { levelStroke, type PlotFrame } from "./plot_frame.ts";
import type { SeriesStyle } from "./series_style.ts";

/** Above as many points a line has no marks, and its intervals are a band. */
const mostMarks = 40;

type Measured = LinePoint & { readonly y: number };

/**
 * Paints one line: solid with filled marks where it was measured, hollow marks alone where it was published, since nothing is
 * printed between them, dotted where it is a bound. A point with a gap on both sides always has a mark.
 *
 * @param line The line.
 * @param frame Where values lie.
 * @param style Its colour and marks.
 * @returns Markup.
 */
export function paintLine(line: Line, frame: PlotFrame, style: SeriesStyle): string[] {
  const runs = unbrokenRuns(line.points);
  const count = runs.reduce((sum, run) => sum + run.length, 0);
  const isPublished = line.source === "published";
  const marked = isPublished || (line.source === "measured" && count <= mostMarks);
  const radius = isPublished ? 4 : 3;
  const stroke = line.source === "bound"
    ? levelStroke("bound", style.colour)
    : { stroke: style.colour, "stroke-width": 1.75, fill: "none" };
  const marks: string[] = [];
  for (const run of runs) {
    marks.push(...paintIntervals(run, frame, style, marked));
    if (run.length > 1 && !isPublished) {
      marks.push(element("path", { d: polyline(run, frame), ...stroke, "stroke-linejoin": "round" }));
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
  return `${plainText(name)}, ${source}: ${write(y)}${interval} at x = ${write(x)}`;
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
