import { assertEquals, assertThrows } from "@std/assert";
import { fullResults, readmeWithResults } from "./accepted_results.ts";
import { root } from "./test_helpers.ts";

Deno.test("README.md and docs/full.md show the accepted values", async () => {
  const readme = await Deno.readTextFile(`${root}/README.md`);
  assertEquals(readme, readmeWithResults(root, readme), "run deno task readme");
  assertEquals(await Deno.readTextFile(`${root}/docs/full.md`), fullResults(root), "run deno task readme");
});

Deno.test("readmeWithResults() refuses a text without the block", () => {
  assertThrows(() => readmeWithResults(root, "# Title\n"), RangeError, "README.md must hold");
});
