/**
 * The patches of photographs that excite units most.
 *
 * @module
 */
import type { RgbImage } from "../../../src/data/readers/images/image.ts";
import { resize } from "../../../src/data/readers/images/resize.ts";
import type { Described } from "./best_units.ts";
import type { StageGeometry } from "./geometry.ts";

/** A patch of a photograph. */
export interface Place {
  /** The number of the photograph. */
  readonly photograph: number;
  /** The cell of the stage's map. */
  readonly row: number;
  readonly column: number;
}

/**
 * Where a unit is largest: its cell in each of the photographs with the largest maxima, one cell a photograph.
 *
 * @param maxima The maximum of each unit in each photograph.
 * @param places Where it is: `row * cells + column`.
 * @param cells Cells of a side.
 * @param count How many photographs.
 */
export function strongestPlaces(
  maxima: Described,
  places: Described,
  unit: number,
  cells: number,
  count: number,
): Place[] {
  const { values, units } = maxima;
  return Array.from({ length: values.length / units }, (_, i) => i)
    .sort((a, b) => values[b * units + unit]! - values[a * units + unit]!)
    .slice(0, count)
    .map((photograph) => {
      const place = places.values[photograph * units + unit]!;
      return { photograph, row: Math.floor(place / cells), column: place % cells };
    });
}

/**
 * Cuts what a cell depends on out of a photograph, and shrinks or stretches it.
 *
 * @param image A photograph at the size of the network's input.
 * @param size Pixels of a side of the result.
 * @returns `(size, size, 3)`, 0..255; grey beyond the border.
 */
export function cutPatch(
  image: RgbImage,
  geometry: StageGeometry,
  { row, column }: Place,
  size: number,
): number[] {
  const { first, step, field } = geometry;
  const [top, left] = [row, column].map((cell) => first + step * cell - (field - 1) / 2) as [number, number];
  const planes = [0, 1, 2].map((channel) => {
    const plane = new Float64Array(field * field).fill(128);
    for (let y = 0; y < field; y++) {
      for (let x = 0; x < field; x++) {
        const [v, u] = [top + y, left + x];
        if (v < 0 || u < 0 || v >= image.height || u >= image.width) continue;
        plane[y * field + x] = image.data[3 * (v * image.width + u) + channel]!;
      }
    }
    return resize({ height: field, width: field, data: plane }, size, size).data;
  });
  return Array.from({ length: 3 * size * size }, (_, i) => Math.round(planes[i % 3]![Math.floor(i / 3)]!));
}

/** A photograph stretched to a square. */
export function stretched({ height, width, data }: RgbImage, side: number): RgbImage {
  const out = new Uint8Array(3 * side * side);
  for (let channel = 0; channel < 3; channel++) {
    const plane = Float64Array.from({ length: height * width }, (_, i) => data[3 * i + channel]!);
    resize({ height, width, data: plane }, side, side).data.forEach((value, i) => {
      out[3 * i + channel] = Math.round(value);
    });
  }
  return { height: side, width: side, data: out };
}

/** The mean correlation of pairs of patches; a patch without contrast is left out. NaN of fewer than two. */
export function pairCorrelation(patches: readonly (readonly number[])[]): number {
  const unit = patches.flatMap((patch) => {
    const mean = patch.reduce((sum, value) => sum + value, 0) / patch.length;
    const centred = patch.map((value) => value - mean);
    const length = Math.hypot(...centred);
    return length === 0 ? [] : [centred.map((value) => value / length)];
  });
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < unit.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += unit[i]!.reduce((total, value, k) => total + value * unit[j]![k]!, 0);
      pairs++;
    }
  }
  return sum / pairs;
}
