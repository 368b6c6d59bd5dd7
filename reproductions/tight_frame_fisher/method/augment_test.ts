import { assert, assertEquals } from "@std/assert";
import { tensor } from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { augment } from "./augment.ts";
import { normalisedValue } from "./image_sets.ts";

Deno.test("augment() moves and flips images, black around them, the same for a step and seed", async () => {
  const backend = await startBackend({ threads: 1 });
  // Image n has values from 100 + 4096 n on.
  const values = Float32Array.from(
    { length: 64 * 3072 },
    (_, i) => 100 + 4096 * Math.floor(i / 3072) + i % 3072,
  );
  const x = tensor(values, [64, 32, 32, 3]);
  const run = (step: number) => Array.from(augment(x, "cifar10", step, 1).dataSync());
  const moved = run(5);
  assertEquals(run(5), moved);
  assert(run(6).some((value, i) => value !== moved[i]));
  const black = [0, 1, 2].map((channel) => Math.fround(normalisedValue("cifar10", channel, 0)));
  let flips = 0;
  let still = 0;
  for (let n = 0; n < 64; n++) {
    const image = moved.slice(3072 * n, 3072 * (n + 1));
    const at = (y: number, x: number) => image[(y * 32 + x) * 3]! - 100 - 4096 * n;
    const step = Math.sign(at(16, 17) - at(16, 16));
    const shown = image.filter((value, i) => value !== black[i % 3]).length / 3;
    const along = (place: (i: number) => number) =>
      Array.from({ length: 32 }, (_, i) => image[place(i) * 3]!).filter((value) => value !== black[0]).length;
    const rows = along((i) => i * 32 + 16);
    const columns = along((i) => 16 * 32 + i);
    assertEquals(shown, rows * columns);
    const own = image.filter((value, i) => value !== black[i % 3]);
    assert(own.every((value) => value >= 100 + 4096 * n && value < 100 + 4096 * n + 3072), `image ${n}`);
    assert(rows >= 28 && columns >= 28);
    // The middle pixel comes from at most 4 pixels away, seen from the side that it is flipped to.
    const y = Math.floor(at(16, 16) / 96);
    const column = at(16, 16) % 96 / 3;
    assert(Math.abs(y - 16) <= 4 && Math.abs(column - (step > 0 ? 16 : 15)) <= 4, `${n}: ${y}, ${column}`);
    if (step < 0) flips++;
    if (y === 16 && column === (step > 0 ? 16 : 15)) still++;
  }
  // Binomial: 32 +- 4, and 64 / 81 expected to stay in place.
  assert(flips > 16 && flips < 48 && still < 8, `${flips} flips, ${still} in place`);
  backend.dispose();
});
