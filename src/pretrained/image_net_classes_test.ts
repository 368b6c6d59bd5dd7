import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../errors.ts";
import { orderClasses, readSynset } from "./image_net_classes.ts";
import { utf8 } from "./test_helpers.ts";

const id = (i: number) => `n${String(i).padStart(8, "0")}`;
const lines = Array.from({ length: 1000 }, (_, i) => `${id(i)} class ${i}, other name`);
const file = (all: readonly string[]) => utf8(`${all.join("\n")}\n`);

Deno.test("readSynset() reads ids and names in the order of the lines", () => {
  const classes = readSynset(file(lines), "synset");
  assertEquals(classes.length, 1000);
  assertEquals(classes[7], { wordNetId: "n00000007", names: "class 7, other name" });
});

Deno.test("orderClasses() gives the classes in another order", () => {
  const ids = Array.from({ length: 1000 }, (_, i) => id(999 - i));
  const ordered = orderClasses(file(ids), readSynset(file(lines), "synset"), "order");
  assertEquals(ordered[0], { wordNetId: "n00000999", names: "class 999, other name" });
});

Deno.test("readSynset() and orderClasses() refuse fewer classes, one twice, and other lines", () => {
  const classes = readSynset(file(lines), "synset");
  const twice = [...lines.slice(0, -1), lines[0]!];
  assertThrows(
    () => readSynset(file(lines.slice(1)), "s"),
    DataError,
    "Cannot read s: it must have 1000 different classes: it has 999",
  );
  assertThrows(() => readSynset(file(twice), "s"), DataError, "it has 999 in 1000 lines");
  assertThrows(() => readSynset(file(["x", ...lines.slice(1)]), "s"), DataError, "line 1 has not");
  assertThrows(
    () => orderClasses(file(["n99999999"]), classes, "o"),
    DataError,
    "Cannot read o: a line must be the id of a class: line 1",
  );
  assertThrows(() => orderClasses(file([id(1), id(1)]), classes, "o"), DataError, "it has 1 in 2 lines");
});
