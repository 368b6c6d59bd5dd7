/**
 * Moves labels along a line as little as possible, in the sum of squares, so that none overlaps another: isotonic
 * regression by pooling of adjacent violators (Barlow et al. 1972) of the wanted places, less the room of the
 * labels before each.
 *
 * @param wanted Where the middle of each label would stand best, in any order.
 * @param sizes The room of each label along the line.
 * @param low Where the first label may begin.
 * @param high Where the last label must end; passed where the labels do not fit.
 * @returns The middle of each label. Labels keep the order of their wanted places.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadLabels([50, 52, 90], [10, 10, 10], 0, 100), [46, 56, 90]);
 * ```
 */
export function spreadLabels(
  wanted: readonly number[],
  sizes: readonly number[],
  low: number,
  high: number,
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const starts: number[] = [];
  let total = 0;
  for (const i of order) {
    starts.push(total + sizes[i]! / 2);
    total += sizes[i]!;
  }
  const blocks: { sum: number; count: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let block = { sum: wanted[i]! - starts[rank]!, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: last.sum + block.sum, count: last.count + block.count };
    }
    blocks.push(block);
  }
  const shifts = blocks.flatMap(({ sum, count }) =>
    new Array<number>(count).fill(Math.max(low, Math.min(sum / count, high - total)))
  );
  const places = new Array<number>(wanted.length);
  for (const [rank, i] of order.entries()) places[i] = shifts[rank]! + starts[rank]!;
  return places;
}
