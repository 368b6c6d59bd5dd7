import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CellChange, Comparison } from "./compare_results.ts";
import { comparisonText } from "./comparison_text.ts";

/** A cell that moved from a value by a difference. */
function moved(cell: string, value: number, difference: number, standardErrors: number | null): CellChange {
  const side = { standardError: null, count: 3, verdict: "agrees" } as const;
  return {
    ...{ module: "toy", cell, unit: "%", role: "number", kind: "moved", difference, standardErrors },
    a: { ...side, value },
    b: { ...side, value: value + difference },
  };
}

function text(changes: readonly CellChange[]): string {
  const comparison: Comparison = {
    schema: "reproduce-comparison/1",
    same: false,
    compared: 7,
    notes: [],
    changes,
  };
  return comparisonText(comparison);
}

Deno.test("comparisonText() writes as many digits as tell two values apart, and two of the difference", () => {
  const cases: [value: number, difference: number, row: string[]][] = [
    [1.2, 0.5, ["1.20", "1.70", "+0.50"]],
    [1.2, -0.05, ["1.200", "1.150", "-0.050"]],
    [1.2, 0.0042, ["1.2000", "1.2042", "+0.0042"]],
    [95, 30, ["95.00", "125.00", "+30"]],
  ];
  for (const [value, difference, expected] of cases) {
    const line = text([moved("a", value, difference, null)]).split("\n").find((line) =>
      line.includes("| a ")
    )!;
    const [, , , a, b, by] = line.split("|").map((part) => part.trim());
    assertEquals([a, b, by], expected);
  }
});

Deno.test("comparisonText() counts what moved, and names the cell that moved furthest in standard errors", () => {
  const changes = [moved("near", 1, 5, 0.5), moved("far", 1, -0.1, -2.5), moved("unknown", 1, 100, null)];
  assertStringIncludes(text(changes), "3 of 7 cells moved, 0 only judged otherwise");
  assertStringIncludes(text(changes), "; furthest far, by 2.50 standard errors of the difference");
  assertEquals(text([moved("unknown", 1, 100, null)]).includes("furthest"), false);
});
