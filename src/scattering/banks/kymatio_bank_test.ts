import { assertAlmostEquals, assertLess } from "@std/assert";
import { Fft2 } from "../../numeric/fourier/fft2.ts";
import { frequencies } from "./filter_bank.ts";
import { kymatioBank } from "./kymatio_bank.ts";
import { littlewoodPaleySum } from "./littlewood_paley.ts";

/** kymatio's Gabor function by its formula, over 5 x 5 periods: real and imaginary part. */
function gabor(
  height: number,
  width: number,
  sigma: number,
  theta: number,
  xi: number,
  slant: number,
): [re: Float64Array, im: Float64Array] {
  const cos = Math.cos(theta);
  const sin = Math.sin(theta);
  const re = new Float64Array(height * width);
  const im = new Float64Array(height * width);
  for (let u1 = -2 * height; u1 < 3 * height; u1++) {
    for (let u2 = -2 * width; u2 < 3 * width; u2++) {
      const along = u1 * cos + u2 * sin;
      const across = u2 * cos - u1 * sin;
      const envelope = Math.exp(-(along ** 2 + (slant * across) ** 2) / (2 * sigma ** 2));
      const i = ((u1 + 2 * height) % height) * width + (u2 + 2 * width) % width;
      const norm = 2 * 3.1415 * sigma ** 2 / slant;
      re[i]! += envelope * Math.cos(xi * along) / norm;
      im[i]! += envelope * Math.sin(xi * along) / norm;
    }
  }
  return [re, im];
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

Deno.test("kymatioBank agrees with its formulas", async (t) => {
  // The last two have envelopes that 5 x 5 periods cut off, which must be cut off in the same place.
  for (
    const [height, width, J, L] of [[16, 16, 2, 8], [12, 20, 2, 4], [9, 7, 1, 3], [8, 12, 3, 16], [
      16,
      16,
      4,
      32,
    ]] as const
  ) {
    await t.step(`${height} x ${width}, J = ${J}, L = ${L}`, () => {
      const bank = kymatioBank.build({ height, width, J, L });
      const fft = new Fft2(height, width);
      bank.wavelets.forEach(({ j, theta, psi }) => {
        const angle = (Math.trunc(L - L / 2 - 1) - theta) * Math.PI / L;
        const parameters = [height, width, 0.8 * 2 ** j, angle] as const;
        const [re, im] = gabor(...parameters, (3 / 4) * Math.PI / 2 ** j, 4 / L);
        const [envelope] = gabor(...parameters, 0, 4 / L);
        const meanRe = sum(re) / sum(envelope);
        const meanIm = sum(im) / sum(envelope);
        const morletRe = re.map((value, i) => value - meanRe * envelope[i]!);
        fft.forward(morletRe, im.map((value, i) => value - meanIm * envelope[i]!));
        psi.forEach((value, i) => assertAlmostEquals(value, morletRe[i]!, 1e-13));
      });
      const [phi, zero] = gabor(height, width, 0.8 * 2 ** (J - 1), 0, 0, 1);
      fft.forward(phi, zero);
      bank.phi.forEach((value, i) => assertAlmostEquals(value, phi[i]!, 1e-13));
    });
  }
});

Deno.test("kymatioBank has the Littlewood-Paley bounds that were measured of kymatio itself", () => {
  const side = 64;
  const lp = littlewoodPaleySum(kymatioBank.build({ height: side, width: side, J: 4, L: 8 }));
  const omega = frequencies(side);
  const inDisc = lp.filter((_, i) => Math.hypot(omega[Math.floor(i / side)]!, omega[i % side]!) <= Math.PI);
  assertAlmostEquals(Math.min(...inDisc), 0.348, 0.0005);
  assertAlmostEquals(Math.max(...inDisc), 1.035, 0.0005);
  assertAlmostEquals(Math.min(...lp), 0.123, 0.0005);
});

Deno.test("kymatioBank has wavelets of mean zero", () => {
  for (const { psi } of kymatioBank.build({ height: 40, width: 36, J: 2, L: 8 }).wavelets) {
    assertLess(Math.abs(psi[0]!), 1e-15);
  }
});
