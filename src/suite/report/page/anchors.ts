import type { ReproductionResult } from "../../runner/results.ts";

/** The ids that parts of the page use themselves. */
export const pageIds: readonly string[] = [
  "top",
  "main",
  "environment",
  "largest",
  "deviations",
  "how-to-read",
  "filter",
  "filter-status",
  "download",
  "results-json",
];

/** The anchors of the cells by reproduction and cell. */
export type Anchors = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Gives every cell an anchor that no other part of the page has: its id, and `reproduction/cell` where another reproduction before
 * it, or the page itself, has that one.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cells = [{ id: "order/a-b" }];
 * const anchors = assignAnchors([{ id: "mnist", cells }, { id: "frames", cells }]);
 * assertEquals(anchors.get("mnist")?.get("order/a-b"), "order/a-b");
 * assertEquals(anchors.get("frames")?.get("order/a-b"), "frames/order/a-b");
 * ```
 */
export function assignAnchors(
  reproductions: readonly {
    readonly id: string;
    readonly cells: readonly Pick<ReproductionResult["cells"][number], "id">[];
  }[],
): Anchors {
  const taken = new Set(pageIds);
  return new Map(reproductions.map(({ id, cells }) => {
    const anchors = cells.map((cell): [string, string] => {
      let anchor = cell.id;
      while (taken.has(anchor)) anchor = `${id}/${anchor}`;
      taken.add(anchor);
      return [cell.id, anchor];
    });
    return [id, new Map(anchors)];
  }));
}

/**
 * The link to an anchor of the page, percent-encoded.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linkTo("table1/J=1/m<=3"), "#table1/J=1/m%3C=3");
 * ```
 */
export function linkTo(anchor: string): string {
  // A lone surrogate has no percent-encoding.
  return `#${encodeURI(anchor.toWellFormed()).replaceAll("#", "%23")}`;
}
