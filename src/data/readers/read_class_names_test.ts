import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readClassNames } from "./read_class_names.ts";

const text = (content: string) => new TextEncoder().encode(content);

Deno.test("readClassNames() reads the classes and passes over the rest of the file", () => {
  const file =
    "# about\ntrain:\n  images: ../images\n\nclasses:\n  0: unlabeled\n\n  10: traffic light\n# end\nother: 1\n";
  assertEquals([...readClassNames(text(file), "c")], [[0, "unlabeled"], [10, "traffic light"]]);
});

Deno.test("readClassNames() refuses what is no such file, with the line", () => {
  const cases: readonly [string, string][] = [
    ["", 'it must have classes below a line "classes:"'],
    ["classes:\nother: 1\n", "it has none"],
    ["classes:\n  0: a\n  0: b\n", "line 3 has not"],
    ["classes:\n  256: a\n", "line 2 has not"],
    ["classes:\n  - a\n", "line 2 has not"],
    ["classes:\n  1: [a]\n", "line 2 has not"],
  ];
  for (const [file, reason] of cases) {
    assertThrows(() => readClassNames(text(file), "c.yaml"), DataError, reason);
  }
});
