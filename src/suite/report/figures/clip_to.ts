import { element } from "./markup.ts";

/** Room beyond the box for marks that lie on its edge, in px. */
const margin = 6;

/**
 * Hides what lies outside a box, as where an axis shows a part of the data only.
 *
 * @param box The box in px.
 * @param marks Markup.
 * @param id The id of the clip path: unique in the page.
 * @returns Markup; nothing where there are no marks.
 */
export function clipTo(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  marks: readonly string[],
  id: string,
): string[] {
  if (marks.length === 0) return [];
  const rect = element("rect", {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  });
  return [element("clipPath", { id }, rect), element("g", { "clip-path": `url(#${id})` }, ...marks)];
}
