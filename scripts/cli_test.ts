import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { displayWidth } from "../src/suite/report/display_width.ts";
import type { CellResult } from "../src/suite/runner/results.ts";
import { root, runTask } from "./lib/test_helpers.ts";

Deno.test(
  "every wrong input gives one line with the value and the exit status of the contract",
  inFolder(async (folder, t) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await Deno.symlink(".", `${folder}/link`);
    await Deno.mkdir(`${folder}/obstructed/results.json`, { recursive: true });
    const cases: [string, string, string[], number, string][] = [
      ["unknown module", "reproduce", ["energies"], 2, 'Unknown module "energies"'],
      ["unknown option", "reproduce", ["--celll", "x"], 2, 'Unknown option "--celll": did you mean --cell? '],
      ["option without a value", "reproduce", ["--cell"], 2, "--cell lacks its value: it must be GLOB"],
      ["unknown form of tables", "reproduce", ["--table", "x"], 2, "it must be one of wide, narrow"],
      ["unknown profile", "reproduce", ["--profile", "quick"], 2, 'Unknown profile "quick"'],
      [
        "cell that matches nothing",
        "reproduce",
        ["--cell", "table9/*"],
        2,
        'profile standard matches "table9/*"',
      ],
      [
        "more seeds than can be planned",
        "reproduce",
        ["--seeds", "1001"],
        2,
        "a whole number from 1 to 1000",
      ],
      ["no shard", "reproduce", ["--shard", "3/2"], 2, 'Cannot take shard "3/2"'],
      ["no threads", "reproduce", ["--threads", "0"], 2, 'Cannot take --threads "0"'],
      ["data folder that is not there", "reproduce", ["--data", `${folder}/nothing`], 2, `${folder}/nothing`],
      [
        "unwritable output",
        "reproduce",
        ["--profile", "smoke", "--out", `${folder}/file/out`],
        2,
        `${folder}/file/out`,
      ],
      ["no results to verify", "verify", [`${folder}/none.json`], 2, `${folder}/none.json`],
      [
        "two files to verify",
        "verify",
        ["a", "b"],
        2,
        "it takes RESULTS.json: deno task verify --help lists",
      ],
      ["a folder without results", "verify", [folder], 2, "results.json"],
      ["results that are none", "verify", [`${folder}/file`], 2, "it must be JSON"],
      [
        "accept without a run, of a run",
        "accept",
        ["scattering_energy", "--profile", "smoke", "--prune", "--out", folder],
        2,
        "Cannot take --out with --prune",
      ],
      ["accept without a profile", "accept", ["scattering_energy"], 2, "--profile NAME is missing"],
      [
        "accept without results",
        "accept",
        ["scattering_energy", "--profile", "smoke", "--out", folder],
        2,
        "results.json",
      ],
      ["unknown cell", "explain", ["table1/J=33/m=1"], 2, "did you mean table1/J=3/m=1 "],
      [
        "merged over a shard",
        "merge",
        [`${folder}/file`, folder, "--out", `${folder}/link`],
        2,
        `Cannot take ${folder}/link for --out: it must be another one than DIR`,
      ],
      [
        "an option twice",
        "reproduce",
        ["--profile", "smoke", "--profile", "full"],
        2,
        "Cannot take --profile twice",
      ],
      [
        "a stream for a file",
        "verify",
        ["-"],
        2,
        'Cannot take "-" as a file: no standard stream takes its place',
      ],
      ["no name", "reproduce", ["--out="], 2, 'Cannot take "" as a file'],
      [
        "a folder of the system",
        "reproduce",
        ["--profile", "smoke", "--out", "/proc/foo"],
        2,
        "Cannot write the output folder /proc/foo: it lies in a folder of the system",
      ],
      [
        "a folder in place of results.json",
        "reproduce",
        ["--profile", "smoke", "--out", `${folder}/obstructed`],
        2,
        `Cannot write ${folder}/obstructed/results.json: it is a folder`,
      ],
      [
        "a file to serve",
        "view",
        ["--out", `${folder}/file`, "--port", "0"],
        2,
        "it must be a folder: it is a file",
      ],
      ["a file to clean", "clean", ["--out", `${folder}/file`], 2, "it must be a folder: it is a file"],
      [
        "a folder of the system to serve",
        "view",
        ["--out", "/proc/foo"],
        2,
        "Cannot serve /proc/foo: it lies in a",
      ],
      [
        "what a terminal acts on",
        "reproduce",
        ["--profile", "a\n\u001b[31m"],
        2,
        'profile "a\\n\\u001b[31m"',
      ],
      [
        "many stars",
        "reproduce",
        ["--cell", `${"*a".repeat(60)}!`],
        2,
        "No cell of the profile standard matches",
      ],
      ["nothing to merge", "merge", ["--out", folder], 2, "DIR ... must be named: none is given"],
    ];
    for (const [name, command, args, status, message] of cases) {
      await t.step(name, async () => {
        const { code, stdout, stderr } = await runTask(command, args);
        assertEquals(code, status, stderr);
        assertEquals(stdout, "");
        const lines = stderr.trimEnd().split("\n").filter((line) => !line.startsWith("Profile "));
        assertEquals(lines.length, 1, stderr);
        assertStringIncludes(lines[0]!, message);
      });
    }
  }),
);

Deno.test(
  "a smoke run prints its table, writes every file, verifies, and gives the same modules again",
  inFolder(async (folder, t) => {
    const first = await runTask("reproduce", [
      "scattering_energy",
      "--profile",
      "smoke",
      "--out",
      `${folder}/a`,
    ]);
    await t.step("it exits with 0 and says that it is no result", () => {
      assertEquals(first.code, 0, first.stderr);
      assertStringIncludes(first.stdout.split("\n")[0]!, "this is no result");
      assertStringIncludes(first.stdout, "| J = 4 |");
    });
    await t.step("it writes every file, and nothing by halves", async () => {
      const names = (await Array.fromAsync(Deno.readDir(`${folder}/a`))).map(({ name }) => name).sort();
      assertEquals(names, [
        "badge.svg",
        "cache",
        "codecheck.yml",
        "figures",
        "junit.xml",
        "pull-plot.svg",
        "report.html",
        "results.csv",
        "results.json",
        "ro-crate-metadata.json",
        "summary.md",
      ]);
      const figures = (await Array.fromAsync(Deno.readDir(`${folder}/a/figures`))).map(({ name }) => name)
        .sort();
      assertEquals(
        figures,
        ["energy-by-scale", "filters"].flatMap((id) =>
          ["csv", "png", "svg"].map((ending) => `scattering_energy-${id}.${ending}`)
        ),
      );
    });
    await t.step("it ends with the path of the report", () => {
      assertEquals(first.stdout.split("\n").at(-2), `Report: ${folder}/a/report.html`);
    });
    await t.step("verify judges its results the same way, by file or by folder", async () => {
      const counts = (stdout: string) =>
        stdout.split("\n").findLast((line) => line.includes(" unexpected, "));
      for (const named of [`${folder}/a/results.json`, `${folder}/a`]) {
        const { code, stdout } = await runTask("verify", [named]);
        assertEquals(code, 0);
        assertEquals(
          counts(stdout)!.split("; ").slice(0, -1),
          counts(first.stdout)!.split("; ").slice(0, -1),
        );
      }
    });
    await t.step("verify --json prints what it judged, nothing else", async () => {
      const { code, stdout } = await runTask("verify", [`${folder}/a`, "--json"]);
      assertEquals(code, 0);
      assertEquals(JSON.parse(stdout), JSON.parse(await Deno.readTextFile(`${folder}/a/results.json`)));
    });
    await t.step("the path of the report is relative to where the user stands", async () => {
      const args = ["scattering_energy", "--profile", "smoke", "--out", "a"];
      const { stdout } = await runTask("reproduce", args, { INIT_CWD: folder });
      assertEquals(stdout.split("\n").at(-2), "Report: a/report.html");
    });
    await t.step("--table narrow has one line a row, and says what its marks mean", async () => {
      const args = ["scattering_energy", "--profile", "smoke", "--out", `${folder}/a`, "--table", "narrow"];
      const { stdout } = await runTask("reproduce", args);
      assertEquals(stdout.split("\n").filter((line) => line.includes("|")), []);
      assertEquals(stdout.split("\n").filter((line) => displayWidth(line) > 80), []);
      assertStringIncludes(stdout, "\nMarks: ○ on a stand-in, not judged");
    });
    await t.step("--json prints results.json alone, the same from the cache", async () => {
      const modules = (text: string) =>
        JSON.parse(text).modules.map((module: object) => ({ ...module, elapsedMs: 0 }));
      const before = await Deno.readTextFile(`${folder}/a/results.json`);
      const { stdout } = await runTask("reproduce", [
        ...["scattering_energy", "--profile", "smoke", "--out", `${folder}/a`, "--json"],
      ]);
      assertEquals(modules(stdout), modules(before));
    });
    await t.step("a signal ends it also where nothing is left to compute", async () => {
      const args = ["scattering_energy", "--profile", "smoke", "--out", `${folder}/a`];
      const child = new Deno.Command(Deno.execPath(), {
        args: ["task", "--quiet", "--cwd", root, "reproduce", ...args],
        env: { NO_COLOR: "1", INIT_CWD: root },
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const stderr = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
      assertStringIncludes((await stderr.read()).value!, "checking the data");
      child.kill("SIGINT");
      let said = "";
      for (let part = await stderr.read(); !part.done; part = await stderr.read()) said += part.value;
      assertEquals((await child.status).code, 130);
      assertStringIncludes(said, "Interrupted by SIGINT: the same command goes on");
    });
    await t.step("a relative output folder is the user's", async () => {
      const { code } = await runTask("clean", ["--out", "a"], { INIT_CWD: folder });
      assertEquals(code, 0);
      assertEquals(
        (await Array.fromAsync(Deno.readDir(`${folder}/a`))).some(({ name }) => name === "cache"),
        false,
      );
    });
    await t.step("a run of one cell says how many it could not keep", async () => {
      const path = `${folder}/a/results.json`;
      const results = JSON.parse(await Deno.readTextFile(path));
      results.modules[0].seeds = 7;
      await Deno.writeTextFile(path, JSON.stringify(results));
      const { stderr } = await runTask("reproduce", [
        ...["scattering_energy", "--profile", "smoke", "--out", `${folder}/a`, "--cell", "table1/J=1/m=0"],
      ]);
      const count = results.modules[0].cells.filter((cell: CellResult) => cell.measured !== null).length - 1;
      const said = `${count} cells of an earlier run are not kept: they were measured by other code`;
      assertStringIncludes(stderr, said);
    });
  }),
);

Deno.test(
  "a run without its data set says so first and exits with 3",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/caltech-101`);
    await Deno.writeTextFile(`${folder}/caltech-101/caltech-101.zip`, "");
    const { code, stdout, stderr } = await runTask("reproduce", [
      ...["scattering_energy", "--data", folder, "--offline", "--out", `${folder}/out`],
      ...["--cell", "table1/J=1/m=0"],
    ]);
    assertEquals(code, 3);
    const said = stderr.split("\n").filter((line) => line !== "Profile standard: checking the data");
    assertStringIncludes(said[0]!, "STAND-IN for caltech-101: caltech-101 is not in ");
    assertStringIncludes(
      said[0]!,
      `${folder}/caltech-101 holds caltech-101.zip, and lacks 101_ObjectCategories/`,
    );
    assertStringIncludes(stdout.split("\n")[0]!, "STAND-IN for caltech-101");
    assertStringIncludes(stdout, "deno task fetch-data caltech-101");
    assertStringIncludes(stdout, "stand-in");
  }),
);

Deno.test("--list names every module with data sets, minutes and cells", async () => {
  const text = await runTask("reproduce", ["--list"]);
  assertEquals(text.code, 0);
  assertStringIncludes(text.stdout, "data sets: caltech-101");
  const json = JSON.parse((await runTask("reproduce", ["--list", "--json"])).stdout);
  assert(json.modules[0].cells.includes("table1/J=7/m<=3"));
  assertEquals(Object.keys(json.modules[0].expectedMinutes), ["smoke", "standard", "full"]);
});

Deno.test("explain says claim, source, tolerance and its reason, and the command", async () => {
  const { code, stdout } = await runTask("explain", ["table1/J=3/m=1"]);
  assertEquals(code, 0);
  for (
    const part of [
      "printed as 21.92",
      "Invariant Scattering Convolution Networks",
      "tolerance",
      "reproduce scattering_energy --cell 'table1/J=3/m=1'\n",
    ]
  ) {
    assertStringIncludes(stdout, part);
  }
  // What only full measures needs its profile.
  for (const cell of ["figure7-claim/gap", "table4/n=60000/scat2/svm", "scattering/cifar10/jcoscat/error"]) {
    assertStringIncludes((await runTask("explain", [cell])).stdout, `--cell '${cell}' --profile full\n`);
  }
  const [explained] = JSON.parse((await runTask("explain", ["table1/J=3/m=1", "--json"])).stdout);
  assertEquals(explained.claims[0].published.text, "21.92");
  const named = await runTask("explain", ["scattering_energy/table1/J=3/m=1"]);
  assertEquals(named.stdout, stdout);
});

Deno.test("explain lists the cells of a glob or of a reproduction", async () => {
  const lines = async (text: string) => (await runTask("explain", [text])).stdout.trimEnd().split("\n");
  const some = await lines("scattering_energy/table1/J=7/*");
  assert(some.some((line) => line.startsWith("scattering_energy/table1/J=7/m=0 ")), some.join("\n"));
  assertEquals(some.at(-1), `${some.length - 1} cells: deno task explain MODULE/CELL says more of one`);
  const all = await lines("scattering_energy");
  assertEquals(
    some.slice(0, -1).filter((line) => !all.some((other) => other.startsWith(line.split("  ")[0]!))),
    [],
  );
});

Deno.test(
  "a smoke run touches the project, its output folder, and nothing else",
  inFolder(async (folder) => {
    const audit = `${folder}/audit.jsonl`;
    const out = `${folder}/out`;
    await runTask("reproduce", ["--profile", "smoke", "--out", out], { DENO_AUDIT_PERMISSIONS: audit });
    const touched = (await Deno.readTextFile(audit)).trim().split("\n").map((line) => JSON.parse(line));
    assert(touched.length > 0);
    const known: Record<string, (value: string) => boolean> = {
      // How the canvas finds out which C library this is.
      read: (value) =>
        [root, `file://${root}`, out, "/usr/bin/ldd"].some((prefix) => value.startsWith(prefix)),
      write: (value) => [root, out, "/usr/bin/ldd"].some((prefix) => value.startsWith(prefix)),
      // The whole environment is what node:worker_threads asks for, to hand it to a thread; it is refused.
      env: (value) =>
        value === "null" ||
        ["INIT_CWD", "REPRODUCE_DATA", "DENO_V8_FLAGS", "GITHUB_ACTIONS", "DISABLE_SYSTEM_FONTS_LOAD"]
          .includes(value) ||
        value.startsWith("NAPI_RS_"),
      sys: (value) => ["cpus", "osRelease"].includes(value),
      ffi: (value) => value.startsWith(`${root}node_modules/`) && value.includes("@napi-rs"),
    };
    const unexpected = touched.filter(({ permission, value }) => !known[permission]?.(String(value)));
    assertEquals(unexpected, []);
  }),
);
