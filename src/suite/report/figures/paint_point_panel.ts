import type { PointGroup, PointPanel } from "../../figure.ts";
import { clipTo } from "./clip_to.ts";
import { paintMark } from "./paint_mark.ts";
import type { Painting } from "./painting.ts";
import { hexToRgb } from "./colour_map.ts";
import { inkOn } from "./ink_on.ts";
import { coordinates, element } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import type { PanelContext } from "./panel_context.ts";
import { placeNames } from "./place_names.ts";
import { levelLabels, levelValues, paintLevels, type PlotFrame, plotFrame } from "./plot_frame.ts";

const centreRadius = 6;
const nameSize = 10;

/**
 * Paints groups of points, with the name of each at the right, in the order in which they lie, or beside its centre.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where an axis cannot show a value.
 */
export function paintPointPanel(panel: PointPanel, context: PanelContext): Painting {
  const all = panel.groups.flatMap(({ points, centre }) =>
    centre === undefined ? points : [...points, centre]
  );
  const { levels = [] } = panel;
  const isNamed = ({ centre, nameAt }: PointGroup) => centre !== undefined && nameAt === "centre";
  const groupLabels = panel.groups.filter((group) => !isNamed(group)).map((group) => {
    const at = groupCentre(group);
    return {
      name: group.name,
      style: context.styles.get(group.name)!,
      fill: "filled" as const,
      leader: false,
      ...(at === undefined ? {} : { at }),
    };
  });
  const labels = [
    ...groupLabels,
    ...levelLabels(levels, panel.groups.map(({ name }) => name), context.styles),
  ];
  const frame = plotFrame(
    panel,
    [...all.map(({ x }) => x), ...levelValues(levels, "x")],
    [...all.map(({ y }) => y), ...levelValues(levels, "y")],
    labels,
    context,
  );
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
      paintMark(frame.x(centre!.x), frame.y(centre!.y), centreRadius, context.styles.get(name)!, "filled"),
    )
  );
  return {
    width: frame.width,
    height: frame.height,
    marks: [
      ...frame.marks,
      ...clipTo(
        frame.box,
        [...paintLevels(levels, frame, context.styles), ...clouds, ...centres],
        `${context.idPrefix}-clip`,
      ),
      ...paintNames(panel.groups.filter(isNamed), frame, context),
    ],
    images: [],
  };
}

/** The names of groups beside their centres, each on a ground of its colour, with a line to a centre that is far. */
function paintNames(groups: readonly PointGroup[], frame: PlotFrame, { styles }: PanelContext): string[] {
  const points = groups.map(({ centre }) => ({ x: frame.x(centre!.x), y: frame.y(centre!.y) }));
  const sizes = groups.map(({ name }) => ({
    width: mathWidth(name, nameSize, true) + 6,
    height: nameSize + 4,
  }));
  return placeNames(points, sizes, centreRadius, frame.box).flatMap((place, i) => {
    const { x, y } = points[i]!;
    const { colour } = styles.get(groups[i]!.name)!;
    const [middleX, middleY] = [place.x + place.width / 2, place.y + place.height / 2];
    const nearX = Math.max(place.x, Math.min(x, place.x + place.width));
    const nearY = Math.max(place.y, Math.min(y, place.y + place.height));
    const isFar = Math.hypot(nearX - x, nearY - y) > 2 * centreRadius;
    const d = `M${coordinates(x, y)}L${coordinates(middleX, middleY)}`;
    return [
      ...(isFar ? [element("path", { d, stroke: colour, fill: "none" })] : []),
      element("rect", { ...place, rx: 3, fill: colour }),
      mathElement(groups[i]!.name, middleX, middleY, {
        size: nameSize,
        bold: true,
        anchor: "middle",
        colour: inkOn(hexToRgb(colour)),
      }),
    ];
  });
}

/** The centre of a group, or the mean of its points. */
function groupCentre({ points, centre }: PointGroup): { x: number; y: number } | undefined {
  if (centre !== undefined || points.length === 0) return centre;
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}
