/**
 * The energy table: one image of 128 x 128 pixels, J = 7, L = 6, every scale and order in one cascade.
 *
 * @module
 */
import { deadLeaves } from "../src/data/stand_ins/dead_leaves.ts";
import { randomStream } from "../src/numeric/random/random_stream.ts";
import { EnergyCascade } from "../src/scattering/energy/energy.ts";

const options = { height: 128, width: 128, J: 7, L: 6 };
const image = deadLeaves(128, 128, randomStream("benches/energy", 0)).data;

Deno.bench("filters and plans, m <= 3", { group: "set-up" }, () => {
  new EnergyCascade({ ...options, maxOrder: 3 });
});

for (const maxOrder of [2, 3, 4]) {
  const cascade = new EnergyCascade({ ...options, maxOrder });
  Deno.bench(`float64 TypeScript, m <= ${maxOrder}`, { group: "one image", baseline: maxOrder === 3 }, () => {
    cascade.measure(image);
  });
}
