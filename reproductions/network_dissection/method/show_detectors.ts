import { resize } from "../../../src/data/readers/images/resize.ts";
import type { Masked } from "./masked_photographs.ts";
import { type Cells, type Detections, topQuantile, type UnitMaps, upsample } from "./unit_masks.ts";

/** A unit that detects a concept, and the images on which it is largest. */
export interface ShownDetector {
  readonly unit: number;
  /** The name of COCO's category. */
  readonly concept: string;
  readonly iou: number;
  /** `(grid, grid, 3)` each, 0..255, dark where the unit's mask is not. */
  readonly images: readonly (readonly number[])[];
}

/** Images of a unit that are shown. */
const shownImages = 5;

/** What is left of the light outside of a unit's mask. */
const outside = 0.3;

/**
 * Shows the units of the largest IoU, one of each concept, on the images that pairs were not chosen by.
 *
 * @param count How many.
 */
export async function showDetectors(
  maps: UnitMaps,
  cells: Cells,
  { photograph, names, concepts: { grid, side }, halves: [{ choosing, tested }] }: Masked,
  { units }: Detections,
  share: number,
  count: number,
): Promise<ShownDetector[]> {
  const sorted = [...units].sort((a, b) => b.iou - a.iou);
  const first = sorted.filter(({ concept }, i) =>
    sorted.findIndex((other) => other.concept === concept) === i
  );
  const points = grid * grid;
  return await Promise.all(
    first.slice(0, count).map(async ({ unit, concept, iou }) => {
      const map = upsample(maps, unit, cells, grid, side);
      const own = (image: number) => map.subarray(image * points, (image + 1) * points);
      const chosen = Float32Array.from(choosing.flatMap((image) => [...own(image)]));
      const threshold = topQuantile(chosen, share);
      const peak = (image: number) => own(image).reduce((most, value) => Math.max(most, value));
      const strongest = [...tested].sort((a, b) => peak(b) - peak(a)).slice(0, shownImages);
      const images = await Promise.all(strongest.map(async (image) => {
        const { height, width, data } = await photograph(image);
        const planes = [0, 1, 2].map((channel) => {
          const plane = Float64Array.from({ length: height * width }, (_, i) => data[3 * i + channel]!);
          return resize({ height, width, data: plane }, grid, grid).data;
        });
        return Array.from({ length: 3 * points }, (_, i) => {
          const point = Math.floor(i / 3);
          return Math.round(planes[i % 3]![point]! * (own(image)[point]! > threshold ? 1 : outside));
        });
      }));
      return { unit, concept: names.get(concept + 1) ?? `concept ${concept + 1}`, iou, images };
    }),
  );
}
