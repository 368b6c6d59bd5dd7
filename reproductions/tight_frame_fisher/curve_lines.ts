/**
 * What figures of learning curves share.
 *
 * @module
 */
import type { Line } from "../../src/figure.ts";
import type { SetName } from "./data.ts";
import type { CurvePoint } from "./learning_curve.ts";

/** Names of the data sets in figures. */
export const setTitles: Readonly<Record<SetName, string>> = { mnist: "MNIST", cifar10: "CIFAR-10" };

/** The first seed of each row: figures show one. */
export function firstSeeds<Row extends { readonly set: SetName; readonly method: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.filter((row, i) =>
    rows.findIndex(({ set, method }) => set === row.set && method === row.method) === i
  );
}

/** What was measured by epoch; on the logarithmic axis of errors there is no place for none at all. */
export function measuredLine(
  name: string,
  curve: readonly (CurvePoint | null)[],
  valueOf: (point: CurvePoint) => number | null,
): Line {
  const points = curve.flatMap((point, epoch) => {
    const y = point && valueOf(point);
    return y === null || y === 0 ? [] : [{ x: epoch, y }];
  });
  return { name, source: "measured", points };
}

/** A printed value across all epochs; none where nothing is printed. */
export function publishedLine(
  name: string,
  curve: readonly unknown[],
  published: number | null | undefined,
): Line[] {
  if (published === null || published === undefined) return [];
  return [{ name, source: "published", points: [0, curve.length - 1].map((x) => ({ x, y: published })) }];
}
