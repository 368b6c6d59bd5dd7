import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type Column, columns, errorCell, orderings, sizes } from "./columns.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));

/** What the table prints, by the id of the cell. */
const printed = new Map(
  loadClaims(golden, "mnist_scattering").map(({ cell, published }) => [cell, published?.value]),
);

function printedError(column: Column, n: number): number {
  return printed.get(errorCell(column, n))!;
}

/** Whether two columns differ in one thing, the feature or the classifier. */
function isComparable(a: Column, b: Column): boolean {
  return (a.printed === b.printed) !== (a.classifier === b.classifier);
}

/** Whether two columns stand in one line; those without wavelets stand in all. */
function isOneLine(a: Column, b: Column): boolean {
  const lines = [a, b].filter(({ printed }) => ["scat1", "scat2"].includes(printed)).map(({ line }) => line);
  return new Set(lines).size <= 1;
}

Deno.test("orderings go from the smaller to the larger printed number", () => {
  const wrong = orderings.filter(({ n, lower, upper }) => printedError(lower, n) >= printedError(upper, n));
  assertEquals(wrong.map(({ id }) => id), []);
});

Deno.test("orderings are all that the printed table shows, on every line that has both columns", () => {
  const expected = sizes.flatMap((n) =>
    columns.flatMap((lower) =>
      columns.filter((upper) =>
        isComparable(lower, upper) && isOneLine(lower, upper) &&
        printedError(lower, n) < printedError(upper, n)
      ).map((upper) => `${errorCell(lower, n)} < ${errorCell(upper, n)}`)
    )
  );
  const planned = orderings.map(({ n, lower, upper }) => `${errorCell(lower, n)} < ${errorCell(upper, n)}`);
  assertEquals(planned.toSorted(), expected.toSorted());
});

Deno.test("orderings have ids that tell them apart", () => {
  assertEquals(new Set(orderings.map(({ id }) => id)).size, orderings.length);
});
