import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { root } from "./lib/test_helpers.ts";

const folder = `${root}.github/workflows`;

for (const { name } of Deno.readDirSync(folder)) {
  const text = Deno.readTextFileSync(`${folder}/${name}`);

  Deno.test(`${name} pins every action to a commit, and names its version`, () => {
    const uses = [...text.matchAll(/\buses:\s*(.*)/g)].map(([, action]) => action!);
    assert(uses.length > 0);
    for (const action of uses) assertMatch(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  Deno.test(`${name} may read the repository and nothing else, and leaves no credentials behind`, () => {
    assertEquals(text.match(/^ *permissions:\n(?: +.*\n)+/gm), ["permissions:\n  contents: read\n"]);
    assertEquals(text.split("actions/checkout@").length, text.split("persist-credentials: false").length);
    assert(!/secrets\.|pull_request_target/.test(text));
  });

  Deno.test(`${name} puts what an expression gives into no command but a shard's number`, () => {
    const commands = [...text.matchAll(/^ *run:(?: \|\n(?: {10,}.*\n)+| .*\n)/gm)].map(([command]) =>
      command
    );
    assert(commands.length > 0);
    assertEquals(commands.flatMap((command) => command.match(/\$\{\{[^}]*\}\}/g) ?? []), [
      "${{ matrix.shard }}",
    ]);
  });

  Deno.test(`${name} cuts as many shards as it merges, and keeps what the merge reads`, () => {
    const [, list] = /shard: \[([\d, ]+)\]/.exec(text)!;
    const shards = list!.split(", ");
    assertEquals(shards, shards.map((_, i) => String(i + 1)));
    assertStringIncludes(text, `--shard "\${{ matrix.shard }}/${shards.length}"`);
    assertStringIncludes(text, `deno task merge ${shards.map((i) => `shards/shard-${i}`).join(" ")} --out`);
    const [upload] = text.match(/name: shard-\$\{\{ matrix\.shard \}\}\n(?: {10,}.*\n)+/)!;
    for (const part of ["results.json", "cache/jobs/", "cache/plan.json"]) {
      assert(upload.includes(" out/\n") && !upload.includes(`!out/${part}`), part);
    }
  });

  Deno.test(`${name} names no host of a package registry`, () => {
    assertEquals(text.match(/registry\.|npmjs|jsr\.io|https?:/g), null);
  });
}
