import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Claim, type Outcome, type Role, roles, type ToleranceKind, toleranceKinds } from "./claim.ts";
import { isWithinNoise, judge, type Measured, summarise } from "./judge.ts";

/** A golden row with a tolerance; `published` as printed, or `null` for a claim. */
function claim(kind: ToleranceKind, value: number, published: string | null, role?: Role): Claim {
  return {
    cell: "a",
    table: "Table",
    row: "1",
    column: "1",
    quantity: "q",
    unit: "",
    published: published === null
      ? null
      : { text: published, value: Number(published.replace(/^[<>]=? ?/, "")) },
    source: "this project: a test",
    role: role ?? (published === null ? "claim" : "number"),
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

Deno.test("judge() holds a printed number at the edge of its tolerance, on both sides", async (t) => {
  const cases: [string, Claim, Measured, number, Outcome][] = [
    ["absolute inside, above", claim("absolute", 0.5, "10"), measured(10.5), 0.5, "agrees"],
    ["absolute inside, below", claim("absolute", 0.5, "10"), measured(9.5), -0.5, "agrees"],
    ["absolute outside, above", claim("absolute", 0.5, "10"), measured(10.501), 10.501 - 10, "deviates"],
    ["absolute outside, below", claim("absolute", 0.5, "10"), measured(9.499), 9.499 - 10, "deviates"],
    ["relative inside", claim("relative", 0.25, "-8"), measured(-6), 2, "agrees"],
    ["relative outside, above", claim("relative", 0.25, "-8"), measured(-5.9), 8 - 5.9, "deviates"],
    ["relative outside, below", claim("relative", 0.25, "-8"), measured(-10.1), 8 - 10.1, "deviates"],
    ["rounding inside", claim("rounding", 0.5, "3"), measured(2.5), -0.5, "agrees"],
    ["rounding outside, below", claim("rounding", 0.5, "3"), measured(2.49), 2.49 - 3, "deviates"],
    ["rounding outside, above", claim("rounding", 0.5, "3"), measured(3.51), 3.51 - 3, "deviates"],
    ["interval inside", claim("interval", 2, "1"), measured(2, 0.5), 1, "agrees"],
    ["interval outside, above", claim("interval", 2, "1"), measured(2.25, 0.5), 1.25, "deviates"],
    ["interval outside, below", claim("interval", 2, "1"), measured(-0.25, 0.5), -1.25, "deviates"],
    ["interval without a standard error", claim("interval", 2, "1"), measured(1), 0, "deviates"],
    ["a printed bound, kept", claim("at-most", 5, "<= 5"), measured(3, 1), -2, "agrees"],
    ["a printed bound, broken", claim("at-most", 5, "<= 5"), measured(5.5, 1), 0.5, "deviates"],
    ["a printed lower bound, kept", claim("at-least", 99, "> 99"), measured(99), 0, "agrees"],
    ["a printed lower bound, broken", claim("at-least", 99, "> 99"), measured(98), -1, "deviates"],
    ["a variant inside", claim("absolute", 0.5, "10", "variant"), measured(9.5), -0.5, "agrees"],
    ["a variant outside", claim("absolute", 0.5, "10", "variant"), measured(9), -1, "deviates"],
  ];
  for (const [name, row, measurement, deviation, verdict] of cases) {
    await t.step(name, () => assertEquals(judge(row, measurement), { deviation, verdict }));
  }
});

Deno.test("judge() takes the deviation from the printed number, never from the tolerance", () => {
  for (const kind of toleranceKinds) {
    assertEquals(judge(claim(kind, 60, "39"), measured(57)).deviation, 18, kind);
  }
});

Deno.test("judge() lets a claim without a standard error hold up to its bound and fail beyond it", async (t) => {
  const cases: [string, Claim, Measured, number | null, Outcome][] = [
    ["at most inside", claim("at-most", 0.25, null), measured(0.25), 0, "holds"],
    ["at most outside", claim("at-most", 0.25, null), measured(0.5), 0.25, "fails"],
    ["at least inside", claim("at-least", 2, null), measured(2), 0, "holds"],
    ["at least outside", claim("at-least", 2, null), measured(1.5), -0.5, "fails"],
    ["absolute inside, from the nearest bound", claim("absolute", 1, null), measured(-0.75), 0.25, "holds"],
    ["absolute at its upper bound", claim("absolute", 1, null), measured(1), 0, "holds"],
    ["absolute outside, below", claim("absolute", 1, null), measured(-1.5), -0.5, "fails"],
    ["absolute outside, above", claim("absolute", 1, null), measured(1.5), 0.5, "fails"],
    ["interval without a standard error", claim("interval", 3, null), measured(0), null, "fails"],
    ["a standard error of 0", claim("at-most", 0, null), measured(0, 0), 0, "holds"],
  ];
  for (const [name, row, measurement, deviation, verdict] of cases) {
    await t.step(name, () => assertEquals(judge(row, measurement), { deviation, verdict }));
  }
});

Deno.test("judge() takes the deviation of a claim in standard errors from the nearest of its two bounds", () => {
  const row = claim("interval", 4, null);
  assertEquals([3, -3].map((value) => judge(row, measured(value, 0.5)).deviation), [1, -1]);
});

Deno.test("judge() leaves a claim undecided within two standard errors of its bound, on both sides", async (t) => {
  const atMost = claim("at-most", 1, null);
  const atLeast = claim("at-least", 1, null);
  const absolute = claim("absolute", 4, null);
  const interval = claim("interval", 6, null);
  const cases: [string, Claim, number, Outcome][] = [
    ["far below an upper bound", atMost, -0.25, "holds"],
    ["two below an upper bound", atMost, 0, "undecided"],
    ["at an upper bound", atMost, 1, "undecided"],
    ["two above an upper bound", atMost, 2, "undecided"],
    ["far above an upper bound", atMost, 2.25, "fails"],
    ["far below a lower bound", atLeast, -0.25, "fails"],
    ["two below a lower bound", atLeast, 0, "undecided"],
    ["two above a lower bound", atLeast, 2, "undecided"],
    ["far above a lower bound", atLeast, 2.25, "holds"],
    ["well within a distance", absolute, -2.5, "holds"],
    ["just within a distance", absolute, -3.5, "undecided"],
    ["just beyond a distance", absolute, 5, "undecided"],
    ["far beyond a distance", absolute, -5.5, "fails"],
    ["four standard errors, of six", interval, 1.75, "holds"],
    ["seven standard errors, of six", interval, -3.5, "undecided"],
    ["nine standard errors, of six", interval, 4.5, "fails"],
  ];
  for (const [name, row, value, verdict] of cases) {
    await t.step(name, () => assertEquals(judge(row, measured(value, 0.5)).verdict, verdict));
  }
});

Deno.test("judge() leaves no printed number undecided, however large its standard error", () => {
  for (const role of ["number", "variant"] as const) {
    const row = claim("absolute", 1, "10", role);
    assertEquals([10, 11.5].map((value) => judge(row, measured(value, 5)).verdict), ["agrees", "deviates"]);
  }
});

Deno.test("judge() never lets a measurement that is not finite agree or hold, for any kind and role", async (t) => {
  for (const kind of toleranceKinds) {
    for (const role of roles) {
      for (const value of [NaN, Infinity, -Infinity]) {
        await t.step(`${role} ${kind} ${value}`, () => {
          const summary = summarise({ values: [value, 1], standardError: 1 });
          assertEquals(summary.value, null);
          const row = claim(kind, 1e300, role === "claim" ? null : "1", role);
          const verdict = role === "claim" ? "fails" : "deviates";
          assertEquals(judge(row, summary), { deviation: null, verdict });
        });
      }
    }
  }
});

Deno.test("judge() calls nothing measured on a stand-in, or not at all, a success", () => {
  assertEquals(judge(claim("absolute", 1, "1"), null), { deviation: null, verdict: "not measured" });
  assertEquals(judge(claim("at-most", 1, null), null), { deviation: null, verdict: "not measured" });
  assertEquals(judge(claim("absolute", 1, "1"), measured(3), true), { deviation: 2, verdict: "stand-in" });
  assertEquals(judge(claim("at-most", 1, null), measured(0), true), { deviation: -1, verdict: "stand-in" });
});

Deno.test("judge() of an absolute tolerance agrees where the deviation is within it, and not beyond round-off", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(finite, finite, fc.double({ noNaN: true, min: 0, max: 1e6 }), (value, published, width) => {
      const { verdict } = judge(claim("absolute", width, String(published)), measured(value));
      const excess = Math.abs(value - published) - width;
      const largest = Math.max(Math.abs(value), Math.abs(published), width);
      if (excess <= 0) assertEquals(verdict, "agrees");
      if (excess > 2e-12 * largest) assertEquals(verdict, "deviates");
    }),
  );
});

Deno.test("judge() and isWithinNoise() do not mind what a difference of decimal fractions is off by", async (t) => {
  const edge = [
    ["absolute", claim("absolute", 0.26, "0.85"), 1.11],
    ["relative", claim("relative", 0.1, "0.7"), 0.77],
    ["rounding", claim("rounding", 0.05, "0.5"), 0.55],
  ] as const;
  for (const [name, row, value] of edge) {
    await t.step(name, () => {
      const allowed = row.tolerance.value * (name === "relative" ? row.published!.value : 1);
      assert(value - row.published!.value > allowed, "float64 puts it beyond the edge");
      assertEquals(judge(row, measured(value)).verdict, "agrees");
      assertEquals(judge(row, measured(value + 1e-9)).verdict, "deviates");
    });
  }
  await t.step("two standard errors from a bound", () => {
    const row = claim("at-most", 0.2, null);
    assert(1.6 - 0.2 > 2 * 0.7, "float64 puts it beyond the edge");
    assertEquals(judge(row, measured(1.6, 0.7)).verdict, "undecided");
    assertEquals(judge(row, measured(1.6 + 1e-9, 0.7)).verdict, "fails");
  });
  await t.step("within noise", () => {
    assertEquals(isWithinNoise({ text: "0.5", value: 0.5 }, { value: 0.55, standardError: null }), true);
    assertEquals(
      isWithinNoise({ text: "0.5", value: 0.5 }, { value: 0.55 + 1e-9, standardError: null }),
      false,
    );
  });
});

Deno.test("judge() leaves no room beside a bound of 0", () => {
  assertEquals(judge(claim("at-most", 0, null), measured(1e-15)).verdict, "fails");
});

Deno.test("judge() gives every claim an outcome of its role, and orders them along the measured value", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  const width = fc.option(fc.double({ noNaN: true, min: 0, max: 1e3 }), { nil: null });
  const rank: Outcome[] = ["holds", "undecided", "fails"];
  fc.assert(fc.property(finite, finite, finite, width, (bound, value, more, standardError) => {
    const at = (measurement: number) =>
      rank.indexOf(
        judge(claim("at-most", bound, null), measured(measurement, standardError)).verdict as Outcome,
      );
    const lower = at(Math.min(value, more));
    const upper = at(Math.max(value, more));
    assertEquals(0 <= lower && lower <= upper && upper <= 2, true, `${lower} and ${upper}`);
  }));
});

Deno.test("isWithinNoise() allows two standard errors and half a unit of the last printed digit, on both sides", async (t) => {
  const cases: [string, string, number | null, number | null, boolean][] = [
    ["half a unit above", "3", 3.5, null, true],
    ["half a unit below", "3", 2.5, null, true],
    ["more than half a unit", "3", 3.501, null, false],
    ["two standard errors and half a unit", "3", 4.5, 0.5, true],
    ["the same below", "3", 1.5, 0.5, true],
    ["more than both", "3", 1.49, 0.5, false],
    ["a digit more printed allows less", "3.0", 3.5, null, false],
    ["no value", "3", null, null, false],
  ];
  for (const [name, text, value, standardError, within] of cases) {
    await t.step(name, () => {
      assertEquals(isWithinNoise({ text, value: Number(text) }, { value, standardError }), within);
    });
  }
  await t.step(
    "nothing printed",
    () => assertEquals(isWithinNoise(null, { value: 1, standardError: 1 }), false),
  );
  await t.step("nothing measured", () => assertEquals(isWithinNoise({ text: "3", value: 3 }, null), false));
});

Deno.test("summarise() says which value is not finite, or that there is none", () => {
  assertEquals(summarise({ values: [1, NaN] }).error, "value 2 of 2 is NaN");
  assertEquals(summarise({ values: [] }).error, "no value was measured");
  assertEquals(summarise({ values: [1e308, 1e308] }).error, "the mean of its values is not finite");
});

Deno.test("summarise() takes the standard error of the mean over the values, and none from one value", () => {
  assertEquals(summarise({ values: [4] }).standardError, null);
  assertEquals(summarise({ values: [1, 3] }).standardError, 1);
  assertEquals(summarise({ values: [1, 3], standardError: 7 }).standardError, 7);
  assertEquals(summarise({ values: [1, 3], standardError: Infinity }).standardError, null);
});
