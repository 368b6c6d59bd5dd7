import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { displayWidth } from "./display_width.ts";
import { wrapText } from "./wrap_text.ts";

const words = fc.array(fc.stringMatching(/^[a-z\u4e00-\u4e20é]{1,40}$/), { minLength: 1, maxLength: 20 });

Deno.test("wrapText() has no line that is too wide, and loses nothing", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 90 }), (given, columns) => {
      const lines = wrapText(given.join(" "), { columns, first: ">> ", rest: "> ", continued: " \\" });
      for (const line of lines) assert(displayWidth(line) <= columns, line);
      const letters = lines.map((line) => line.replace(/^>>? /, "").replace(/ \\$/, "")).join("");
      assertEquals(letters.replaceAll(" ", ""), given.join(""));
    }),
  );
});

Deno.test("wrapText() cuts no word that fits on a line of its own, and does not wrap without a width", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 82, max: 90 }), (given, columns) => {
      assertEquals(wrapText(given.join(" "), { columns }).flatMap((line) => line.split(" ")), given);
      assertEquals(wrapText(given.join(" "), { columns: null, first: "- " }), [`- ${given.join(" ")}`]);
    }),
  );
});
