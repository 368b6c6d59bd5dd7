import { assertEquals, assertThrows } from "@std/assert";
import { drawModule } from "./draw_module.ts";
import { reproduction } from "./testdata/toy.ts";

const figure = { id: "same", title: "A figure", caption: "", panels: [] };

Deno.test("drawModule() names the module of each figure, and needs none", () => {
  assertEquals(drawModule({ ...reproduction, figures: () => [figure] }, [], { cells: [] }), [
    { module: "toy", figure },
  ]);
  const { figures: _, ...silent } = reproduction;
  assertEquals(drawModule(silent, [], { cells: [] }), []);
});

Deno.test("drawModule() refuses two figures of one id", () => {
  assertThrows(
    () => drawModule({ ...reproduction, figures: () => [figure, figure] }, [], { cells: [] }),
    Error,
    "Two figures of toy have the same id",
  );
});
