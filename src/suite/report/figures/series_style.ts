/** The shape of a mark. */
export type Shape = "circle" | "square" | "up" | "diamond" | "down" | "pentagon";

/** What tells a series apart: two cues, so that none depends on colour alone. */
export interface SeriesStyle {
  /** `#rrggbb`. */
  readonly colour: string;
  /** The shape of its marks. */
  readonly shape: Shape;
}

/**
 * The hues of Okabe and Ito (2008), which stay apart for colour-blind readers, and three more, each brought to a
 * luminance between 0.13 and 0.28: a contrast of at least 3 on white and on the dark ground of the report.
 */
export const seriesColours: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#00916a",
  "#b6609a",
  "#a87400",
  "#2b8cc4",
  "#7f7f7f",
  "#7a62cc",
  "#7d8500",
  "#a3563f",
];

const shapes: readonly Shape[] = ["circle", "square", "up", "diamond", "down", "pentagon"];

/**
 * Gives each name its style, in the order of first appearance.
 *
 * @param names The names, repeated as often as they occur.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const styles = seriesStyles(["pca", "svm", "pca"]);
 * assertEquals([...styles.keys()], ["pca", "svm"]);
 * assertEquals(styles.get("svm"), { colour: "#d55e00", shape: "square" });
 * ```
 */
export function seriesStyles(names: readonly string[]): Map<string, SeriesStyle> {
  return new Map([...new Set(names)].map((name, i) => [name, {
    colour: seriesColours[i % seriesColours.length]!,
    shape: shapes[i % shapes.length]!,
  }]));
}
