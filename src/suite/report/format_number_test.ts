import { assertEquals } from "@std/assert";
import type { CellResult } from "../runner/results.ts";
import { formatDifference, formatMeasured, formatVerdict } from "./format_number.ts";

const claim = (kind: CellResult["tolerance"]["kind"], allowed: number, value: number) => {
  const measured = { value, standardError: 0.25, unitOfError: null, values: [value] };
  const tolerance = { kind, value: allowed, rationale: "" };
  return { role: "claim", published: null, measured, deviation: value - allowed, tolerance } as const;
};

Deno.test("formatDifference() tells a printed number from what is printed, whatever is allowed", () => {
  const measured = { value: 57.14, standardError: null, unitOfError: null, values: [57.14] };
  const printed = {
    role: "number",
    published: { text: "<= 39", value: 39 },
    measured,
    deviation: 57.14 - 39,
    tolerance: { kind: "at-most", value: 60, rationale: "" },
  } as const;
  assertEquals(formatDifference(printed), "+18.14");
  assertEquals(formatDifference({ ...printed, measured: null, deviation: null }), "");
});

Deno.test("formatDifference() tells a claim from the bound that it lies nearest to, and names it", () => {
  assertEquals(formatDifference(claim("at-most", 0, -1.2)), "-1.20 from 0");
  assertEquals(formatDifference(claim("at-least", 3, 2)), "-1.00 from 3");
  assertEquals(formatDifference(claim("absolute", 0.5, 0.4)), "-0.10 from 0.5");
  assertEquals(formatDifference(claim("absolute", 0.5, -0.9)), "-0.40 from -0.5");
  assertEquals(formatDifference(claim("interval", 2, -0.75)), "-0.25 from -2 s.e.");
  assertEquals(formatDifference(claim("at-most", -0.5, -0.7)), "-0.20 from -0.5");
});

Deno.test("formatVerdict() says of every outcome whether it was expected", () => {
  const verdict = (role: CellResult["role"], verdict: CellResult["verdict"], expect: CellResult["expect"]) =>
    formatVerdict({ role, verdict, expect, baseline: null });
  assertEquals(verdict("number", "agrees", "agrees"), "agrees");
  assertEquals(verdict("number", "agrees", "deviates"), "agrees (unexpected)");
  assertEquals(verdict("claim", "undecided", "undecided"), "undecided (expected)");
  assertEquals(verdict("claim", "undecided", "holds"), "undecided (unexpected)");
  assertEquals(verdict("claim", "fails", "fails"), "fails (expected)");
  assertEquals(verdict("variant", "agrees", "agrees"), "variant agrees");
  assertEquals(verdict("variant", "stand-in", "deviates"), "stand-in");
  assertEquals(verdict("claim", "not measured", "fails"), "not measured");
});

Deno.test("formatMeasured() shows no standard error as 0 that is not 0", () => {
  const cell = claim("at-most", 2, 1.54);
  const shown = (standardError: number) =>
    formatMeasured({ ...cell, measured: { ...cell.measured, standardError } });
  assertEquals([0.0149, 0.0023, 0].map(shown), ["1.54 ±0.01", "1.54 ±0.002", "1.54 ±0.00"]);
});
