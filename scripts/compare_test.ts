import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { fixedClaims, fixedResults } from "../src/suite/report/testdata/fixed_results.ts";
import { resultsJson } from "../src/suite/report/write_results_files.ts";
import { judgeCells } from "../src/suite/runner/judge_cells.ts";
import { measuredCells } from "../src/suite/runner/measure_cells.ts";
import type { Results } from "../src/suite/runner/results.ts";
import { root } from "./lib/test_helpers.ts";

async function compare(folder: string, args: readonly string[]): Promise<[number, string, string]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-env=INIT_CWD",
      `${root}scripts/compare.ts`,
      ...args,
    ],
    env: { NO_COLOR: "1", INIT_CWD: folder },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return [code, decode(stdout), decode(stderr)];
}

/** The fixed results, judged with another value of their first cell. */
function measured(value: number): Results {
  const [module] = fixedResults.modules;
  const [first, ...others] = module!.cells;
  const changed = { ...first!, measured: { ...first!.measured!, value, values: [value] } };
  const judged = judgeCells({ ...module!, cells: measuredCells([changed, ...others]) }, {
    claims: fixedClaims.get(module!.id)!,
    baselines: new Map(),
    acceptedDigest: null,
    seeds: module!.seeds,
  });
  return { ...fixedResults, modules: [judged], summary: judged.summary };
}

Deno.test(
  "compare reads files and folders, says what moved, and ends with 0, 1 or 2",
  inFolder(async (folder, t) => {
    await Deno.mkdir(`${folder}/out`);
    await Deno.writeTextFile(`${folder}/out/results.json`, resultsJson(measured(21.8)));
    await Deno.writeTextFile(`${folder}/moved.json`, resultsJson(measured(21.9)));
    const unsound = resultsJson(measured(21.8)).replace('"value": 21.8', '"value": 21.9');
    await Deno.writeTextFile(`${folder}/unsound.json`, unsound);
    await Deno.writeTextFile(
      `${folder}/twice.json`,
      resultsJson(measured(21.8)).replace("{", '{ "profile": "full",'),
    );
    await Deno.writeTextFile(`${folder}/other.json`, '{ "schema": "another/1" }');
    await Deno.writeTextFile(`${folder}/before.json`, '{ "schema": "reproduce-results/1" }');

    await t.step("the same bits: 0", async () => {
      const [code, stdout] = await compare(folder, ["out", "out/results.json"]);
      assertEquals([code, stdout], [0, "Nothing moved: 10 cells have the same bits.\n"]);
    });
    await t.step("one cell moved: 1", async () => {
      const [code, stdout] = await compare(folder, ["out", "moved.json"]);
      assertEquals(code, 1);
      assertStringIncludes(stdout, "1 of 10 cells moved");
    });
    await t.step("as JSON, nothing else", async () => {
      const [code, stdout] = await compare(folder, ["out", "moved.json", "--json"]);
      const { same, changes } = JSON.parse(stdout);
      assertEquals([code, same, changes.length, changes[0].cell], [1, false, 1, "table/1/a"]);
    });
    const wrong: [string, string[], string][] = [
      ["one side alone", ["out"], "A B must be named: one is given: deno task compare --help"],
      ["a file that is not there", ["out", "none.json"], "none.json"],
      ["another schema", ["out", "other.json"], "schema"],
      ["results of an earlier format", ["before.json", "out"], "it must have the format reproduce-results/2"],
      [
        "a value that is not the mean of its values",
        ["out", "unsound.json"],
        "table/1/a: value must be the mean",
      ],
      ["a key twice", ["twice.json", "out"], 'the key "profile" stands twice'],
      ["an unknown option", ["out", "out", "--text"], 'Unknown option "--text"'],
    ];
    for (const [name, args, message] of wrong) {
      await t.step(`${name}: 2 and one line`, async () => {
        const [code, stdout, stderr] = await compare(folder, args);
        assertEquals([code, stdout, stderr.trimEnd().split("\n").length], [2, "", 1], stderr);
        assertStringIncludes(stderr, message);
      });
    }
  }),
);
