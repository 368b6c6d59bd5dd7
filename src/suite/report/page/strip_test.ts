import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CellResult } from "../../runner/results.ts";
import { fixedResults } from "../testdata/fixed_results.ts";
import { strip } from "./strip.ts";

/** A printed 21.92, measured with a standard error of 0.81, of which 3 to either side are allowed. */
const [number] = fixedResults.modules[0]!.cells;
const claim: CellResult = { ...number!, role: "claim", published: null };
const measured = (value: number, standardError: number | null = 0.81) => {
  return { value, standardError, unitOfError: null, values: [value] };
};
const tolerance = (kind: CellResult["tolerance"]["kind"], value: number) => ({ kind, value, rationale: "" });
const paint = (own: Partial<CellResult>, cell: CellResult = number!) => strip({ ...cell, ...own }).markup;

Deno.test("strip() puts a difference as large as allowed on the edge of the band", () => {
  assertStringIncludes(paint({ measured: measured(24.92) }), '<circle class="point" cx="72"');
  assertStringIncludes(paint({ measured: measured(18.92) }), '<circle class="point" cx="24"');
});

Deno.test("strip() scales a relative tolerance by the published value, an interval by the standard error", () => {
  const relative = tolerance("relative", 0.1);
  assertStringIncludes(
    paint({ tolerance: relative, measured: measured(21.92 + 2.192) }),
    'class="point" cx="72"',
  );
  const interval = tolerance("interval", 2);
  assertStringIncludes(
    paint({ tolerance: interval, measured: measured(21.92 + 1.62) }),
    'class="point" cx="72"',
  );
});

Deno.test("strip() shows the interval, and none without a standard error", () => {
  // 48 + 24 (0 +- 1.96 * 0.81) / 3
  assertStringIncludes(paint({ measured: measured(21.92) }), 'class="whisker" d="M35.3 5H60.7"');
  assertEquals(paint({ measured: measured(21.92, null) }).includes("whisker"), false);
});

Deno.test("strip() points to what lies beyond it", () => {
  assertStringIncludes(paint({ measured: measured(121) }), '<path class="point" d="M94 5l-6');
  assertStringIncludes(paint({ measured: measured(-79) }), '<path class="point" d="M2 5l6');
});

Deno.test("strip() shades the allowed side of a bound, with the value on its own side and no published number", () => {
  const atMost = paint({ tolerance: tolerance("at-most", 3), measured: measured(2, null) }, claim);
  assertStringIncludes(atMost, '<rect class="band" x="0" width="48"');
  assertStringIncludes(atMost, 'class="point" cx="4.8"');
  assertEquals(atMost.includes("hollow"), false);
  const atLeast = paint({ tolerance: tolerance("at-least", 3), measured: measured(2, null) }, claim);
  assertStringIncludes(atLeast, '<rect class="band" x="48" width="48"');
});

Deno.test("strip() has a bound on each side of 0 where a claim allows both signs", () => {
  const both = paint({ tolerance: tolerance("absolute", 2), measured: measured(-1, null) }, claim);
  assertStringIncludes(both, '<path class="bound" d="M24 0V10M72 0V10"');
  assertStringIncludes(both, 'class="point" cx="36"');
  assertEquals(both.includes("hollow"), false);
});

Deno.test("strip() shows a printed bound with the number that is printed", () => {
  const published = { text: "<= 5", value: 5 };
  const printed = paint({ tolerance: tolerance("at-most", 5), published, measured: measured(4, null) });
  assertStringIncludes(printed, '<path class="bound" d="M48 0V10"');
  assertStringIncludes(printed, '<circle class="hollow" cx="48"');
});

Deno.test("strip() stays finite where nothing but the exact value is allowed, and is empty without a value", () => {
  const exact = tolerance("absolute", 0);
  const bound = tolerance("at-most", 0);
  const markup = [
    paint({ tolerance: exact, measured: measured(0, null) }, claim),
    paint({ tolerance: exact, measured: measured(1, null) }, claim),
    paint({ tolerance: bound, measured: measured(0, null) }, claim),
  ].join("");
  assertEquals(/NaN|Infinity/.test(markup), false);
  assertEquals(paint({ measured: null }), "");
});
