import fc from "fast-check";
import { join, resolve } from "@std/path";
import { safeName } from "../../../src/data/fetch/safe_name.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";

/** Parts of names that archives have been used to leave a folder with. */
export const nameParts: readonly string[] = [
  ...[
    "a",
    "b.txt",
    "/",
    "/",
    "..",
    "../",
    "../targets",
    "//",
    "\\",
    "..\\",
    "C:",
    "c:/",
    "\0",
    "\n",
    " ",
    "é",
    "~",
    "%2e%2e/",
  ],
  ...["evil", "con", "/etc/passwd", "．．/", "x".repeat(120)],
];

const valid = fc.array(fc.constantFrom(...nameParts), { minLength: 1, maxLength: 5 }).map((parts) =>
  utf8(parts.join(""))
);

/** Names of entries of archives. */
export const safeNameTarget: FuzzTarget = {
  name: "entry-name",
  files: changedBytes(valid, { words: nameParts.map(utf8) }),
  errors: [DataError],
  read: (bytes, folder) => {
    const name = safeName(textOf(bytes));
    must(resolve(folder, name) === join(folder, name), "a name is relative");
    must(join(folder, name).startsWith(`${folder}/`), "a name stays inside the folder");
    must(safeName(name) === name && !/\p{Cc}/u.test(name), "a safe name is safe, to be shown as well");
  },
};
