import type { TilePanel } from "../src/figure.ts";
import type { FilterBank } from "../src/scattering/filter_bank.ts";
import { filterImage } from "../src/scattering/filter_image.ts";

/** The filters of a bank as images: one row a scale, one tile an orientation, then phi. */
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
