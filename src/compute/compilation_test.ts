import { assertEquals } from "@std/assert";
import { fromFileUrl, relative } from "@std/path";

const root = fromFileUrl(new URL("../..", import.meta.url));

/** TypeScript and the CommonJS of threads below a folder of the project. */
function* codeBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* codeBelow(`${folder}/${name}`);
    else if (/\.(ts|cjs)$/.test(name) && !name.endsWith("_test.ts")) yield `${folder}/${name}`;
  }
}

/** A compilation in the background, which other workers that compile the same code wait for. */
const inBackground = /WebAssembly\.(compile|instantiate)(Streaming)?\(/;

Deno.test("no code of the project compiles WebAssembly in the background", () => {
  const found = ["src", "reproductions", "scripts"]
    .flatMap((folder) => [...codeBelow(`${root}${folder}`)])
    .filter((file) => inBackground.test(Deno.readTextFileSync(file)));
  assertEquals(found.map((file) => relative(root, file)), []);
  assertEquals(inBackground.test("await WebAssembly.compile(bytes)"), true);
});
