import { assertEquals } from "@std/assert";
import { describeError } from "./describe_error.ts";

Deno.test("describeError() says what keeps a program from the folders of the system, and no option that would not help", () => {
  const reason = "it lies in a folder of the system (/proc, /sys or /dev), which holds no files of users";
  for (const path of ["/proc/foo", "/sys", "/dev/full"]) {
    const message = `Requires all access to "${path}", run again with the --allow-all flag`;
    assertEquals(describeError(new Deno.errors.NotCapable(message)), reason);
  }
  for (
    const other of [
      new Deno.errors.NotCapable('Requires write access to "/home/a", run again with the --allow-write flag'),
      new Error("Permission denied (os error 13): open '/proc/foo'"),
    ]
  ) {
    assertEquals(describeError(other), other.message);
  }
});
