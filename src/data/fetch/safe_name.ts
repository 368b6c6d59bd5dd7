import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";

/**
 * The name of an archive entry in the form `a/b/c`, which cannot leave the folder that it is unpacked to.
 *
 * @param name As the archive has it.
 * @throws {DataError} Where it is empty, absolute, has a drive letter, a backslash, a control character or a `..`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(safeName("./a//b.txt"), "a/b.txt");
 * assertThrows(() => safeName("a/../../b.txt"));
 * ```
 */
export function safeName(name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const unsafe = name.startsWith("/") || /^[A-Za-z]:|[\\\p{Cc}]/u.test(name) || parts.includes("..");
  if (unsafe || parts.length === 0) {
    throw new DataError(`its entry ${oneLine(JSON.stringify(name))} is not a name inside the folder`);
  }
  return parts.join("/");
}
