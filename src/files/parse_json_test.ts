import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseJson } from "./parse_json.ts";

Deno.test("parseJson() gives what JSON.parse gives, whatever stands in strings", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), fc.string(), (text, string) => {
    const whole = JSON.stringify({ text, string: [string, { string, text: `{"a":1,"a":2,\\"${string}` }] });
    if (!text.includes("__proto__")) assertEquals(parseJson(text), JSON.parse(text));
    assertEquals(parseJson(whole), JSON.parse(whole));
  }));
});

Deno.test("parseJson() refuses a key that stands twice in one object, however it is written", async (t) => {
  const cases = [
    '{"a":1,"a":1}',
    '{"b":{},"a":[{"a":1}],"b":2}',
    '[[{"x":"}","y":"{","x":1}]]',
    '{"\\u0061":1,"a":2}',
    '{"":1,"":2}',
    '{"a\\"":1,"a\\"":2}',
    '{"constructor":1,"constructor":2}',
  ];
  for (const text of cases) {
    await t.step(
      text,
      () => void assertThrows(() => parseJson(text), SyntaxError, "stands twice in one object"),
    );
  }
  assertThrows(() => parseJson('{"__proto__":{}}'), SyntaxError, "is no key of any file");
  assertThrows(() => parseJson("{"), SyntaxError);
});

Deno.test("parseJson() takes text that is nested deep, without a depth of its own", () => {
  const depth = 5000;
  parseJson(`${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`);
});
