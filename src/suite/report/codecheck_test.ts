import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseDocument } from "yaml";
import { codecheckYaml } from "./codecheck.ts";
import { fixedResults } from "./testdata/fixed_results.ts";

const files = [{ path: "results.json" }, { path: "figures/toy_paper-a b.png" }, {
  path: "figures/other.csv",
}];
const figures = [{
  reproduction: "toy_paper",
  title: 'Energy: "by" scale # no comment',
  files: ["figures/toy_paper-a b.png"],
}];

interface CodecheckPaper {
  readonly title: string;
  readonly authors: readonly { readonly name: string }[];
  readonly reference?: string;
}

interface Codecheck {
  readonly version: string;
  readonly manifest: readonly { readonly file: string; readonly comment?: string }[];
  readonly paper: CodecheckPaper;
  readonly reproduce_other_papers?: readonly CodecheckPaper[];
  readonly source: string;
}

function read(text: string): Codecheck {
  const document = parseDocument(text);
  assertEquals([...document.errors, ...document.warnings], []);
  assertEquals(document.directives?.yaml, { explicit: true, version: "1.1" });
  return document.toJS();
}

Deno.test("codecheckYaml() is an explicit YAML 1.1 document that names its specification", () => {
  const text = codecheckYaml(fixedResults, { files, figures });
  assert(text.startsWith("%YAML 1.1\n---\n"));
  assertEquals(read(text).version, "https://codecheck.org.uk/spec/config/1.0/");
});

Deno.test("codecheckYaml() lists every table and figure with its relative path, and says what it is", () => {
  const { manifest } = read(codecheckYaml(fixedResults, { files, figures }));
  assertEquals(manifest.map(({ file }) => file), ["results.json", "figures/toy_paper-a b.png"]);
  assertEquals(manifest[1]!.comment, 'Figure of toy_paper: Energy: "by" scale # no comment');
  assert(manifest[0]!.comment!.length > 0);
});

Deno.test("codecheckYaml() names the paper with its authors and its identifier", () => {
  const [reproduction] = fixedResults.modules;
  const withReference = (own: { readonly doi?: string; readonly arxiv?: string }) =>
    read(codecheckYaml({
      ...fixedResults,
      modules: [{ ...reproduction!, paper: { ...reproduction!.paper, ...own } }],
    }, { files, figures })).paper;
  const { title, authors, reference } = withReference({ doi: "10.1/a", arxiv: "1203.1513" });
  assertEquals([title, authors.map(({ name }) => name)], ["A <title>", ["A. One", "B. Two"]]);
  assertEquals(reference, "https://doi.org/10.1/a");
  assertEquals(withReference({ arxiv: "1203.1513" }).reference, "arXiv:1203.1513");
  assertEquals(withReference({}).reference, undefined);
});

Deno.test("codecheckYaml() keeps one paper apart from the others, each once", () => {
  const [reproduction] = fixedResults.modules;
  const other = { ...reproduction!, id: "other", paper: { ...reproduction!.paper, title: "Another: title" } };
  const twice = { ...fixedResults, modules: [reproduction!, other, { ...other, id: "again" }] };
  const found = read(codecheckYaml(twice, { files, figures }));
  assertEquals(found.paper.title, "A <title>");
  assertEquals(found.reproduce_other_papers?.map(({ title }) => title), ["Another: title"]);
  assertEquals(read(codecheckYaml(fixedResults, { files, figures })).reproduce_other_papers, undefined);
});

Deno.test("codecheckYaml() says which code and data the results are from, and leaves what the checker adds", () => {
  const text = codecheckYaml(fixedResults, { files, figures });
  const found = read(text);
  assertStringIncludes(found.source, "commit e354008");
  assertStringIncludes(found.source, "photographs: SHA-256 ab");
  for (const key of ["codechecker", "report", "certificate", "check_time", "summary"]) {
    assert(!Object.hasOwn(found, key), key);
    assertStringIncludes(text, key);
  }
});
