import { assertEquals } from "@std/assert";
import type { WaveletDescription } from "./banks/filter_bank.ts";
import { scatteringPaths } from "./paths.ts";

function wavelets(J: number, L: number): WaveletDescription[] {
  return Array.from({ length: J * L }, (_, n) => {
    const j = Math.floor(n / L);
    const theta = n % L;
    return { j, theta, angle: Math.PI * theta / L, centreFrequency: 0.75 * Math.PI / 2 ** j };
  });
}

const binomial = (n: number, k: number): number => k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;

Deno.test("scatteringPaths() has L^m binomial(J, m) paths of order m", async (t) => {
  for (const [J, L, maxOrder] of [[1, 6, 4], [3, 2, 4], [4, 3, 4], [5, 1, 4], [2, 8, 0]] as const) {
    await t.step(`J = ${J}, L = ${L}, m <= ${maxOrder}`, () => {
      const paths = scatteringPaths(wavelets(J, L), maxOrder);
      for (let m = 0; m <= maxOrder; m++) {
        const expected = m > J ? 0 : L ** m * binomial(J, m);
        assertEquals(paths.filter(({ order }) => order === m).length, expected);
      }
    });
  }
});

Deno.test("scatteringPaths() has kymatio's number of channels", () => {
  assertEquals([2, 3, 4].map((J) => scatteringPaths(wavelets(J, 8), 2).length), [81, 217, 417]);
});

Deno.test("scatteringPaths() is in kymatio's order", () => {
  const labels = scatteringPaths(wavelets(3, 2), 2).map((path) =>
    path.wavelets.map(({ j, theta }) => `${j}${"ab"[theta]}`).join(" ")
  );
  assertEquals(labels, [
    "",
    ...["0a", "0b", "1a", "1b", "2a", "2b"],
    ...["0a 1a", "0a 1b", "0a 2a", "0a 2b", "0b 1a", "0b 1b", "0b 2a", "0b 2b"],
    ...["1a 2a", "1a 2b", "1b 2a", "1b 2b"],
  ]);
});

Deno.test("scatteringPaths() gives descriptions without the filters of a bank", () => {
  const [described] = wavelets(1, 1);
  const paths = scatteringPaths([{ ...described!, psi: new Float64Array(4) } as WaveletDescription], 1);
  assertEquals(paths[1], { order: 1, wavelets: [described!] });
});
