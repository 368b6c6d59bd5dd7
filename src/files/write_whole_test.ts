import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { cannotWrite } from "./cannot_write.ts";
import { inFolder } from "./test_helpers.ts";
import { writeWhole } from "./write_whole.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test(
  "writeWhole() writes text, bytes and pieces, replaces what was there, and leaves no other file",
  inFolder((folder) => {
    const path = `${folder}/file`;
    for (const content of ["é", Uint8Array.of(0xc3, 0xa9), [Uint8Array.of(0xc3), Uint8Array.of(0xa9)]]) {
      writeWhole(path, content);
      assertEquals(Deno.readTextFileSync(path), "é");
    }
    writeWhole(path, "");
    assertEquals([Deno.readTextFileSync(path), namesIn(folder)], ["", ["file"]]);
  }),
);

Deno.test(
  "writeWhole() says what it cannot write, and leaves what was there",
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "old");
    Deno.mkdirSync(`${folder}/folder/in`, { recursive: true });
    for (const name of ["none/file", "file/below", "folder"]) {
      assertThrows(
        () => writeWhole(`${folder}/${name}`, "new"),
        UsageError,
        `Cannot write ${folder}/${name}: `,
      );
    }
    assertEquals(Deno.readTextFileSync(`${folder}/file`), "old");
    assertEquals(namesIn(folder).sort(), ["file", "folder"]);
  }),
);

Deno.test("cannotWrite() says what to do where a disk is full, and only there", () => {
  assertMatch(
    cannotWrite("a", new Error("No space left on device (os error 28)")).message,
    /: make room and run/,
  );
  assertEquals(
    cannotWrite("a", new Error("Permission denied (os error 13)")).message,
    "Cannot write a: Permission denied (os error 13)",
  );
});
