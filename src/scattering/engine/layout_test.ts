import { assertEquals } from "@std/assert";
import { readFields } from "../../compute/test_helpers.ts";
import { layout } from "./layout.ts";

const source = new URL("assembly/layout.ts", import.meta.url);

for (const [name, fields] of Object.entries(layout)) {
  Deno.test(`layout.${name} has the fields of the kernel's class`, () => {
    assertEquals([...fields], readFields(source, name));
  });
}

Deno.test("layout has every class of the kernel", () => {
  const classes = Deno.readTextFileSync(source).matchAll(/export class (\w+)/g);
  assertEquals(Object.keys(layout), Array.from(classes, ([, name]) => name));
});
