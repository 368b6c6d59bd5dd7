import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { inFolder } from "../../files/test_helpers.ts";
import { sharedArtifact } from "./artifact.ts";
import { Store } from "./store.ts";

const inStore = (run: (store: Store, folder: string) => void | Promise<void>) =>
  inFolder((folder) => run(new Store(folder), folder));

Deno.test(
  "Store gives back what was put, and nothing under another key",
  inStore((store) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
      store.put("key", content);
      assertEquals(new Uint8Array(store.get("key")!), content);
    }));
    assertEquals(store.get("other"), undefined);
  }),
);

Deno.test(
  "Store holds a damaged entry for missing, whichever byte is hit",
  inStore(async (store, folder) => {
    store.put("key", new TextEncoder().encode("finished"));
    const entry = await Deno.readFile(`${folder}/key`);
    for (let i = 0; i < entry.length; i++) {
      const damaged = entry.slice();
      damaged[i]! ^= 1;
      await Deno.writeFile(`${folder}/key`, damaged);
      assertEquals(store.get("key"), undefined, `byte ${i}`);
    }
    await Deno.writeFile(`${folder}/key`, entry.subarray(0, 70));
    assertEquals(store.get("key"), undefined, "truncated");
  }),
);

Deno.test(
  "Store leaves no temporary file behind",
  inStore(async (store, folder) => {
    store.put("key", new Uint8Array(3));
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["key"]);
  }),
);

Deno.test(
  "sharedArtifact() makes an artifact once for equal parts and anew for others",
  inStore(async (store) => {
    let made = 0;
    const make = () => Uint8Array.of(++made);
    const both = await Promise.all([
      sharedArtifact(store, { a: 1 }, make),
      sharedArtifact(store, { a: 1 }, make),
    ]);
    assertEquals(both.map((bytes) => [...bytes]), [[1], [1]]);
    assertEquals([...await sharedArtifact(store, { a: 1 }, make)], [1]);
    assertEquals([...await sharedArtifact(store, { a: 2 }, make)], [2]);
  }),
);

Deno.test(
  "Store removes what is there, and does not mind what is not",
  inStore((store) => {
    store.put("key", new Uint8Array(3));
    store.remove("key");
    store.remove("other");
    assertEquals(store.get("key"), undefined);
  }),
);

Deno.test(
  "Store looks up plain names alone",
  inStore((store) => {
    for (const key of ["../key", "a/b", "", ".", "..", "a\0b", "a".repeat(201)]) {
      assertThrows(() => store.get(key), RangeError, "a key must be");
      assertThrows(() => store.put(key, new Uint8Array(1)), RangeError, "a key must be");
      assertThrows(() => store.remove(key), RangeError, "a key must be");
    }
  }),
);
