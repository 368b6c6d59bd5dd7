import type { ClassMap } from "../../../src/saliency/class_maps.ts";
import type { NetworkName } from "../../../src/pretrained/sources/network_source.ts";

/** Where the columns of the last maps lie in the image: the centre of column j is at stride j + first. */
const grids: Readonly<Record<NetworkName, { readonly stride: number; readonly first: number }>> = {
  squeezenet: { stride: 16, first: 17 },
  mobilenet: { stride: 32, first: 16 },
};

/** The place of the largest value of a map, the first of equals. */
export function largestPlace({ width, values }: ClassMap): { row: number; column: number } {
  let best = 0;
  values.forEach((value, i) => {
    if (value > values[best]!) best = i;
  });
  return { row: Math.floor(best / width), column: best % width };
}

/** Whether the centre of the cell of a map's maximum lies in the left half of a pair. */
export function pointsLeft(map: ClassMap, network: NetworkName, side: number): boolean {
  const { stride, first } = grids[network];
  return stride * largestPlace(map).column + first < side;
}
