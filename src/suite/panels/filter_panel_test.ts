import { assert, assertEquals } from "@std/assert";
import { kymatioBank } from "../../scattering/banks/kymatio_bank.ts";
import { filterPanel } from "./filter_panel.ts";

/** How much a tile changes from one pixel to the next along x and along y. */
function changes({ width, height, values }: ReturnType<typeof filterPanel>["tiles"][number]) {
  let [alongX, alongY] = [0, 0];
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const here = values[y * width + x]!;
      alongX += (values[y * width + x + 1]! - here) ** 2;
      alongY += (values[(y + 1) * width + x]! - here) ** 2;
    }
  }
  return { alongX, alongY };
}

Deno.test("filterPanel() names the direction in which a wavelet oscillates as its picture shows it", () => {
  const bank = kymatioBank.build({ height: 32, width: 32, J: 3, L: 8 });
  const { tiles } = filterPanel("elliptic", bank);
  const named = (label: string) => changes(tiles.find((tile) => tile.label === label)!);
  const along0 = named("j=1, 0°");
  const along90 = named("j=1, 90°");
  assert(along0.alongX > 4 * along0.alongY);
  assert(along90.alongY > 4 * along90.alongX);
});

Deno.test("filterPanel() names all directions of half a turn, each once", () => {
  const bank = kymatioBank.build({ height: 32, width: 32, J: 1, L: 8 });
  const labels = filterPanel("elliptic", bank).tiles.map(({ label }) => label!);
  const degrees = labels.slice(0, 8).map((label) => Number(/, ([\d.]+)°$/.exec(label)![1])).sort((a, b) =>
    a - b
  );
  assertEquals(degrees, Array.from({ length: 8 }, (_, i) => 22.5 * i));
});
