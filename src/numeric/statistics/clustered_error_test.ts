import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { clusteredStandardError } from "./clustered_error.ts";
import { standardErrorOfMean } from "./standard_error.ts";

Deno.test("clusteredStandardError() of groups of one value is that of independent values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 20 }),
      (values) => {
        const independent = standardErrorOfMean(values)!;
        assertAlmostEquals(clusteredStandardError(values.map((value) => [value]))!, independent, 1e-12);
      },
    ),
  );
});

Deno.test("clusteredStandardError() of values that repeat in their group is that of the groups", () => {
  const groups = [[1], [4], [2], [7]];
  assertAlmostEquals(
    clusteredStandardError(groups.map(([value]) => Array<number>(30).fill(value!)))!,
    clusteredStandardError(groups)!,
    1e-12,
  );
});

Deno.test("clusteredStandardError() cannot be told from one group", () => {
  assertEquals([clusteredStandardError([[1, 2, 3]]), clusteredStandardError([[1, 2], []])], [null, null]);
});
