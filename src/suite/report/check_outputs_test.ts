import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { checkOutputs } from "./check_outputs.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";
import { resultFiles, writeResultsFiles } from "./write_results_files.ts";

Deno.test(
  "writeResultsFiles() writes the files that resultFiles names, and no other",
  inFolder((folder) => {
    writeResultsFiles(folder, fixedResults, fixedClaims, {
      written: { figures: [], files: [] },
      parameters: {},
      cellTimes: new Map(),
      readmes: new Map(),
      history: new Map(),
      seeds: new Map(),
    });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), resultFiles.toSorted());
  }),
);

Deno.test(
  "checkOutputs() finds whatever stands in the place of a file that a run writes",
  inFolder(async (folder, t) => {
    const obstacles: readonly [string, (path: string) => unknown, string][] = [
      ["a folder", (path) => Deno.mkdirSync(path), "it is a folder"],
      ["a pipe", (path) => new Deno.Command("mkfifo", { args: [path] }).outputSync(), "it is a pipe"],
      ["a device", (path) => Deno.symlinkSync("/dev/full", path), "it is a device|folder of the system"],
      ["links in a circle", (path) => Deno.symlinkSync(path, path), "more than 40 symbolic links"],
      ["a link to nowhere", (path) => Deno.symlinkSync(`${folder}/no/where`, path), "there is no such"],
    ];
    const names = [...resultFiles, "figures/toy-jobs.png", "figures/toy-jobs.csv", "figures/toy-jobs.svg"];
    for (const [what, put, reason] of obstacles) {
      await t.step(what, () => {
        for (const name of names) {
          const out = Deno.makeTempDirSync({ dir: folder });
          Deno.mkdirSync(`${out}/figures`);
          put(`${out}/${name}`);
          const { message } = assertThrows(() => checkOutputs(out), UsageError);
          assertStringIncludes(message, `${out}/${name}`);
          assertMatch(message, new RegExp(reason));
        }
      });
    }
    await t.step("something that is no folder for the figures", () => {
      for (
        const put of [
          (path: string) => Deno.writeTextFileSync(path, ""),
          (path: string) => Deno.symlinkSync("x", path),
        ]
      ) {
        const out = Deno.makeTempDirSync({ dir: folder });
        put(`${out}/figures`);
        assertThrows(() => checkOutputs(out), UsageError, `Cannot write figures to ${out}/figures`);
      }
    });
  }),
);

Deno.test(
  "checkOutputs() refuses two outputs that are one file, and one that is read",
  inFolder((folder) => {
    const out = `${folder}/out`;
    Deno.mkdirSync(out);
    Deno.writeTextFileSync(`${folder}/shard.json`, "shard");
    Deno.linkSync(`${folder}/shard.json`, `${out}/results.json`);
    checkOutputs(out);
    const read = { name: "DIR", path: `${folder}/shard.json` };
    assertThrows(() => checkOutputs(out, [read]), UsageError, "it must be another one than DIR");
    Deno.symlinkSync("results.json", `${out}/report.html`);
    assertThrows(() => checkOutputs(out), UsageError, "must be another one than report.html");
    assertEquals(Deno.readTextFileSync(`${folder}/shard.json`), "shard");
  }),
);

Deno.test(
  "checkOutputs() leaves what is there, and makes nothing",
  inFolder((folder) => {
    checkOutputs(`${folder}/none`);
    Deno.writeTextFileSync(`${folder}/results.json`, "earlier");
    checkOutputs(folder);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["results.json"]);
    assertEquals(Deno.readTextFileSync(`${folder}/results.json`), "earlier");
  }),
);
