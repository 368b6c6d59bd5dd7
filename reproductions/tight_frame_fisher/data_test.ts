import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { tensor } from "@tensorflow/tfjs-core";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { augment } from "./augmentation.ts";
import { filesOf, loadImages, sets, valueOf } from "./data.ts";
import { settingsOf } from "./settings.ts";

/** A context that reads the same bytes whatever is asked for. */
function contextOf(bytes: Uint8Array): RunContext {
  return {
    read: () => Promise.resolve(bytes),
    rng: randomStream,
    artifact: (_parts, _inputs, make) => Promise.resolve(make()),
    threads: 1,
    checkpoint: "",
    progress: () => {},
  };
}

Deno.test("tight_frame_fisher reads the files of the images that a profile takes", () => {
  assertEquals(filesOf("mnist", { train: 60_000, test: 10_000 }).length, 4);
  const names = filesOf("cifar10", { train: 20_000, test: 10_000 }).map(({ name }) => name.split("/")[1]);
  assertEquals(names, ["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"]);
  assertEquals(filesOf("cifar10", settingsOf("full", "cifar10", "relu").images).length, 6);
});

Deno.test("loadImages() normalises each channel and puts the channels last", async () => {
  const record = new Uint8Array(3073);
  record[0] = 7;
  record[1 + 5] = 255; // red, pixel 5
  record[1 + 2048 + 5] = 51; // blue, pixel 5
  const { inputs, labels } = await loadImages(
    "cifar10",
    "test",
    1,
    false,
    contextOf(record),
  );
  assertEquals([...labels], [7]);
  const expected = [(1 - 0.485) / 0.229, -0.456 / 0.224, (0.2 - 0.406) / 0.225];
  for (const [channel, value] of expected.entries()) assertAlmostEquals(inputs[15 + channel]!, value, 1e-6);
});

Deno.test("stand-ins have every class in every ten images", async () => {
  for (const set of ["mnist", "cifar10"] as const) {
    const { labels, inputs } = await loadImages(set, "train", 20, true, contextOf(new Uint8Array()));
    assertEquals(new Set(labels).size, 10);
    assertEquals(inputs.length, 20 * sets[set].shape.reduce((product, side) => product * side, 1));
  }
});

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
  const black = [0, 1, 2].map((channel) => Math.fround(valueOf("cifar10", channel, 0)));
  let [flips, still] = [0, 0];
  for (let n = 0; n < 64; n++) {
    const image = moved.slice(3072 * n, 3072 * (n + 1));
    const at = (y: number, x: number) => image[(y * 32 + x) * 3]! - 100 - 4096 * n;
    const step = Math.sign(at(16, 17) - at(16, 16));
    const shown = image.filter((value, i) => value !== black[i % 3]).length / 3;
    const [rows, columns] = [0, 1].map((axis) =>
      Array.from({ length: 32 }, (_, i) => axis === 0 ? image[(i * 32 + 16) * 3]! : image[(16 * 32 + i) * 3]!)
        .filter((value) => value !== black[0]).length
    );
    assertEquals(shown, rows! * columns!);
    const own = image.filter((value, i) => value !== black[i % 3]);
    assert(own.every((value) => value >= 100 + 4096 * n && value < 100 + 4096 * n + 3072), `image ${n}`);
    assert(rows! >= 28 && columns! >= 28);
    // The middle pixel comes from at most 4 pixels away, seen from the side that it is flipped to.
    const [y, column] = [Math.floor(at(16, 16) / 96), at(16, 16) % 96 / 3];
    assert(Math.abs(y - 16) <= 4 && Math.abs(column - (step > 0 ? 16 : 15)) <= 4, `${n}: ${y}, ${column}`);
    if (step < 0) flips++;
    if (y === 16 && column === (step > 0 ? 16 : 15)) still++;
  }
  // Binomial: 32 +- 4, and 64 / 81 expected to stay in place.
  assert(flips > 16 && flips < 48 && still < 8, `${flips} flips, ${still} in place`);
  backend.dispose();
});
