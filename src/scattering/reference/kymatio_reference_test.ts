import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { readNpy } from "../../data/readers/npy/read_npy.ts";
import { kymatioBank } from "../banks/kymatio_bank.ts";
import { kymatioReference } from "./kymatio_reference.ts";
import { paddedShape } from "../padding.ts";
import { distance, noise, sumOfSquares } from "../test_helpers.ts";

/** The arrays of testdata/kymatio; its README.md says what made them. */
function load(name: string): { shape: readonly number[]; data: Float64Array } {
  const { shape, data } = readNpy(
    Deno.readFileSync(new URL(`../testdata/kymatio/${name}.npy`, import.meta.url)),
  );
  return { shape, data: data as Float64Array };
}

Deno.test("kymatioReference() agrees with kymatio", async (t) => {
  const cases = [
    ["normal_32x32_J3", 3, 8],
    ["digits_28x28_J2", 2, 8],
    ["odd_31x33_J2_L6", 2, 6],
    ["edge_24x24_J2_L1", 2, 1],
  ] as const;
  for (const [name, J, L] of cases) {
    const images = load(`${name}.x`);
    const expected = load(`${name}.Sx`);
    const [count, height, width] = images.shape as [number, number, number];
    const [, channels] = expected.shape as [number, number];
    const bank = kymatioBank.build({ ...paddedShape(height, width, J), J, L });
    const slice = (data: Float64Array, parts: number, n: number) =>
      data.subarray((n * data.length) / parts, ((n + 1) * data.length) / parts);
    for (let n = 0; n < count; n++) {
      await t.step(`${name}, image ${n}`, () => {
        const coefficients = kymatioReference(slice(images.data, count, n), height, width, bank, 2);
        const channelsOfImage = slice(expected.data, count, n);
        const maps = Array.from({ length: channels }, (_, c) => slice(channelsOfImage, channels, c));
        assertEquals(coefficients.map(({ length }) => length), maps.map(({ length }) => length));
        // Relative l2 error of one image. Both are float64, so that rounding alone parts them: it is 7e-16 at most.
        assertLessOrEqual(distance(coefficients, maps) / Math.sqrt(sumOfSquares(...maps)), 1e-14);
      });
    }
  }
});

Deno.test("kymatioReference() keeps its relative accuracy for small and large pixels", () => {
  const bank = kymatioBank.build({ ...paddedShape(12, 16, 2), J: 2, L: 4 });
  const image = noise(12 * 16, "image");
  const coefficients = kymatioReference(image, 12, 16, bank, 2);
  for (const scale of [1e-12, 1e6]) {
    const scaled = kymatioReference(image.map((value) => value * scale), 12, 16, bank, 2);
    const error = distance(scaled.map((map) => map.map((value) => value / scale)), coefficients);
    assertLessOrEqual(error / Math.sqrt(sumOfSquares(...coefficients)), 1e-14);
  }
});

Deno.test("kymatioReference() refuses a filter bank of another grid", () => {
  const bank = kymatioBank.build({ height: 16, width: 16, J: 2, L: 2 });
  assertThrows(
    () => kymatioReference(new Float64Array(144), 12, 12, bank, 2),
    RangeError,
    "the filter bank must have 20 x 20, and the image 144: current values are 16 x 16 and 144",
  );
});
