/**
 * What the sources of reproductions and of the suite must not do, whatever they compute: ask which profile it is, take the id
 * of a cell apart, or let a job depend on what only presents.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { fromFileUrl, toFileUrl } from "@std/path";
import jsTokens from "js-tokens";
import type { Cell, Job } from "../src/suite/reproduction.ts";
import { effectiveCode, importClosure } from "../src/suite/runner/source_digest.ts";
import { reproductions } from "./mod.ts";

const root = fromFileUrl(new URL("..", import.meta.url));

/** The sources below folders, relative to the root, without tests. */
function sourcesBelow(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    [...Deno.readDirSync(`${root}${folder}`)].flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      if (isDirectory) return ["assembly", "testdata"].includes(name) ? [] : sourcesBelow(path);
      return name.endsWith(".ts") && !name.endsWith("_test.ts") ? [path] : [];
    })
  );
}

/** What of the code of some files a rule forbids: the file, and the words in it. */
function findings(paths: readonly string[], rule: (source: string) => string[]): string[] {
  return paths.flatMap((path) =>
    rule(Deno.readTextFileSync(`${root}${path}`)).map((found) => `${path}: ${found}`)
  );
}

/**
 * Where code asks which profile it is: the name of one as a text, the list of names, or the name `smoke`, which means
 * nothing else.
 */
function profileTests(source: string): string[] {
  return [...jsTokens(source)].flatMap(({ type, value }) => {
    const isName = (type === "StringLiteral" || type === "NoSubstitutionTemplate") &&
      ["smoke", "standard", "full", "authors"].includes(value.slice(1, -1));
    const isProfile = type === "IdentifierName" && ["Profile", "smoke"].includes(value);
    return isName || isProfile ? [value] : [];
  });
}

/** Names of a cell or its id, at the end of a chain such as `request.cell.id`. */
const cellName = String.raw`\b(?:cell|cellId|id)[!?]?`;

/** Where code takes the id of a cell apart: methods of text on it, or a pattern held against it. */
function parsedIds(source: string): string[] {
  const methods = "split|startsWith|endsWith|slice|substring|match|matchAll|replace|replaceAll|search";
  const ofText = new RegExp(String.raw`[\w.!?]*${cellName}\.(?:${methods})\(`, "g");
  const ofPattern = new RegExp(String.raw`\.(?:exec|test)\((?:[\w.!?]*\.)?${cellName}\)`, "g");
  return [ofText, ofPattern].flatMap((rule) =>
    [...effectiveCode(source).matchAll(rule)].map(([found]) => found)
  );
}

/** A table of text whose fields are called cells, and ids of HTML. */
const allowed = [
  "src/suite/report/markdown_table.ts: cell.replaceAll(",
  "src/suite/report/figures/render_svg.ts: .test(id)",
];

Deno.test("profileTests() notices every way in which code asked which profile it is, and no other text", async (t) => {
  const noticed = [
    'const epochs = profile === "smoke" ? 1 : 90;',
    "if (plan.profile === 'full') return true;",
    "switch (profile) { case `standard`: break; }",
    'const isLong = ["full", x].includes(profile);',
    "const images = { smoke: 8, standard: 24, full: 90 }[profile];",
    "const { epochs } = settings.smoke;",
    'import type { Profile } from "../../src/suite/reproduction.ts";',
  ];
  for (const code of noticed) await t.step(code, () => assertEquals(profileTests(code).length > 0, true));
  const fine = [
    'import type { Profiles } from "../../src/suite/reproduction.ts";',
    'const paper = { title: "The full standard", authors: ["A. Author"] };',
    'const standard = deviation / full; // smoke, "full"',
    "const { epochs } = request.settings;",
  ];
  for (const code of fine) await t.step(code, () => assertEquals(profileTests(code), []));
});

Deno.test("no reproduction asks which profile it is, outside profiles.ts", () => {
  const paths = sourcesBelow("reproductions").filter((path) => !path.endsWith("/profiles.ts"));
  assertEquals(findings(paths, profileTests), []);
});

Deno.test("parsedIds() notices every way in which code took an id apart, and no other text", async (t) => {
  const noticed = [
    'const [table, n, column] = cell.split("/");',
    'if (cell.endsWith("/error")) return errors;',
    'if (claim.cell.startsWith("frames/")) return frames;',
    'const J = Number(cell.slice("J=".length));',
    "const n = Number(/n=(\\d+)/.exec(cell)![1]);",
    "const n = Number(request.cell.id.match(/n=(\\d+)/)?.[1]);",
    'const isTest = (id: string) => id.endsWith("/test");',
    'const dataset = job.id!.replace(/^frames./, "");',
    "return /^order/.test(cellId);",
    'measure: (id) => results[id.split("/")[1]!]',
    "const last = cell?.substring(3);",
  ];
  for (const code of noticed) await t.step(code, () => assertEquals(parsedIds(code).length, 1));
  const fine = [
    'const path = name.split("/");',
    "const some = cells.slice(0, 3);",
    "const twice = ids.find((id, i) => ids.indexOf(id) !== i);",
    "const of = new Map(cells.map((cell) => [cell.id, cell]));",
    'const width = grid.split("x"); // cell.split("/")',
    "expression.test(name);",
  ];
  for (const code of fine) await t.step(code, () => assertEquals(parsedIds(code), []));
});

Deno.test("no code of a reproduction or of the suite takes the id of a cell apart", () => {
  const found = findings(sourcesBelow("reproductions", "src/suite"), parsedIds);
  assertEquals(found.filter((one) => !allowed.includes(one)), []);
  assertEquals(allowed.filter((one) => !found.includes(one)), [], "these need no exception any more");
});

Deno.test("a cell is measured from the results of its jobs alone: its id is not passed on", () => {
  const parameters: Parameters<Cell["measure"]> extends readonly [(job: Job) => unknown] ? "results" : never =
    "results";
  assertEquals(parameters, "results");
});

for (const { id, tasksUrl } of reproductions) {
  Deno.test(`the tasks of ${id} reach nothing that plans, presents or judges`, () => {
    const { files } = importClosure([tasksUrl], import.meta.resolve);
    const base = toFileUrl(root).href;
    const paths = files.map((url) => url.replace(base, ""));
    const barred = paths.filter((path) =>
      /(^|\/)(profiles|figures|papers|cells)\.ts$|\.md$|\.csv$/.test(path) ||
      /^reproductions\/(\w+\/)?mod\.ts$|^src\/suite\/(report|golden|runner)\//.test(path)
    );
    assertEquals(barred, []);
    assertEquals(paths.includes(`reproductions/${id}/run.ts`), true);
    const others = paths.filter((path) =>
      /^reproductions\/\w+\//.test(path) && !path.startsWith(`reproductions/${id}/`)
    );
    assertEquals(others, [], "code of another reproduction");
  });
}
