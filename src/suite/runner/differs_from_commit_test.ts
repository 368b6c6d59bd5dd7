import { assertEquals } from "@std/assert";
import { withFolder } from "../../files/test_helpers.ts";
import { commitStates } from "../../files/testdata/loose_repository.ts";
import { differsFromCommit } from "./differs_from_commit.ts";

const code = "/** Gives a. */\nexport const a = 1;\n";

/** Whether the code differs after a change of the checkout. */
function after(change: (root: string) => void): Promise<boolean | null> {
  return withFolder((root) => {
    const [commit] = commitStates(root, [{
      "deno.json": "{}",
      "README.md": "r",
      src: { "a.ts": code, "a_test.ts": "1;", "b.wasm": "w" },
    }]);
    change(root);
    return differsFromCommit(root, commit!);
  });
}

Deno.test("differsFromCommit() finds changed code, kernels and pins, and a file that is gone", async () => {
  assertEquals(await after(() => {}), false);
  assertEquals(
    await after((root) => Deno.writeTextFileSync(`${root}/src/a.ts`, code.replace("1", "2"))),
    true,
  );
  assertEquals(await after((root) => Deno.writeTextFileSync(`${root}/src/b.wasm`, "v")), true);
  assertEquals(await after((root) => Deno.writeTextFileSync(`${root}/deno.json`, '{"a":1}')), true);
  assertEquals(await after((root) => Deno.removeSync(`${root}/src/a.ts`)), true);
});

Deno.test("differsFromCommit() leaves out comments, tests and documents", async () => {
  const comment = code.replace("Gives a", "Is a");
  assertEquals(await after((root) => Deno.writeTextFileSync(`${root}/src/a.ts`, comment)), false);
  assertEquals(await after((root) => Deno.writeTextFileSync(`${root}/src/a_test.ts`, "2;")), false);
  assertEquals(await after((root) => Deno.writeTextFileSync(`${root}/README.md`, "s")), false);
});

Deno.test("differsFromCommit() gives null where it cannot tell", async () => {
  assertEquals(differsFromCommit("/no/such/folder", "0".repeat(40)), null);
  assertEquals(differsFromCommit("/no/such/folder", null), null);
  assertEquals(await after((root) => Deno.removeSync(`${root}/.git/objects`, { recursive: true })), null);
});
