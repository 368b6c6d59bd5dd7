import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { wrapMarkdown } from "./wrap_markdown.ts";

const word = fc.constantFrom(
  "a",
  "some",
  "words",
  "-",
  "+2",
  "#",
  ">=",
  "1.",
  "2)",
  "`code`",
  "|",
  "***",
  "~~~",
);

Deno.test("wrapMarkdown() keeps all words, in lines that fit where single words do", () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (words, width) => {
        const lines = wrapMarkdown(words.join(" "), width, "  ");
        assertEquals(lines.flatMap((line) => line.trim().split(" ")), words);
        // A line is too long only where it has one word with those that must not begin a line.
        for (
          const line of lines.filter((line) => line.length > width)
        ) {
          assertEquals(line.trim().split(" ").slice(1).filter((own) => !mayNotBegin.test(own)), []);
        }
      },
    ),
  );
});

const mayNotBegin = /^([-+*#>=|]|\d+[.)]$|~~~)/;

Deno.test("wrapMarkdown() begins no line but the first with a mark of Markdown", () => {
  fc.assert(fc.property(fc.array(word, { minLength: 1 }), (words) => {
    const [, ...others] = wrapMarkdown(words.join(" "), 12, "  ");
    for (const line of others) assert(!mayNotBegin.test(line.trim()), line);
  }));
});
