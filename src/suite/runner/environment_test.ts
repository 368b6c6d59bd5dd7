import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { withFolder } from "../../files/test_helpers.ts";
import { describeMachine, readCommit } from "./environment.ts";

/** Runs a test in a folder with these files. */
function withFiles(files: Record<string, string>, run: (root: string) => void): Promise<void> {
  return withFolder(async (root) => {
    await Deno.mkdir(`${root}/.git/refs/heads`, { recursive: true });
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${root}/${name}`, text);
    run(root);
  });
}

const commit = "0123456789abcdef0123456789abcdef01234567";

Deno.test("readCommit() reads the commit of a branch, a packed branch and a detached head", async (t) => {
  const cases: [string, Record<string, string>][] = [
    ["branch", { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${commit}\n` }],
    ["packed", {
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/packed-refs": `# pack-refs\n${commit} refs/heads/main\n`,
    }],
    ["detached", { ".git/HEAD": `${commit}\n` }],
  ];
  for (const [name, files] of cases) {
    await t.step(name, () => withFiles(files, (root) => assertEquals(readCommit(root), commit)));
  }
});

Deno.test("readCommit() gives null outside a checkout, on an unborn branch, and for what is no commit", async () => {
  const noCommit: Record<string, string>[] = [
    {},
    { ".git/HEAD": "ref: refs/heads/main\n" },
    { ".git/HEAD": "ref: ../README.md\n", "README.md": "words" },
    { ".git/HEAD": `${commit}0` },
  ];
  for (const files of noCommit) await withFiles(files, (root) => assertEquals(readCommit(root), null));
});

Deno.test("describeMachine() names the pinned tfjs", async () => {
  const root = fromFileUrl(new URL("../../..", import.meta.url));
  const { tfjs, threads } = describeMachine(root, 3);
  const { imports } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
  assertEquals([`npm:@tensorflow/tfjs-core@${tfjs}`, threads], [imports["@tensorflow/tfjs-core"], 3]);
});

Deno.test("describeMachine() tells the flags of V8, and none where there are none", () => {
  const root = fromFileUrl(new URL("../../..", import.meta.url));
  const before = Deno.env.get("DENO_V8_FLAGS");
  try {
    Deno.env.set("DENO_V8_FLAGS", "--no-wasm-bounds-checks,--experimental-wasm-revectorize");
    const { v8Flags } = describeMachine(root, 1);
    assertEquals(v8Flags, ["--no-wasm-bounds-checks", "--experimental-wasm-revectorize"]);
    Deno.env.delete("DENO_V8_FLAGS");
    assertEquals("v8Flags" in describeMachine(root, 1), false);
  } finally {
    if (before !== undefined) Deno.env.set("DENO_V8_FLAGS", before);
  }
});
