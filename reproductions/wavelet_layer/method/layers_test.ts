import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { applyNonlinearity, featureCount, functions, thresholdKeeping } from "./layers.ts";

const numbers = fc.double({ min: -10, max: 10, noNaN: true });
const positive = fc.double({ min: 0.01, max: 5, noNaN: true });

Deno.test("functions has odd thresholds, and printed ones that are even beyond the threshold", () => {
  fc.assert(fc.property(numbers, positive, (x, tau) => {
    assertEquals(functions.hard(-x, tau), -functions.hard(x, tau) + 0);
    assertEquals(functions.soft(-x, tau) + 0, -functions.soft(x, tau) + 0);
    assertEquals(functions["printed-hard"](-x, tau), functions["printed-hard"](x, tau));
    // They are the standard ones above the threshold, and differ below minus it.
    const size = Math.abs(x);
    assertEquals(functions["printed-hard"](size, tau), functions.hard(size, tau));
    assertEquals(functions["printed-soft"](size, tau), functions.soft(size, tau));
    if (size > tau) assertEquals(functions["printed-soft"](-size, tau), size + tau);
  }));
});

Deno.test("functions has a soft threshold that never moves two values apart, and a printed one that jumps to 2 tau", () => {
  fc.assert(fc.property(numbers, numbers, positive, (x, y, tau) => {
    const apart = Math.abs(functions.soft(x, tau) - functions.soft(y, tau));
    assertLess(apart, Math.abs(x - y) + 1e-12);
  }));
  assertEquals(functions["printed-soft"](-1, 1), 0);
  assertAlmostEquals(functions["printed-soft"](-1 - 1e-9, 1), 2, 1e-8);
});

Deno.test("applyNonlinearity() splits every image into the ReLU of x and of -x", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true, min: -9, max: 9 }), { minLength: 6, maxLength: 6 }),
      (values) => {
        const x = Float32Array.from(values);
        const split = applyNonlinearity(x, 3, "split", 0);
        assertEquals(split.length, featureCount({ wavelet: "haar", nonlinearity: "split" }, 3) * 2);
        x.forEach((value, i) => {
          const at = i < 3 ? i : i + 3;
          assertEquals(split[at]! - split[at + 3]! + 0, value + 0);
          assertEquals(split[at]! + split[at + 3]!, Math.abs(value));
        });
      },
    ),
  );
});

Deno.test("thresholdKeeping() keeps its share", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, keep) => {
        const values = Float32Array.from({ length: n }, (_, i) => (i + 1) * (i % 2 === 0 ? 1 : -1));
        const tau = thresholdKeeping(values, keep);
        const kept = applyNonlinearity(values, n, "hard", tau).filter((value) => value !== 0).length;
        assertLess(Math.abs(kept - keep * n), 1 + 1e-9);
      },
    ),
  );
  assertThrows(() => thresholdKeeping(new Float32Array(3), 1), RangeError, "must keep a share in (0, 1)");
});
