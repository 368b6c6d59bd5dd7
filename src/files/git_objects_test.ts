import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { createHash } from "node:crypto";
import { GitObjects } from "./git_objects.ts";
import { withFolder } from "./test_helpers.ts";
import { commitStates } from "./testdata/loose_repository.ts";

const testdata = fromFileUrl(new URL("testdata", import.meta.url));
/** The last commit of testdata/make_packs.sh, as `git log` names it. */
const last = "f90dfd2a3d6a70ec3780f6c6134be974615ef980";

/** The id that an object has by its content: what is read right has the id that it was asked for by. */
function idOf({ type, content }: { readonly type: string; readonly content: Uint8Array }): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

for (const kind of ["offset", "id"]) {
  Deno.test(`GitObjects reads a pack with changes of objects by ${kind}: every object has its own id`, () => {
    const objects = new GitObjects(`${testdata}/git-${kind}`);
    const seen = new Set<string>();
    const visit = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      const object = objects.read(id)!;
      assertEquals(idOf(object), id);
      if (object.type === "tree") objects.tree(id).values().forEach(visit);
      if (object.type === "commit") {
        const { tree, parent } = objects.commit(id)!;
        visit(tree);
        if (parent !== null) visit(parent);
      }
    };
    visit(last);
    // Of each of three commits: itself, two trees and two files.
    assertEquals(seen.size, 15);
  });
}

Deno.test("GitObjects reads loose objects, the date of a commit and its parent", () =>
  withFolder((root) => {
    const [first, second] = commitStates(root, [{ a: "1", b: { c: "2" } }, { a: "3" }]);
    const objects = new GitObjects(`${root}/.git`);
    const commit = objects.commit(second!)!;
    assertEquals([commit.parent, commit.date], [first!, "2026-01-02T12:00:00.000Z"]);
    assertEquals([...objects.tree(commit.tree).keys()], ["a"]);
    const before = objects.tree(objects.commit(first!)!.tree);
    assertEquals([...before.keys()], ["a", "b"]);
    const folder = objects.tree(before.get("b")!);
    assertEquals(new TextDecoder().decode(objects.read(folder.get("c")!)!.content), "2");
    assertEquals(objects.commit(first!)!.parent, null);
  }));

Deno.test("GitObjects finds nothing outside a repository, and nothing of an id that it lacks", () => {
  const missing = "0".repeat(40);
  assertEquals(new GitObjects("/no/such/folder").read(missing), undefined);
  const objects = new GitObjects(`${testdata}/git-offset`);
  assertEquals([objects.read(missing), objects.commit(missing)], [undefined, undefined]);
  assertEquals(objects.tree(missing).size, 0);
  assert(objects.commit(objects.commit(last)!.tree) === undefined);
});
