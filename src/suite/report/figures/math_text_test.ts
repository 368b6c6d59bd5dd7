import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { mathElement, mathHtml, mathWidth, plainText, textRuns } from "./math_text.ts";
import { textWidth } from "./text_width.ts";

Deno.test("textRuns() takes braces alone for scripts: what has none is one run", () => {
  for (const text of ["a_b", "x^2", "2^", "^{open", "a {b}"]) {
    assertEquals(textRuns(text), [{ text, script: "none" }]);
  }
  assertEquals(textRuns("σ_{w}^{2}").map(({ script }) => script), ["none", "below", "above"]);
});

Deno.test("plainText(), mathHtml() and mathElement() keep every letter", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "B", "1", " ", "λ"), minLength: 1, maxLength: 8 });
  const part = fc.tuple(fc.constantFrom("", "^", "_"), letters);
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
    const text = parts.map(([sign, own]) => sign === "" ? own : `${sign}{${own}}`).join("");
    const wanted = parts.map(([, own]) => own).join("");
    assertEquals(mathHtml(text).replaceAll(/<[^>]*>/g, ""), wanted);
    assertEquals(mathElement(text, 0, 0).replaceAll(/<[^>]*>/g, ""), wanted);
    assert(!plainText(text).includes("{"));
  }));
});

Deno.test("mathWidth() of a text without scripts is its width; scripts are smaller, and one above another takes no room", () => {
  assertEquals(mathWidth("energy (%)", 12), textWidth("energy (%)", 12));
  assert(mathWidth("2^{J}", 12) < textWidth("2J", 12));
  assertEquals(mathWidth("σ_{w}^{2}", 12), mathWidth("σ_{w}", 12));
  assert(mathWidth("σ_{w}^{2222}", 12) > mathWidth("σ_{w}", 12));
});

Deno.test("mathElement() returns to the line behind a script", () => {
  const shifts = [...mathElement("a^{b}c_{d}^{e}f", 0, 0).matchAll(/dy="([^"]*)"/g)].map(([, dy]) =>
    Number(dy)
  );
  assert(Math.abs(shifts.reduce((sum, dy) => sum + dy, 0)) < 1e-9);
});
