/**
 * The purity of clusters: the share of points whose label is the most frequent one of their cluster,
 *
 *     purity = 1/n sum over clusters k of max over labels l of |k and l|
 *
 * (Manning, Raghavan and Schütze, Introduction to Information Retrieval, section 16.3).
 *
 * @param clusters `(n)`, a whole number for each point.
 * @param labels `(n)`, a whole number for each point.
 * @returns In (0, 1].
 * @throws {RangeError} Where there is no point, or not one label for each.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(purity([0, 0, 0, 1], [5, 5, 7, 7]), 0.75);
 * ```
 */
export function purity(clusters: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (clusters.length === 0 || clusters.length !== labels.length) {
    throw new RangeError(
      `Cannot measure purity: there must be a label for each of >= 1 points: ${clusters.length} points have ${labels.length} labels`,
    );
  }
  const counts = new Map<number, Map<number, number>>();
  for (let i = 0; i < clusters.length; i++) {
    const own = counts.get(clusters[i]!) ?? new Map<number, number>();
    counts.set(clusters[i]!, own.set(labels[i]!, (own.get(labels[i]!) ?? 0) + 1));
  }
  const most = Array.from(counts.values(), (own) => Math.max(...own.values()));
  return most.reduce((sum, count) => sum + count, 0) / clusters.length;
}
