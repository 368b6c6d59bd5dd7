import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { openCache, removeCache } from "./cache.ts";

Deno.test(
  "removeCache() leaves a cache that a run uses, and says how much of another went",
  inFolder((out) => {
    {
      using first = openCache(out);
      using second = openCache(out);
      first.results.put("key", new Uint8Array(36));
      assertThrows(() => removeCache(out), UsageError, `Cannot remove ${out}/cache: a run goes on`);
      assert(second.results.get("key") !== undefined);
    }
    // The entry with its digest, the tag and the lock.
    assertEquals(removeCache(out), { files: 3, bytes: 100 + 44 });
    assertEquals([...Deno.readDirSync(out)], []);
    assertEquals(removeCache(out), null);
  }),
);

Deno.test(
  "removeCache() leaves a folder that is no cache of this project",
  inFolder((out) => {
    Deno.mkdirSync(`${out}/cache`);
    Deno.writeTextFileSync(`${out}/cache/mine`, "");
    assertEquals(removeCache(out), null);
    assertEquals([...Deno.readDirSync(`${out}/cache`)].length, 1);
  }),
);

Deno.test(
  "openCache() finds before any work what stands in the place of one of its folders",
  inFolder((folder) => {
    for (const name of ["jobs", "artifacts", "checkpoints", "times"]) {
      const out = `${folder}/${name}`;
      Deno.mkdirSync(`${out}/cache`, { recursive: true });
      Deno.writeTextFileSync(`${out}/cache/${name}`, "");
      assertThrows(() => openCache(out), UsageError, `Cannot write the output folder ${out}`);
    }
  }),
);
