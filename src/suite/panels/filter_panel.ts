import type { FilterBank } from "../../scattering/banks/filter_bank.ts";
import { filterImage } from "../../scattering/banks/filter_image.ts";
import type { TilePanel } from "../figure.ts";

/**
 * The filters of a bank as small images, real parts: one row a scale, one tile an orientation, then phi. Below a wavelet stands its
 * scale, and the direction of its frequency in degrees, counter-clockwise from the x axis of the image.
 *
 * @param title Names the panel.
 * @param bank The filters, on the grid that a tile shows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splineBank } from "../../scattering/banks/spline_bank.ts";
 *
 * const bank = splineBank.build({ height: 16, width: 16, J: 2, L: 4 });
 * const { columns, tiles } = filterPanel("spline", bank);
 * assertEquals([columns, tiles.length], [4, 2 * 4 + 1]);
 * assertEquals(tiles.slice(4, 6).map(({ label }) => label), ["j=1, 90°", "j=1, 135°"]);
 * ```
 */
export function filterPanel(title: string, { height, width, L, wavelets, phi }: FilterBank): TilePanel {
  const tile = (filter: Float64Array, label: string) => ({
    width,
    height,
    // Six digits: more than a pixel shows, and a file of a readable size.
    values: Array.from(filterImage(filter, height, width), (value) => Number(value.toPrecision(6))),
    label,
  });
  return {
    kind: "tiles",
    title,
    columns: L,
    colours: "diverging",
    range: "tile",
    tiles: [
      ...wavelets.map(({ j, angle, psi }) => tile(psi, `j=${j}, ${seenDirection(angle)}°`)),
      tile(phi, "φ"),
    ],
  };
}

/**
 * The direction of a frequency as an image shows it, in degrees in [0, 180): a filter bank measures it from the rows, which the
 * image shows downwards, and its opposite belongs to the same real part.
 */
function seenDirection(angle: number): number {
  const degrees = Math.round((180 / Math.PI * angle + 90) * 10) / 10;
  return (degrees % 180 + 180) % 180;
}
