import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { writeToStandardError, writeToStandardOutput } from "./standard_streams.ts";

/** A stream that takes three bytes at a time, and fails behind some. */
function slowStream(room: number, failure: Error) {
  const taken: number[] = [];
  return {
    taken,
    writeSync(bytes: Uint8Array): number {
      if (taken.length >= room) throw failure;
      const part = bytes.subarray(0, 3);
      taken.push(...part);
      return part.length;
    },
  };
}

const gone = new Deno.errors.BrokenPipe("Broken pipe (os error 32)");
const full = new Error("No space left on device (os error 28)");

Deno.test("writeToStandardOutput() writes all, ends quietly where nobody reads, and says where there is no room", () => {
  const whole = slowStream(Infinity, gone);
  writeToStandardOutput("grüße", whole);
  assertEquals(new TextDecoder().decode(Uint8Array.from(whole.taken)), "grüße");
  const closed = slowStream(3, gone);
  writeToStandardOutput("abcdef", closed);
  assertEquals(closed.taken.length, 3);
  const { message } = assertThrows(() => writeToStandardOutput("abcdef", slowStream(3, full)), UsageError);
  assertEquals(
    message,
    "Cannot write to standard output: No space left on device (os error 28): make room and run the same command " +
      "again, what is finished is kept",
  );
});

Deno.test("writeToStandardError() writes all, and ends nothing where it cannot", () => {
  const whole = slowStream(Infinity, gone);
  writeToStandardError("abcdefg", whole);
  assertEquals(whole.taken.length, 7);
  for (const failure of [gone, full]) writeToStandardError("abcdef", slowStream(0, failure));
});
