import { assertAlmostEquals, assertThrows } from "@std/assert";
import { filterImage } from "./filter_image.ts";
import { kymatioBank } from "./kymatio_bank.ts";

Deno.test("filterImage() of a wavelet is largest in the middle, has zero mean and oscillates along its direction", () => {
  const side = 32;
  const { wavelets: [first] } = kymatioBank.build({ height: side, width: side, J: 1, L: 2 });
  const image = filterImage(first!.psi, side, side);
  const middle = image[(side / 2) * side + side / 2]!;
  assertAlmostEquals(Math.max(...image), middle, 1e-15);
  assertAlmostEquals(image.reduce((sum, value) => sum + value, 0), 0, 1e-12);
  // Half a period of 3 pi / 4 is 4 / 3 samples: the neighbour along the wave vector has the other sign.
  const down = Math.round(Math.cos(first!.angle));
  const right = Math.round(Math.sin(first!.angle));
  const neighbour = image[(side / 2 + down) * side + side / 2 + right]!;
  if (!(neighbour < 0)) throw new Error(`The neighbour is ${neighbour} and must be negative`);
});

Deno.test("filterImage() refuses a shape that is not the filter's", () => {
  assertThrows(() => filterImage(new Float64Array(8), 3, 3), RangeError, "as many: current shape is 3 x 3");
});
