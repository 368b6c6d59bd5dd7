import type { PointGroup, PointPanel } from "../../figure.ts";
import { clipTo } from "./clip_to.ts";
import { paintMark } from "./paint_mark.ts";
import type { Painting } from "./painting.ts";
import { element } from "./markup.ts";
import type { PanelContext } from "./panel_context.ts";
import { plotFrame } from "./plot_frame.ts";

/**
 * Paints groups of points, with the name of each at the right, in the order in which they lie.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where an axis cannot show a value.
 */
export function paintPointPanel(panel: PointPanel, context: PanelContext): Painting {
  const all = panel.groups.flatMap(({ points, centre }) =>
    centre === undefined ? points : [...points, centre]
  );
  const labels = panel.groups.map((group) => {
    const at = groupCentre(group);
    return {
      name: group.name,
      style: context.styles.get(group.name)!,
      fill: "filled" as const,
      leader: false,
      ...(at === undefined ? {} : { at }),
    };
  });
  const frame = plotFrame(panel, all.map(({ x }) => x), all.map(({ y }) => y), labels, context);
  const clouds = panel.groups.map(({ name, points }) =>
    element(
      "g",
      { "fill-opacity": "0.65" },
      ...points.map(({ x, y }) =>
        paintMark(frame.x(x), frame.y(y), 2.2, context.styles.get(name)!, "filled")
      ),
    )
  );
  const centres = panel.groups.filter(({ centre }) => centre !== undefined).map(({ name, centre }) =>
    element(
      "g",
      { stroke: "currentColor", "stroke-width": 1.5 },
      paintMark(frame.x(centre!.x), frame.y(centre!.y), 6, context.styles.get(name)!, "filled"),
    )
  );
  return {
    width: frame.width,
    height: frame.height,
    marks: [...frame.marks, ...clipTo(frame.box, [...clouds, ...centres], `${context.idPrefix}-clip`)],
    images: [],
  };
}

/** The centre of a group, or the mean of its points. */
function groupCentre({ points, centre }: PointGroup): { x: number; y: number } | undefined {
  if (centre !== undefined || points.length === 0) return centre;
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}
