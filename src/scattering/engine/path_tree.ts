/** A path of the cascade and those that go on from it. */
export interface PathNode {
  /** Its place among all paths, as `scatteringPaths` lists them; 0 is the empty path. */
  readonly index: number;
  /** Its order m, from 1 on. */
  readonly order: number;
  /** The scale of its last wavelet. */
  readonly j: number;
  /** The orientation of its last wavelet. */
  readonly theta: number;
  /** The paths that go on from it, with larger scales. */
  readonly children: PathNode[];
}

/**
 * The paths of `scatteringPaths` as a tree.
 *
 * @param J The number of scales.
 * @param L The number of orientations.
 * @param maxOrder The largest order.
 * @returns The paths of order 1.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [fine, coarse] = pathTree(2, 1, 2);
 * assertEquals([fine!.index, coarse!.index, fine!.children[0]!.index], [1, 2, 3]);
 * assertEquals(coarse!.children, []);
 * ```
 */
export function pathTree(J: number, L: number, maxOrder: number): PathNode[] {
  let index = 1;
  const above = (scale: number, order: number): PathNode[] =>
    Array.from({ length: (J - 1 - scale) * L }, (_, i) => ({
      index: index++,
      order,
      j: scale + 1 + Math.floor(i / L),
      theta: i % L,
      children: [],
    }));
  const tree = maxOrder > 0 ? above(-1, 1) : [];
  let layer = tree;
  for (let order = 2; order <= maxOrder; order++) {
    for (const node of layer) for (const child of above(node.j, order)) node.children.push(child);
    layer = layer.flatMap(({ children }) => children);
  }
  return tree;
}
