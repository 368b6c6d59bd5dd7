import { assertEquals, assertLess } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { kymatioBank } from "../../../src/scattering/banks/kymatio_bank.ts";
import { kymatioReference } from "../../../src/scattering/reference/kymatio_reference.ts";
import { imageInput, scatteringInput } from "./scattering_input.ts";

Deno.test("scatteringInput() is the scattering of each channel, the paths of a channel together", async () => {
  const stream = randomStream("scattering input", 1);
  const images = Float32Array.from({ length: 2 * 32 * 32 * 3 }, () => stream.normal());
  const input = scatteringInput("cifar10", 3, 1);
  assertEquals(input.shape, [4, 4, 651]);
  const found = await input.describe(images);
  input.dispose();
  const bank = kymatioBank.build({ height: 48, width: 48, J: 3, L: 8 });
  for (let image = 0; image < 2; image++) {
    for (let channel = 0; channel < 3; channel++) {
      const plane = Float64Array.from({ length: 1024 }, (_, i) => images[(image * 1024 + i) * 3 + channel]!);
      for (const [path, map] of kymatioReference(plane, 32, 32, bank, 2).entries()) {
        for (const [position, value] of map.entries()) {
          const own = found[(image * 16 + position) * 651 + channel * 217 + path]!;
          assertLess(Math.abs(own - value), 1e-5, `image ${image}, channel ${channel}, path ${path}`);
        }
      }
    }
  }
});

Deno.test("imageInput() is the image", async () => {
  const images = Float32Array.of(1, 2, 3);
  assertEquals(imageInput("mnist").shape, [28, 28, 1]);
  assertEquals(await imageInput("mnist").describe(images), images);
});
