/**
 * What may change about a reproduction without one of its jobs being computed again: all but the code of its tasks. The key of a
 * stored result holds the source digest of `run.ts`, the parameters of the job and the digests of its data.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { dirname, fromFileUrl, toFileUrl } from "@std/path";
import { withFolder } from "../src/files/test_helpers.ts";
import { effectiveCode, importClosure, sourceDigest } from "../src/suite/runner/source_digest.ts";
import { reproductions } from "./mod.ts";

const root = fromFileUrl(new URL("..", import.meta.url));

/** The files that a module is made of, relative to the root. */
function closureOf(url: string): string[] {
  const base = toFileUrl(root).href;
  return importClosure([url], import.meta.resolve).files.map((file) => file.replace(base, ""));
}

const closures = new Map(reproductions.map(({ id, tasksUrl }) => [id, closureOf(tasksUrl)]));

/** What presents, plans and judges the reproduction of an id, by what an author would change there. */
const presenting: Readonly<Record<string, (id: string) => string[]>> = {
  "a caption": (id) => [`reproductions/${id}/figures.ts`],
  "the README": (id) => [`reproductions/${id}/README.md`],
  "a golden row": (id) => [`golden/${id}.csv`],
  "a comment in mod.ts": (id) => [`reproductions/${id}/mod.ts`],
  "a knob of a profile": (id) => [`reproductions/${id}/profiles.ts`],
  // Wherever its title stands: in mod.ts, or in a file that several share.
  "the paper": (id) => closureOf(import.meta.resolve(`./${id}/mod.ts`)).filter(statesPaper),
};

/** Whether a file states where claims were published. */
function statesPaper(path: string): boolean {
  return path.endsWith(".ts") && /\bvenue: "/.test(Deno.readTextFileSync(`${root}${path}`));
}

for (const [what, files] of Object.entries(presenting)) {
  Deno.test(`no job depends on ${what}`, async (t) => {
    for (const [id, closure] of closures) {
      await t.step(id, () => {
        const paths = files(id);
        assert(paths.length > 0, "there is no such file");
        for (const path of paths) {
          assert(Deno.statSync(`${root}${path}`).isFile, path);
          assertEquals(closure.includes(path), false, path);
        }
      });
    }
  });
}

Deno.test("no job depends on a comment, wherever it stands in a file of the tasks", () => {
  const sources = new Set([...closures.values()].flat().filter((path) => path.endsWith(".ts")));
  assert(sources.size > 50, `${sources.size} files`);
  for (const path of sources) {
    const source = Deno.readTextFileSync(`${root}${path}`);
    const commented = `/** Why: "from" a paper. */\n${source}// import "./figures.ts";\n`;
    assertEquals(effectiveCode(commented), effectiveCode(source), path);
  }
});

Deno.test("a checkout in which all of that was changed has the same source digests, and another one by a line of code", async (t) => {
  await withFolder(async (copy) => {
    const others = reproductions.flatMap(({ id }) => Object.values(presenting).flatMap((files) => files(id)));
    for (const path of new Set([...[...closures.values()].flat(), ...others])) {
      await Deno.mkdir(dirname(`${copy}/${path}`), { recursive: true });
      await Deno.copyFile(`${root}${path}`, `${copy}/${path}`);
    }
    const digests = () =>
      reproductions.map(({ id }) => sourceDigest(toFileUrl(`${copy}/reproductions/${id}/run.ts`).href, copy));
    const before = digests();
    await t.step("all that presents", async () => {
      for (const path of others) await Deno.writeTextFile(`${copy}/${path}`, "changed\n", { append: true });
      assertEquals(digests(), before);
    });
    await t.step("a comment in run.ts", async () => {
      await appendToTasks(copy, "// A better word.\n");
      assertEquals(digests(), before);
    });
    await t.step("a line of code in run.ts", async () => {
      await appendToTasks(copy, "export const more = 1;\n");
      digests().forEach((digest, i) => assertNotEquals(digest, before[i], reproductions[i]!.id));
    });
  });
});

async function appendToTasks(folder: string, text: string): Promise<void> {
  for (const { id } of reproductions) {
    await Deno.writeTextFile(`${folder}/reproductions/${id}/run.ts`, text, { append: true });
  }
}
