import type { Line, LinePanel } from "../../figure.ts";
import { paintLine } from "./paint_line.ts";
import type { Painting } from "./painting.ts";
import { clipTo } from "./clip_to.ts";
import { element, textElement } from "./markup.ts";
import type { PanelContext } from "./panel_context.ts";
import { type EndLabel, levelLabels, levelValues, paintLevels, plotFrame } from "./plot_frame.ts";

/** How much the band of what is allowed covers. */
export const allowedOpacity = "0.1";

/**
 * Paints lines in a plot, above the band of what is allowed. The published and the measured line of a name share a colour and one label, which stands
 * beside the end that reaches furthest.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where a line is not in rising x, or an axis cannot show a value. The lower end of an
 * interval may be negative on a logarithmic axis; it ends at the axis.
 */
export function paintLinePanel(panel: LinePanel, context: PanelContext): Painting {
  const points = panel.lines.flatMap((line) => line.points);
  for (const { name, points } of panel.lines) {
    const fall = points.findIndex((point, i) => i > 0 && !(point.x > points[i - 1]!.x));
    if (fall > 0) {
      throw new RangeError(
        `Cannot paint the line "${name}": x must rise, current values are ${points[fall - 1]!.x}, ${
          points[fall]!.x
        }`,
      );
    }
  }
  const reach = points.flatMap(({ y, lower, upper }) => {
    if (y === null) return [];
    const below = panel.y.scale === "log" && lower !== undefined && lower <= 0 ? undefined : lower;
    return [y, below, upper].filter((value) => value !== undefined);
  });
  const { levels = [], allowed } = panel;
  const names = [...new Set(panel.lines.map(({ name }) => name))];
  const labels = [
    ...names.map((name) => endLabel(panel.lines.filter((line) => line.name === name), context)),
    ...levelLabels(levels, names, context.styles),
  ];
  const frame = plotFrame(
    panel,
    [...points.map(({ x }) => x), ...levelValues(levels, "x")],
    [...reach, ...levelValues(levels, "y"), ...allowed ?? []],
    labels,
    context,
  );
  const lines = panel.lines.flatMap((line) => paintLine(line, frame, context.styles.get(line.name)!));
  const { box } = frame;
  const band = allowed === undefined ? [] : [element("rect", {
    x: box.x,
    y: frame.y(allowed[1]),
    width: box.width,
    height: frame.y(allowed[0]) - frame.y(allowed[1]),
    fill: "currentColor",
    "fill-opacity": allowedOpacity,
  })];
  const empty = reach.length > 0 ? [] : [
    textElement("no value", box.x + box.width / 2, box.y + box.height / 2, { anchor: "middle" }),
  ];
  return {
    width: frame.width,
    height: frame.height,
    marks: [
      ...frame.marks,
      ...clipTo(
        box,
        [...band, ...paintLevels(levels, frame, context.styles), ...lines],
        `${context.idPrefix}-clip`,
      ),
      ...empty,
    ],
    images: [],
  };
}

function endLabel(lines: readonly Line[], { styles }: PanelContext): EndLabel {
  const { name } = lines[0]!;
  // Of ends that reach equally far, the measured one.
  const [last] = lines
    .flatMap(({ source, points }) => {
      const end = points.findLast(({ y }) => y !== null);
      return end === undefined ? [] : [{ x: end.x, y: end.y!, measured: source === "measured" }];
    })
    .sort((a, b) => b.x - a.x || Number(b.measured) - Number(a.measured));
  const has = (kind: Line["source"]) =>
    lines.some(({ source, points }) => source === kind && points.some(({ y }) => y !== null));
  return {
    name: last === undefined ? `${name}: no value` : name,
    style: styles.get(name)!,
    fill: has("measured") ? "filled" : has("bound") && !has("published") ? "dotted" : "hollow",
    ...(last === undefined ? {} : { at: { x: last.x, y: last.y } }),
    leader: true,
  };
}
