import { join } from "@std/path";
import { blobId, GitObjects } from "../../files/git_objects.ts";
import { ifThere } from "../../files/if_there.ts";
import { effectiveCode } from "./source_digest.ts";

/** Where the code of a run stands, and what pins its packages. */
const parts: readonly string[] = ["src", "reproductions", "scripts", "deno.json", "deno.lock"];
/** What of it runs: no tests, no documents. */
const isRun = (name: string) => /\.(ts|js|wasm|json|lock)$/.test(name) && !name.endsWith("_test.ts");

/**
 * Whether the code that a run is made of differs from that of a commit, comments and imports of types aside, as in a source digest.
 * Files that the commit does not have count only by those that import them.
 *
 * @param root The root of the project.
 * @param commit The id of the commit; `null` outside a checkout.
 * @returns `null` where it cannot be told: outside a checkout, and where the objects of the commit cannot be read.
 */
export function differsFromCommit(root: string, commit: string | null): boolean | null {
  if (commit === null) return null;
  try {
    const objects = new GitObjects(join(root, ".git"));
    const tree = objects.commit(commit)?.tree;
    if (tree === undefined) return null;
    const entries = objects.tree(tree);
    return parts.some((name) => {
      const id = entries.get(name);
      return id !== undefined && differs(objects, id, join(root, name));
    });
  } catch {
    return null;
  }
}

/** Whether a file, or one below a folder, is not as git has it. */
function differs(objects: GitObjects, id: string, path: string): boolean {
  const isFolder = ifThere<boolean | null>(() => Deno.statSync(path).isDirectory, null);
  if (isFolder === true) {
    return objects.tree(id).entries().some(([name, child]) => differs(objects, child, join(path, name)));
  }
  if (!isRun(path)) return false;
  if (isFolder === null) return true;
  const content = Deno.readFileSync(path);
  if (blobId(content) === id) return false;
  if (!path.endsWith(".ts")) return true;
  const code = (bytes: Uint8Array) => effectiveCode(new TextDecoder().decode(bytes));
  return code(content) !== code(objects.read(id)!.content);
}
