import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { displayWidth } from "../../src/suite/report/display_width.ts";
import { explainCells, type Explanation, explanationText, listText } from "./explanation.ts";
import { listCells } from "./matching_cells.ts";
import { root } from "./test_helpers.ts";

const golden = `${root}golden`;

const explanations = await explainCells(listCells(golden, reproductions.map(({ id }) => id)), golden);

const [first] = explanations;

Deno.test("explanationText() fits the explanation of every cell into a terminal, and names cell, source and command", () => {
  for (const explanation of explanations) {
    const text = explanationText(explanation, 80);
    assertEquals(text.split("\n").filter((line) => displayWidth(line) > 80), []);
    const whole = explanationText(explanation, null).split("\n");
    assertEquals(whole[0], `${explanation.module}/${explanation.cell}`);
    assert(whole.some((line) => line.startsWith(`source      ${explanation.claims[0]!.source}; `)));
    assertEquals(whole.at(-2), `alone       ${explanation.command}`);
  }
});

Deno.test("explanationText() has four digits of what was accepted, two of its standard error, and the commit", () => {
  const baselines: Explanation["baselines"] = {
    standard: { value: 99.93166, standardError: 0.00351234, acceptedIn: "e354008aaaa" },
    full: { value: 12, standardError: null, acceptedIn: "e354008aaaa" },
  };
  const text = explanationText({ ...first!, baselines }, null);
  assertStringIncludes(text, "\nbaseline    standard: 99.93 ± 0.0035, accepted in e354008\n");
  assertStringIncludes(text, "\nbaseline    full: 12.00, accepted in e354008\n");
  assertStringIncludes(
    explanationText({ ...first!, baselines: {} }, null),
    "\nbaseline    none was accepted\n",
  );
});

Deno.test("listText() has a line for each cell, and fits a terminal", () => {
  const lines = listText(explanations, null).trimEnd().split("\n");
  assertEquals(lines.length, explanations.length + 1);
  assertMatch(lines[0]!, /^\S+\/\S+ +(printed \S+|claim), [a-z ]+$/);
  assertEquals(listText(explanations, 80).split("\n").filter((line) => displayWidth(line) > 80), []);
});
