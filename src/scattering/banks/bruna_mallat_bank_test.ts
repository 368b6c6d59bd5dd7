import { assertAlmostEquals, assertGreater, assertLess, assertLessOrEqual } from "@std/assert";
import { brunaMallatBank } from "./bruna_mallat_bank.ts";
import { frequencies, type WaveletDescription } from "./filter_bank.ts";
import { littlewoodPaleySum } from "./littlewood_paley.ts";

Deno.test("brunaMallatBank satisfies equation 8 with eps = 0.25 for |w| <= pi / 2", async (t) => {
  const shapes = [[32, 32, 3], [31, 40, 2], [64, 64, 1], [64, 64, 5], [16, 16, 4]] as const;
  for (const [height, width, J] of shapes) {
    await t.step(`${height} x ${width}, J = ${J}`, () => {
      const sum = littlewoodPaleySum(brunaMallatBank.build({ height, width, J, L: 6 }));
      const rows = frequencies(height);
      const columns = frequencies(width);
      sum.forEach((value, i) => {
        assertLessOrEqual(value, 1 + 4 * Number.EPSILON);
        const radius = Math.hypot(rows[Math.floor(i / width)]!, columns[i % width]!);
        if (radius <= Math.PI / 2) assertGreater(value, 0.75);
      });
    });
  }
});

Deno.test("brunaMallatBank is the Fourier transform of the printed wavelet, folded onto the grid", () => {
  const height = 20;
  const width = 24;
  const J = 2;
  const L = 6;
  const { wavelets } = brunaMallatBank.build({ height, width, J, L });
  const rows = frequencies(height);
  const columns = frequencies(width);
  const printed = ({ j, angle }: WaveletDescription): Float64Array => {
    const sigma = 0.85 * 2 ** j;
    const xi = (3 * Math.PI) / 4 / 2 ** j;
    const folded = (centre: number, k: number, l: number) => {
      let sum = 0;
      for (let a = -4; a <= 4; a++) {
        for (let b = -4; b <= 4; b++) {
          const row = rows[k]! + 2 * Math.PI * a - centre * Math.cos(angle);
          const column = columns[l]! + 2 * Math.PI * b - centre * Math.sin(angle);
          sum += Math.exp(-(sigma ** 2) * (row ** 2 + column ** 2) / 2);
        }
      }
      return sum;
    };
    const C2 = folded(xi, 0, 0) / folded(0, 0, 0);
    return Float64Array.from({ length: height * width }, (_, i) => {
      const k = Math.floor(i / width);
      const l = i % width;
      return folded(xi, k, l) - C2 * folded(0, k, l);
    });
  };
  // C1 is not printed, so that one value decides it, for all others to agree with.
  const scale = Math.max(...wavelets[0]!.psi) / Math.max(...printed(wavelets[0]!));
  for (const wavelet of wavelets) {
    const expected = printed(wavelet);
    wavelet.psi.forEach((value, i) => assertAlmostEquals(value, scale * expected[i]!, 1e-13));
  }
});

Deno.test("brunaMallatBank has wavelets of mean zero and a low-pass of deviation 0.7 2^(J - 1)", () => {
  const side = 64;
  const { wavelets, phi } = brunaMallatBank.build({ height: side, width: side, J: 3, L: 6 });
  for (const { psi } of wavelets) assertLess(Math.abs(psi[0]!), 1e-15);
  const sigma = 0.7 * 4;
  frequencies(side).forEach((omega, k) => {
    assertAlmostEquals(phi[k]!, Math.exp(-((sigma * omega) ** 2) / 2), 1e-14);
  });
});
