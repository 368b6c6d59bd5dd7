import type { RgbImage } from "../../../src/data/readers/images/image.ts";
import { resize } from "../../../src/data/readers/images/resize.ts";
import type { ReadContext } from "../../../src/data/sources/source.ts";
import { countPhotographs, type LabelledPhotographs, readPhotograph } from "./photographs.ts";

/** Photographs of a mosaic. */
const quarters = 4;

/**
 * Photographs in fours on one square each: photograph q of a mosaic in its quarter `(floor(q / 2), q mod 2)`.
 *
 * @param reading The photographs; a shuffle of their numbers says which go together.
 * @param choosing Whether those that units are chosen by, or the others.
 * @returns The numbers of the photographs of each mosaic.
 */
export function arrangeMosaics(
  reading: LabelledPhotographs,
  choosing: boolean,
  { rng }: Pick<ReadContext, "rng">,
): number[][] {
  const all = Array.from({ length: countPhotographs(reading) }, (_, i) => i)
    .filter((i) => (i % reading.perClass % 2 === 0) === choosing);
  const shuffled = rng("network_dissection/mosaics", choosing ? 0 : 1).shuffle(all);
  return Array.from(
    { length: Math.floor(shuffled.length / quarters) },
    (_, i) => shuffled.slice(quarters * i, quarters * (i + 1)),
  );
}

/**
 * Paints a mosaic.
 *
 * @param members The numbers of its photographs.
 * @param side Pixels of its side; photographs are stretched to half of it, the odd pixel is grey.
 */
export async function paintMosaic(
  reading: LabelledPhotographs,
  members: readonly number[],
  side: number,
  context: ReadContext,
): Promise<RgbImage> {
  const half = Math.floor(side / 2);
  const data = new Uint8Array(3 * side * side).fill(128);
  for (const [quarter, member] of members.entries()) {
    const { height, width, data: source } = await readPhotograph(reading, member, context);
    const [top, left] = [Math.floor(quarter / 2) * half, quarter % 2 * half];
    for (let channel = 0; channel < 3; channel++) {
      const plane = Float64Array.from({ length: height * width }, (_, i) => source[3 * i + channel]!);
      const { data: small } = resize({ height, width, data: plane }, half, half);
      for (let y = 0; y < half; y++) {
        for (let x = 0; x < half; x++) {
          data[3 * ((top + y) * side + left + x) + channel] = Math.round(small[y * half + x]!);
        }
      }
    }
  }
  return { height: side, width: side, data };
}
