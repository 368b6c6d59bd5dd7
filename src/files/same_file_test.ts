import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../errors.ts";
import { fileIdentity } from "./follow_links.ts";
import { refuseSameFile } from "./same_file.ts";
import { inFolder } from "./test_helpers.ts";

Deno.test(
  "refuseSameFile() refuses two names of one file: by spelling, symbolic link, hard link, and before it is there",
  inFolder((folder) => {
    Deno.mkdirSync(`${folder}/real`);
    Deno.writeTextFileSync(`${folder}/real/file`, "");
    Deno.linkSync(`${folder}/real/file`, `${folder}/hard`);
    Deno.symlinkSync("real/file", `${folder}/soft`);
    Deno.symlinkSync("real", `${folder}/folder`);
    Deno.symlinkSync("real/new", `${folder}/dangling`);
    const pairs = [
      ["real/file", "real/file"],
      ["real/file", "real/../real//file"],
      ["real/file", "hard"],
      ["soft", "hard"],
      ["folder/file", "soft"],
      ["folder", "real"],
      ["folder/new", "real/new"],
      ["dangling", "real/new"],
      ["absent/new", "absent/../absent/new"],
    ] as const;
    for (const [a, b] of pairs) {
      const paths = [{ name: "IN", path: `${folder}/${a}` }, { name: "OUT", path: `${folder}/${b}` }];
      for (const given of [paths, paths.toReversed()]) {
        const { message } = assertThrows(() => refuseSameFile(given), UsageError);
        const [first, second] = given;
        assertEquals(
          message,
          `Cannot take ${second!.path} for ${second!.name}: it must be another one than ${
            first!.name
          }, which is the ` +
            `same (${first!.path}), and one of them would be lost: give another name`,
        );
      }
    }
  }),
);

Deno.test(
  "refuseSameFile() takes different files, copies among them, and what is not given",
  inFolder((folder) => {
    for (const name of ["a", "b"]) Deno.writeTextFileSync(`${folder}/${name}`, "same content");
    refuseSameFile([
      { name: "IN", path: `${folder}/a` },
      { name: "OUT", path: `${folder}/b` },
      { name: "--meta", path: undefined },
      { name: "--list", path: undefined },
      { name: "--more", path: `${folder}/c` },
    ]);
  }),
);

Deno.test("fileIdentity() of two names in one folder is the same exactly where the names are", () => {
  const part = fc.stringMatching(/^[a-c]{1,2}$/);
  fc.assert(fc.property(part, part, (a, b) => {
    assertEquals(fileIdentity(`absent/${a}`) === fileIdentity(`absent/x/../${b}`), a === b);
  }));
});
