import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { parseResults, resultsSchema } from "./results.ts";
import { inRoot } from "./testdata/toy_root.ts";
import { runToy } from "./testdata/toy_run.ts";

Deno.test("parseResults() names a fault in one line that no terminal acts on", async (t) => {
  const cases: [string, string, string][] = [
    ["no JSON", '{"a":\n\u001b[31m', "it must be JSON"],
    ["an unknown key", '{"schema":"reproduce-results/2","x\\ny":1}', "Cannot read a.json: "],
    ["nothing", "", "it must be JSON"],
    ["deeply nested", "[".repeat(100_000), "Cannot read a.json: "],
    ["another schema", '{"schema":"other/1"}', "Cannot read a.json: schema:"],
    ["null", "null", "Cannot read a.json: the document:"],
    [
      "a control character in the format",
      '{"schema":"reproduce-results/\\u001b[31m"}',
      "it has reproduce-results/",
    ],
  ];
  for (const [name, text, message] of cases) {
    await t.step(name, () => {
      const error = assertThrows(() => parseResults(text, "a.json"), UsageError, message);
      assertEquals(/\p{Cc}/u.test(error.message), false);
    });
  }
});

Deno.test("parseResults() says of results in an older format which one it must be, and what to do", () => {
  const error = assertThrows(
    () =>
      parseResults('{"schema":"reproduce-results/1","profile":"full","modules":[],"summary":{}}', "a.json"),
    UsageError,
  );
  assertEquals(
    error.message,
    "Cannot read a.json: it must have the format reproduce-results/2: it has reproduce-results/1: " +
      "run deno task reproduce again with this version, or read it with the version that wrote it",
  );
});

Deno.test(
  "parseResults() refuses a reproduction whose id is no plain name: it would lead to other files",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    for (const id of ["../evil", "a/b", "", ".", "x".repeat(101), "a\n"]) {
      const text = JSON.stringify({
        ...results,
        modules: results.modules.map((module) => ({ ...module, id })),
      });
      const message = "Cannot read a.json: modules.0.id: must be a plain name";
      assertThrows(() => parseResults(text, "a.json"), UsageError, message);
    }
  }),
);

Deno.test(
  "resultsSchema accepts what a run writes",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    assert(resultsSchema.safeParse(JSON.parse(JSON.stringify(results))).success);
  }),
);

Deno.test(
  "parseResults() refuses a standard error that is negative",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const text = JSON.stringify(results).replace(/"standardError":[^,]*/, '"standardError":-1');
    const message = "Cannot read a.json: modules.0.cells.0.measured.standardError: ";
    assertThrows(() => parseResults(text, "a.json"), UsageError, message);
  }),
);

Deno.test(
  "parseResults() refuses a key that stands twice, a text that a terminal would act on, and a time below 0",
  inRoot(async (root, t) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const text = JSON.stringify(results);
    const cases: [string, string, string][] = [
      [
        "a key twice",
        text.replace('"value":', '"value":1,"value":'),
        'the key "value" stands twice in one object',
      ],
      [
        "a title",
        text.replace("A toy", "A toy\\u001b[31m"),
        "modules.0.paper.title: must have no control character",
      ],
      ["a processor", text.replace('"cpu":""', '"cpu":"\\u009b1m"'), "environment.cpu: must have no control"],
      ["a time", text.replace(/"elapsedMs":[^,]*/, '"elapsedMs":-1'), "environment.elapsedMs: "],
    ];
    for (const [name, changed, message] of cases) {
      await t.step(name, () => {
        assert(changed !== text);
        assertThrows(() => parseResults(changed, "a.json"), UsageError, message);
      });
    }
  }),
);
