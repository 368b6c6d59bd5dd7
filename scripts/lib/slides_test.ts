import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { GoldenError } from "../../src/errors.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { globMatcher } from "../../src/suite/runner/glob.ts";
import { parseSlides, slidesPage } from "./slides.ts";
import { root } from "./test_helpers.ts";

const claims = parseSlides(Deno.readTextFileSync(`${root}/docs/slides.csv`), "docs/slides.csv");

Deno.test("every pattern of docs/slides.csv matches cells of a golden file", () => {
  const cells = reproductions.flatMap(({ id }) =>
    loadClaims(`${root}/golden`, id).map(({ cell }) => `${id}/${cell}`)
  );
  for (const { number, cells: patterns } of claims) {
    for (const pattern of patterns) {
      const matches = globMatcher(pattern);
      assert(cells.some(matches), `row ${number}: no cell matches ${pattern}`);
    }
  }
});

Deno.test("every figure of docs/slides.csv is one that the sources of its reproduction name", () => {
  for (const { number, figures } of claims) {
    for (const figure of figures) {
      const [id = "", name = ""] = figure.split("/");
      const folder = `${root}/reproductions/${id}`;
      const sources = [...Deno.readDirSync(folder)].filter((entry) => entry.name.endsWith(".ts"))
        .map((entry) => Deno.readTextFileSync(`${folder}/${entry.name}`));
      assert(sources.some((source) => source.includes(`"${name}"`)), `row ${number}: no figure ${figure}`);
    }
  }
});

Deno.test("a row of docs/slides.csv that no reproduction carries says why, and names those that exist", () => {
  const known = new Set(reproductions.map(({ id }) => id));
  for (const { number, cells, figures, reproductions: named, reason } of claims) {
    const carriers = new Set([...cells, ...figures].map((path) => path.split("/")[0]!));
    if (carriers.size === 0) assert(reason !== "", `row ${number}`);
    assertEquals([...carriers].filter((id) => !named.includes(id)), [], `row ${number}`);
    const missing = named.filter((id) => !carriers.has(id) && known.has(id));
    assertEquals(
      missing,
      [],
      `row ${number} names a reproduction that exists, without a cell or figure of it`,
    );
  }
});

const header = "number,deck,printed,reproduction,cells,figures,reason\n";

Deno.test("parseSlides() reads lists of patterns and decks", () => {
  const [claim] = parseSlides(
    `${header}1,"T, M",a law,one two,one/a/* two/b,one/plot,in part\n`,
    "slides.csv",
  );
  assertEquals(claim, {
    number: 1,
    decks: ["T", "M"],
    printed: "a law",
    reproductions: ["one", "two"],
    cells: ["one/a/*", "two/b"],
    figures: ["one/plot"],
    reason: "in part",
  });
});

Deno.test("parseSlides() refuses a row that nothing carries and that gives no reason, and other faults", () => {
  const faults: [string, string][] = [
    ["1,T,a law,one,,,\n", "slides.csv:2: the row must have cells, figures or a reason"],
    ["1,X,a law,one,one/a,,\n", "slides.csv:2: column deck must be of T, M, B"],
    ["1,T,a law,one,a,,\n", "slides.csv:2: column cells must name the reproduction"],
    ["1,T,,one,one/a,,\n", "slides.csv:2: column printed must say"],
    ["2,T,a law,one,one/a,,\n", "slides.csv:2: column number must be 1: it is 2"],
    ["1,T,a law,one,one/a\n", "slides.csv:2: column figures"],
  ];
  for (const [row, message] of faults) {
    assertThrows(() => parseSlides(header + row, "slides.csv"), GoldenError, message);
  }
  assertThrows(() => parseSlides("a,b\n", "slides.csv"), GoldenError, "slides.csv:1: the header");
});

Deno.test("slidesPage() says of what is not reproduced why, and keeps pipes out of the table", () => {
  const text = slidesPage(
    parseSlides(
      `${header}1,T,||x||,not_there,,,not yet reproduced\n2,B,b,not_there,not_there/a,,\n`,
      "slides.csv",
    ),
    [],
  );
  assertStringIncludes(text, "| 1 | T | \\|\\|x\\|\\| | not yet reproduced (`not_there`) |  |  |");
  assertStringIncludes(text, "Of 2 things that they print, 1 is carried by cells or figures, in whole");
});
