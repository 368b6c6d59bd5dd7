import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CellResult } from "../../runner/results.ts";
import { fixedResults } from "../testdata/fixed_results.ts";
import { strip } from "./strip.ts";

const cell = fixedResults.modules[0]!.cells[0]!;
const of = (own: Partial<CellResult>) => strip({ ...cell, ...own }).markup;
const without = { value: 1, standardError: null, unitOfError: null, values: [1] };

Deno.test("strip() puts a difference as large as allowed on the edge of the band", () => {
  assertStringIncludes(of({ deviation: 3 }), '<circle class="point" cx="72"');
  assertStringIncludes(of({ deviation: -3 }), '<circle class="point" cx="24"');
});

Deno.test("strip() scales a relative tolerance by the published value, an interval by the standard error", () => {
  const relative = { kind: "relative", value: 0.1, rationale: "" } as const;
  assertStringIncludes(of({ tolerance: relative, deviation: 2.192 }), 'cx="72"');
  const interval = { kind: "interval", value: 2, rationale: "" } as const;
  assertStringIncludes(of({ tolerance: interval, deviation: 1.62 }), 'cx="72"');
});

Deno.test("strip() draws the interval, and none without a standard error", () => {
  // 48 + 24 (0 +- 1.96 * 0.81) / 3
  assertStringIncludes(of({ deviation: 0 }), 'class="whisker" d="M35.3 5H60.7"');
  assertEquals(of({ measured: without }).includes("whisker"), false);
});

Deno.test("strip() points to what lies beyond it", () => {
  assertStringIncludes(of({ deviation: 100 }), '<path class="point" d="M94 5l-6');
  assertStringIncludes(of({ deviation: -100 }), '<path class="point" d="M2 5l6');
});

Deno.test("strip() shades the allowed side of a bound, with the value on its own side", () => {
  const atMost = of({
    tolerance: { kind: "at-most", value: 3, rationale: "" },
    measured: without,
    deviation: -1,
  });
  assertStringIncludes(atMost, '<rect class="band" x="0" width="48"');
  assertStringIncludes(atMost, 'cx="4.8"');
  const atLeast = of({
    tolerance: { kind: "at-least", value: 3, rationale: "" },
    measured: without,
    deviation: -1,
  });
  assertStringIncludes(atLeast, '<rect class="band" x="48" width="48"');
});

Deno.test("strip() stays finite where nothing but the exact value is allowed, and is empty without a difference", () => {
  const exact = { kind: "absolute", value: 0, rationale: "" } as const;
  assertEquals(
    /NaN|Infinity/.test(of({ tolerance: exact, deviation: 0 }) + of({ tolerance: exact, deviation: 1 })),
    false,
  );
  const bound = { kind: "at-most", value: 0, rationale: "" } as const;
  assertEquals(/NaN|Infinity/.test(of({ tolerance: bound, measured: without, deviation: 0 })), false);
  assertEquals(of({ deviation: null }), "");
});
