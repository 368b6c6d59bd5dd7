import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { bitmapHeight, bitmaps, bitmapWidth } from "./bitmaps.ts";
import { discriminativeLoss, squaredDistances } from "./distance_output.ts";

Deno.test("squaredDistances() and discriminativeLoss() are those of the paper's equations", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const x = tf.tensor2d([[1, 2], [0, -1]]);
    const targets = tf.tensor2d([[1, 1], [-1, 1], [0, 0]]);
    const distances = squaredDistances(x, targets);
    assertEquals(Array.from(distances.dataSync()), [1, 5, 5, 5, 5, 1]);
    const loss = discriminativeLoss(distances, tf.tensor1d([0, 1], "int32"), 3).dataSync()[0]!;
    const all = Math.log(Math.exp(-3) + Math.exp(-1) + 2 * Math.exp(-5));
    assertAlmostEquals(loss, (1 + all + 5 + all) / 2, 1e-6);
  } finally {
    backend.dispose();
  }
});

Deno.test("discriminativeLoss() pushes wrong classes away as far as j, and pulls the right one", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const gradientAt = (distances: number[]) => {
      const labels = tf.tensor1d([0], "int32");
      const slope = tf.grad((y) => discriminativeLoss(y, labels, 3));
      return Array.from(slope(tf.tensor2d([distances])).dataSync());
    };
    const near = gradientAt([1, 1, 50]);
    assert(near[0]! > 0 && near[1]! < 0);
    // Far beyond j nothing is pushed any more.
    assertAlmostEquals(near[2]!, 0, 1e-12);
    // By hand: the right one is pulled by 1 less its share.
    const total = Math.exp(-3) + 2 * Math.exp(-1);
    assertAlmostEquals(near[0]!, 1 - Math.exp(-1) / total, 1e-6);
  } finally {
    backend.dispose();
  }
});

Deno.test("bitmaps are ten pictures of -1 and 1, no two of them near each other", () => {
  const size = bitmapWidth * bitmapHeight;
  assertEquals(bitmaps.length, 10 * size);
  assert(bitmaps.every((pixel) => Math.abs(pixel) === 1));
  for (let a = 0; a < 10; a++) {
    for (let b = 0; b < a; b++) {
      let differing = 0;
      for (let i = 0; i < size; i++) if (bitmaps[a * size + i] !== bitmaps[b * size + i]) differing++;
      assert(differing >= 4, `${a} and ${b} differ in ${differing} pixels`);
    }
  }
});
