import { assertEquals } from "@std/assert";
import { standardErrorText } from "./standard_error_text.ts";
import { layoutTables } from "./table_layout.ts";
import { shapedReproduction, type TableShape, tableShapes } from "./testdata/table_shapes.ts";

const [shape] = tableShapes["curves"]!;

function text(error: TableShape["error"]): string | null {
  const { reproduction, claims } = shapedReproduction("a", [{ ...shape!, isThere: () => true, error }]);
  return standardErrorText(layoutTables(reproduction, claims)[0]!);
}

Deno.test("standardErrorText() says once what all are over", () => {
  assertEquals(text(() => "draw"), "± is the standard error, over draws");
  assertEquals(
    text((_, column) => column === 0 ? "test item" : null),
    "± is the standard error, over test items",
  );
  assertEquals(text(() => null), null);
});

Deno.test("standardErrorText() goes by column, or by row where rows differ and columns do not", () => {
  assertEquals(
    text((_, column) => column === 2 ? "image" : "seed"),
    "± is the standard error: over seeds in both sets, training set; over images in test set",
  );
  assertEquals(
    text((row) => row === 0 ? null : row === 1 ? "class" : "seed"),
    "± is the standard error: over classes in first - last; over seeds in largest step up",
  );
  // Both would do: rows and columns have one unit each.
  assertEquals(
    text((row, column) => row === 0 && column === 0 ? "image" : row > 0 && column > 0 ? "seed" : null),
    "± is the standard error: over images in both sets; over seeds in training set, test set",
  );
  assertEquals(
    text((row, column) => row === 0 && column === 0 ? "image" : "seed"),
    "± is the standard error: over images or seeds in both sets; over seeds in training set, test set",
  );
});
