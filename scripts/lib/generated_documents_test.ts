import { assert, assertEquals, assertThrows } from "@std/assert";
import { generatedDocuments } from "./generated_documents.ts";
import { readmeWithResults } from "./readme_results.ts";
import { pageWidth } from "./results_page.ts";
import { root } from "./test_helpers.ts";

const documents = await generatedDocuments(root);

Deno.test("README.md, docs/results/, docs/slides.md and the pull plot show the accepted values", async () => {
  for (const [path, text] of documents) {
    assertEquals(await Deno.readTextFile(`${root}/${path}`), text, `${path} is old: run deno task readme`);
  }
});

Deno.test("docs/results/ has a page for every reproduction and no other one", async () => {
  const pages = (await Array.fromAsync(Deno.readDir(`${root}/docs/results`))).map(({ name }) => name);
  const generated = documents.keys().filter((path) => path.startsWith("docs/results/"));
  assertEquals(pages.sort(), [...generated].map((path) => path.slice("docs/results/".length)).sort());
});

Deno.test("no line of docs/results/ is wider than a page", () => {
  for (const [path, text] of documents) {
    if (!path.startsWith("docs/results/")) continue;
    for (const [i, line] of text.split("\n").entries()) {
      assert(line.length <= pageWidth, `${path}:${i + 1} has ${line.length} characters: ${line}`);
    }
  }
});

Deno.test("README.md has at most 250 lines", () => {
  assert(documents.get("README.md")!.trimEnd().split("\n").length <= 250);
});

Deno.test("every link of the documents leads to a file of the project", async () => {
  for (const [path, text] of documents) {
    if (!path.endsWith(".md")) continue;
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const url = new URL(target!.split("#")[0]!, `file://${root}/${path}`);
      await Deno.stat(url).catch(() => assert(false, `${path} links to ${target}, which is not there`));
    }
  }
});

Deno.test("the picture of a report is small", async () => {
  assert((await Deno.stat(`${root}/docs/images/report.png`)).size < 150_000);
});

Deno.test("every task that README.md names is one of deno.json", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const named = new Set(
    [...documents.get("README.md")!.matchAll(/deno task ([a-z][a-z:-]*)/g)].map(([, task]) => task!),
  );
  assert(named.size > 10);
  assertEquals([...named].filter((task) => !Object.hasOwn(tasks, task)), []);
});

Deno.test("readmeWithResults() refuses a text without one of its blocks", () => {
  const commands = "<!-- commands: begin (deno task readme) -->\n<!-- commands: end -->\n";
  assertThrows(
    () => readmeWithResults("# Title\n", []),
    RangeError,
    "Cannot write the commands: README.md must hold",
  );
  assertThrows(
    () => readmeWithResults(commands, []),
    RangeError,
    "Cannot write the results: README.md must hold",
  );
});
