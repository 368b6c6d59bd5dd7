import { assertEquals } from "@std/assert";
import { Fft2 } from "../../numeric/fourier/fft2.ts";
import { noise } from "../test_helpers.ts";
import { FilterTransform } from "./filter_transform.ts";
import { namedBanks } from "./named_banks.ts";

Deno.test("oneByOne() of every bank gives the bits of build(), also where a filter is built over another one", async (t) => {
  for (const bank of namedBanks) {
    await t.step(bank.name, () => {
      for (const shape of [{ height: 36, width: 40, J: 3, L: 4 }, { height: 17, width: 90, J: 2, L: 3 }]) {
        const built = bank.build(shape);
        const source = bank.oneByOne!(shape);
        const place = noise(shape.height * shape.width, "what stood there");
        built.wavelets.forEach(({ psi, ...wavelet }, n) => {
          assertEquals(source.wavelets[n], wavelet);
          assertEquals(source.psi(n, place), psi);
          assertEquals(source.psi(n), psi);
        });
        assertEquals(source.phi(place), built.phi);
      }
    });
  }
});

Deno.test("FilterTransform.realPart() gives the bits of Fft2", () => {
  for (
    const [height, width, columns] of [[12, 70, [0, 1, 2, 68, 69]], [7, 40, [...Array(40).keys()]]] as const
  ) {
    const re = noise(height * columns.length, "re");
    const im = noise(height * columns.length, "im");
    const spread = (part: Float64Array) => {
      const whole = new Float64Array(height * width);
      part.forEach((value, i) => {
        whole[Math.floor(i / columns.length) * width + columns[i % columns.length]!] = value;
      });
      return whole;
    };
    const [expected, imaginary] = [spread(re), spread(im)];
    new Fft2(height, width).forward(expected, imaginary);
    // A column of zeros stays one but for the sign of zero.
    const found = new FilterTransform(height, width).realPart({ columns: [...columns], re, im });
    assertEquals(found.map((value) => value + 0), expected.map((value) => value + 0));
  }
});
