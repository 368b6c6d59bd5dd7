import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { parseResults } from "./results.ts";

Deno.test("parseResults() names a fault in one line that no terminal acts on", () => {
  const cases: [string, string][] = [
    ['{"a":\n\u001b[31m', "it must be JSON"],
    ['{"schema":"reproduce-results/1","x\\ny":1}', "Cannot read a.json: "],
    ["", "it must be JSON"],
    ["[".repeat(100_000), "Cannot read a.json: "],
  ];
  for (const [text, message] of cases) {
    const error = assertThrows(() => parseResults(text, "a.json"), UsageError, message);
    assertEquals(/\p{Cc}/u.test(error.message), false);
  }
});
