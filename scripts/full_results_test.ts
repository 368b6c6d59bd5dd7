import { assertEquals } from "@std/assert";
import { fullResults } from "./full_results.ts";
import { root } from "./test_helpers.ts";

Deno.test("docs/full.md shows the accepted values of the profile full", async () => {
  assertEquals(await Deno.readTextFile(`${root}/docs/full.md`), fullResults(root), "run deno task full");
});
