import { assertEquals } from "@std/assert";
import { resultsJsonSchema } from "../src/suite/runner/results.ts";

Deno.test("docs/results.schema.json is the schema that results.json is checked with", async () => {
  const published = await Deno.readTextFile(new URL("../docs/results.schema.json", import.meta.url));
  assertEquals(published, resultsJsonSchema(), "run deno task schema");
});
