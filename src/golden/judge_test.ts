import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Claim, ToleranceKind } from "./claim.ts";
import { judge, type Measured, summarise } from "./judge.ts";

function claim(kind: ToleranceKind, value: number, published: string | null): Claim {
  return {
    cell: "a",
    table: "Table",
    row: "1",
    column: "1",
    quantity: "q",
    unit: "",
    published: published === null ? null : { text: published, value: Number(published) },
    tolerance: { kind, value, rationale: "numeric: for this test only" },
    expect: "agrees",
    because: "",
    profile: null,
    line: 2,
  };
}

function measured(value: number, standardError: number | null = null): Measured {
  return { value, standardError, unitOfError: null, values: [value] };
}

Deno.test("judge() holds each kind of tolerance at its edge", async (t) => {
  const cases: [string, Claim, Measured, number, "agrees" | "deviates"][] = [
    ["absolute inside", claim("absolute", 0.5, "10"), measured(10.5), 0.5, "agrees"],
    ["absolute outside", claim("absolute", 0.5, "10"), measured(10.501), 10.501 - 10, "deviates"],
    ["relative inside", claim("relative", 0.25, "-8"), measured(-6), 2, "agrees"],
    ["relative outside", claim("relative", 0.25, "-8"), measured(-5.9), 8 - 5.9, "deviates"],
    ["rounding inside", claim("rounding", 0.5, "3"), measured(2.5), -0.5, "agrees"],
    ["rounding outside", claim("rounding", 0.5, "3"), measured(2.49), 2.49 - 3, "deviates"],
    ["at most inside", claim("at-most", 0.25, null), measured(0.25), 0, "agrees"],
    ["at most outside", claim("at-most", 0.25, null), measured(0.5), 0.25, "deviates"],
    ["at least inside", claim("at-least", 2, "1"), measured(2), 0, "agrees"],
    ["at least outside", claim("at-least", 2, "1"), measured(1.5), -0.5, "deviates"],
    ["interval inside", claim("interval", 2, "1"), measured(2, 0.5), 1, "agrees"],
    ["interval outside", claim("interval", 2, "1"), measured(2.25, 0.5), 1.25, "deviates"],
    ["interval without a standard error", claim("interval", 2, "1"), measured(1), 0, "deviates"],
  ];
  for (const [name, row, measurement, deviation, verdict] of cases) {
    await t.step(name, () => assertEquals(judge(row, measurement), { deviation, verdict }));
  }
});

Deno.test("judge() reports a measurement that is not finite as a disagreement, for every kind", async (t) => {
  const kinds: ToleranceKind[] = ["absolute", "relative", "rounding", "at-most", "at-least", "interval"];
  for (const kind of kinds) {
    for (const value of [NaN, Infinity, -Infinity]) {
      await t.step(`${kind} ${value}`, () => {
        const summary = summarise({ values: [value, 1], standardError: 1 });
        assertEquals(summary.value, null);
        assertEquals(judge(claim(kind, 1e300, "1"), summary), { deviation: null, verdict: "deviates" });
      });
    }
  }
});

Deno.test("judge() calls nothing measured on a stand-in, or not at all, a success", () => {
  assertEquals(judge(claim("absolute", 1, "1"), null), { deviation: null, verdict: "not measured" });
  assertEquals(judge(claim("absolute", 1, "1"), measured(1), true).verdict, "stand-in");
});

Deno.test("summarise() says which value is not finite, or that there is none", () => {
  assertEquals(summarise({ values: [1, NaN] }).error, "value 2 of 2 is NaN");
  assertEquals(summarise({ values: [] }).error, "no value was measured");
});

Deno.test("summarise() takes the standard error of the mean over the values, and none from one value", () => {
  assertEquals(summarise({ values: [4] }).standardError, null);
  assertEquals(summarise({ values: [1, 3] }).standardError, 1);
  assertEquals(summarise({ values: [1, 3], standardError: 7 }).standardError, 7);
});

Deno.test("judge() of an absolute tolerance agrees exactly where the deviation is within it", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(finite, finite, fc.double({ noNaN: true, min: 0, max: 1e6 }), (value, published, width) => {
      const { verdict } = judge(claim("absolute", width, String(published)), measured(value));
      assertEquals(verdict === "agrees", Math.abs(value - published) <= width);
    }),
  );
});
