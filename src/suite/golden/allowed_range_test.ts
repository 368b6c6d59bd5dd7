import { assertEquals } from "@std/assert";
import { allowedRange } from "./allowed_range.ts";
import type { ToleranceKind } from "./claim.ts";

function rangeOf(
  kind: ToleranceKind,
  value: number,
  printed: number | null,
  standardError: number | null = null,
) {
  const published = printed === null ? null : { text: String(printed), value: printed };
  return allowedRange({ published, tolerance: { kind, value, rationale: "" } }, standardError);
}

Deno.test("allowedRange() lies on both sides of a printed number, in its unit, as a share or in standard errors", () => {
  assertEquals(rangeOf("absolute", 2, 10), { lower: 8, upper: 12 });
  assertEquals(rangeOf("rounding", 0.5, 10), { lower: 9.5, upper: 10.5 });
  assertEquals(rangeOf("relative", 0.5, -10), { lower: -15, upper: -5 });
  assertEquals(rangeOf("interval", 2, 10, 3), { lower: 4, upper: 16 });
  assertEquals(rangeOf("interval", 2, 10), null);
});

Deno.test("allowedRange() of a bound has one end, and of a claim it lies around 0", () => {
  assertEquals(rangeOf("at-most", 5, null), { lower: null, upper: 5 });
  assertEquals(rangeOf("at-least", 5, null), { lower: 5, upper: null });
  assertEquals(rangeOf("absolute", 2, null), { lower: -2, upper: 2 });
});
