import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { rectifiedFilters } from "./rectified_filters.ts";

Deno.test("rectifiedFilters() gives a tight frame, at Nyquist frequencies as well", () => {
  for (const [N, J, L] of [[32, 3, 4], [24, 2, 4], [16, 4, 6], [64, 4, 8]] as const) {
    const { psi, phi } = rectifiedFilters({ N, J, L });
    for (let u = 0; u < N; u++) {
      for (let v = 0; v < N; v++) {
        const at = u * N + v;
        const opposite = ((N - u) % N) * N + (N - v) % N;
        const squares = psi.reduce((sum, one) => sum + one[at]! ** 2 + one[opposite]! ** 2, 0);
        assertAlmostEquals(squares / 2 + phi[at]! ** 2, 1, 4e-15, `${N} ${J} ${L} at ${u}, ${v}`);
      }
    }
  }
});

Deno.test("rectifiedFilters() gives wavelets that see half the plane and no mean", () => {
  const { psi, phi } = rectifiedFilters({ N: 16, J: 2, L: 4 });
  for (const filter of psi) assert(filter[0] === 0);
  assert(phi[0] === 1);
  // Angle 0 points along the first axis.
  const first = psi[0]!;
  assert(first[6 * 16]! > 1);
  assert(first[10 * 16] === 0);
});

Deno.test("rectifiedFilters() refuses sizes that it cannot have", () => {
  for (
    const [options, message] of [
      [{ N: 15, J: 2, L: 4 }, "N must be even"],
      [{ N: 16, J: 5, L: 4 }, "at least 2^J"],
      [{ N: 16, J: 0, L: 4 }, "J must be a positive integer"],
      [{ N: 16, J: 2, L: 1.5 }, "L must be a positive integer"],
    ] as const
  ) {
    assertThrows(() => rectifiedFilters(options), RangeError, message);
  }
});
