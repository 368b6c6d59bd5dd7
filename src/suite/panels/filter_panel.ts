import type { FilterBank } from "../../scattering/banks/filter_bank.ts";
import { filterImage } from "../../scattering/banks/filter_image.ts";
import type { TilePanel } from "../figure.ts";

/**
 * The filters of a bank as small images, real parts: one row a scale, one tile an orientation, then phi.
 *
 * @param title Names the panel.
 * @param bank The filters, on the grid that a tile shows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splineBank } from "../../scattering/banks/spline_bank.ts";
 *
 * const bank = splineBank.build({ height: 16, width: 16, J: 2, L: 3 });
 * const { columns, tiles } = filterPanel("spline", bank);
 * assertEquals([columns, tiles.length, tiles.at(-1)!.label], [3, 2 * 3 + 1, "phi"]);
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
      ...wavelets.map(({ j, theta, psi }) => tile(psi, `j=${j}, ${theta}`)),
      tile(phi, "phi"),
    ],
  };
}
