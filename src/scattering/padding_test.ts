import { assertEquals } from "@std/assert";
import { paddedShape, padImage, unpad } from "./padding.ts";

Deno.test("paddedShape() gives kymatio's sides, and kymatio's output sides after the frame is taken off", async (t) => {
  const cases = [[28, 2, 36, 7], [28, 3, 40, 3], [32, 2, 40, 8], [32, 3, 48, 4], [32, 4, 64, 2]] as const;
  for (const [side, J, padded, output] of cases) {
    await t.step(`${side}, J = ${J}`, () => {
      const { height, width } = paddedShape(side, 16, J);
      assertEquals(height, padded);
      const coarse = [height / 2 ** J, width / 2 ** J] as const;
      assertEquals(
        unpad(new Float64Array(coarse[0] * coarse[1]), ...coarse).length,
        output * (coarse[1] - 2),
      );
    });
  }
});

Deno.test("paddedShape() puts the smaller half of an odd padding first", () => {
  const { top, left } = paddedShape(31, 33, 2);
  assertEquals([top, left], [2, 3]);
});

Deno.test("padImage() mirrors again where the padding is as wide as the image or wider", () => {
  const shape = { height: 1, width: 12, top: 0, left: 5 };
  const row = (image: number[]) => [...padImage(Float64Array.from(image), 1, image.length, shape, "reflect")];
  assertEquals(row([1, 2, 3]), [2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3]);
  assertEquals(row([1, 2]), [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
  assertEquals(row([4]), Array(12).fill(4));
});

Deno.test("padImage() pads both axes", () => {
  const shape = { height: 4, width: 3, top: 1, left: 1 };
  const image = Float64Array.of(1, 2, 3, 4); // 1 2 / 3 4
  assertEquals([...padImage(image, 2, 2, shape, "reflect")], [4, 3, 4, 2, 1, 2, 4, 3, 4, 2, 1, 2]);
  assertEquals([...padImage(image, 2, 2, shape, "periodic")], [4, 3, 4, 2, 1, 2, 4, 3, 4, 2, 1, 2]);
  assertEquals([...padImage(image, 2, 2, shape, "zero")], [0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0]);
});
