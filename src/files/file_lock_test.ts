import { assert, assertEquals } from "@std/assert";
import { FileLock, takeTurn } from "./file_lock.ts";
import { inFolder } from "./test_helpers.ts";

Deno.test(
  "FileLock lets many share a file, or one have it alone",
  inFolder((folder) => {
    const path = `${folder}/lock`;
    {
      using first = FileLock.share(path);
      using second = FileLock.share(path);
      assert(first !== null && second !== null);
      assertEquals(FileLock.alone(path), null);
    }
    using alone = FileLock.alone(path);
    assert(alone !== null);
    assertEquals([FileLock.share(path), FileLock.alone(path)], [null, null]);
  }),
);

Deno.test(
  "FileLock takes a file that was removed for none",
  inFolder((folder) => {
    const path = `${folder}/lock`;
    using alone = FileLock.alone(path);
    assert(alone !== null);
    Deno.removeSync(path);
    using next = FileLock.share(path);
    assert(next !== null);
    assertEquals(FileLock.alone(path), null);
  }),
);

Deno.test(
  "takeTurn() keeps a second one waiting until the first is done",
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "");
    const done: string[] = [];
    const first = await takeTurn(path);
    const second = takeTurn(path).then((turn) => {
      done.push("second");
      turn[Symbol.dispose]();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    done.push("first");
    first[Symbol.dispose]();
    await second;
    assertEquals(done, ["first", "second"]);
    using _none = await takeTurn(`${folder}/none`);
  }),
);
