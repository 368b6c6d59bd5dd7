import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";

/** Images of each class that are shown. */
const shown = 40;

/** Images and class means along two directions, in units of the within-class deviation. */
export interface Plane {
  /** By class: the mean. */
  readonly means: readonly (readonly [number, number])[];
  /** By class: the first images. */
  readonly points: readonly (readonly (readonly [number, number])[])[];
}

/**
 * Projects features to two directions.
 *
 * @param directions Two vectors `(dimension)`.
 */
export function discriminantPlane(
  { features, dimension, labels, classes }: LabelledFeatures,
  directions: readonly Float64Array[],
): Plane {
  const points: [number, number][][] = Array.from({ length: classes }, () => []);
  for (const [row, label] of labels.entries()) {
    const own = features.subarray(row * dimension, (row + 1) * dimension);
    const [x, y] = directions.map((direction) =>
      own.reduce((sum, value, k) => sum + value * direction[k]!, 0)
    );
    points[label]!.push([x!, y!]);
  }
  const mean = (of: readonly [number, number][], axis: 0 | 1) =>
    of.reduce((sum, point) => sum + point[axis], 0) / of.length;
  const centre = ([0, 1] as const).map((axis) =>
    mean(points.map((own) => [mean(own, 0), mean(own, 1)]), axis)
  );
  const moved = ([x, y]: readonly [number, number]): [number, number] => {
    return [x - centre[0]!, y - centre[1]!].map((value) => Number(value.toPrecision(5))) as [number, number];
  };
  return {
    means: points.map((own) => moved([mean(own, 0), mean(own, 1)])),
    points: points.map((own) => own.slice(0, shown).map(moved)),
  };
}
