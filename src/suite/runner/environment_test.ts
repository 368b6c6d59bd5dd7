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

Deno.test("readCommit() gives null outside a checkout and on an unborn branch", async () => {
  await withFiles({}, (root) => assertEquals(readCommit(root), null));
  await withFiles({ ".git/HEAD": "ref: refs/heads/main\n" }, (root) => assertEquals(readCommit(root), null));
});

Deno.test("describeMachine() names the pinned tfjs", async () => {
  const root = fromFileUrl(new URL("../../..", import.meta.url));
  const { tfjs, threads } = describeMachine(root, 3);
  const { imports } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
  assertEquals([`npm:@tensorflow/tfjs-core@${tfjs}`, threads], [imports["@tensorflow/tfjs-core"], 3]);
});
