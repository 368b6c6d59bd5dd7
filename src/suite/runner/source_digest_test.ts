import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { effectiveCode, importClosure, referencesOf, sourceDigest } from "./source_digest.ts";

Deno.test("referencesOf() finds every kind of reference and none in comments", () => {
  const source = `
/**
 * import { x } from "./doc.ts";
 */
import { a } from "./a.ts"; // from "./comment.ts"
import type {
  B,
} from "./b.ts";
import "./effect.ts";
export * from "./c.ts";
const glob = "table4/*";
const d = await import("./d.ts");
const wasm = new URL("./kernel.wasm", import.meta.url);
// import "./line.ts"
`;
  const all = ["./a.ts", "./b.ts", "./effect.ts", "./c.ts", "./d.ts", "./kernel.wasm"];
  assertEquals(referencesOf(source), all);
  assertEquals(referencesOf(source, false), all.filter((name) => name !== "./b.ts"));
});

Deno.test("effectiveCode() keeps what runs, whatever looks like a comment or a type in it", () => {
  const source = [
    'import { type A } from "./a.ts";',
    'import {\n  type A,\n  type B,\n} from "./b.ts";',
    'import { type A, c } from "./c.ts";',
    'export type { D } from "./d.ts";',
    "export const quotient = (a / b) / c; // halves",
    'const words = ["from", "x", `import "${y}"`];',
    'const pattern = /["//]/; /* why */ const text = `// ${pattern /* what */} "`;',
  ].join("\n");
  assertEquals(effectiveCode(source).split("\n"), [
    'import { type A, c } from "./c.ts";',
    "export const quotient = (a / b) / c;",
    'const words = ["from", "x", `import "${y}"`];',
    'const pattern = /["//]/; const text = `// ${pattern } "`;',
  ]);
});

function withSources(files: Record<string, string>, run: (root: string) => void, prefix = ""): void {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix }));
  try {
    for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${root}/${name}`, text);
    run(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

const sources = {
  "a.ts": 'import "./b.ts"; import "zod";',
  "b.ts": 'import "./a.ts"; const w = new URL("./k.wasm", import.meta.url);',
  "k.wasm": "1",
  "unused.ts": "1",
};

Deno.test("importClosure() follows circles, data files and packages", () => {
  withSources(sources, (root) => {
    const { files, packages } = importClosure([`file://${root}/a.ts`], (name) => `npm:${name}@1`);
    assertEquals(files.map((url) => url.slice(`file://${root}/`.length)), ["a.ts", "b.ts", "k.wasm"]);
    assertEquals(packages, ["npm:zod@1"]);
  });
});

Deno.test("sourceDigest() changes with a file of the closure, and with no other", () => {
  withSources(sources, (root) => {
    const digest = () => sourceDigest(`file://${root}/a.ts`, root);
    const before = digest();
    Deno.writeTextFileSync(`${root}/unused.ts`, "2");
    assertEquals(digest(), before);
    Deno.writeTextFileSync(
      `${root}/b.ts`,
      `/** Why. */\nimport type { T } from "./unused.ts";\n${sources["b.ts"]}`,
    );
    assertEquals(digest(), before);
    Deno.writeTextFileSync(`${root}/k.wasm`, "2");
    assertNotEquals(digest(), before);
  });
});

Deno.test("sourceDigest() does not depend on where the checkout stands", () => {
  let first = "";
  withSources(sources, (root) => void (first = sourceDigest(`file://${root}/a.ts`, root)));
  // A name before and behind that of any folder beside it.
  for (const prefix of ["!", "~"]) {
    withSources(sources, (root) => assert(sourceDigest(`file://${root}/a.ts`, root) === first), prefix);
  }
});
