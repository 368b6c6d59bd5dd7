import { assert, assertEquals, assertMatch } from "@std/assert";
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { writeNpy } from "../../src/data/readers/npy/write_npy.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { damage } from "./damage.ts";
import { interrupt } from "./interrupt.ts";
import { interruptibleSinks } from "./interruptible.ts";
import { undisturbedRun } from "./undisturbed_run.ts";
import { killReproduction } from "./kill_reproduction.ts";
import { startRun } from "./run_process.ts";
import { measuredValues } from "./measured_values.ts";
import { brokenFiles } from "./whole_files.ts";

const reproduction = "scattering_energy";
const args = [reproduction, "--profile", "smoke"];

Deno.test(
  "a run that is killed and whose cache is damaged ends with the bits of an undisturbed one",
  inFolder(async (folder, t) => {
    const expected = await undisturbedRun(reproduction, args, `${folder}/undisturbed`, undefined);
    const rng = randomStream("faults/test", 1);
    await t.step("SIGKILL at random moments, of the process and of a worker", async () => {
      const out = `${folder}/killed`;
      const tallies = await killReproduction({
        ...expected,
        reproduction,
        args,
        out,
        kills: 3,
        rng,
        say: () => {},
      });
      assertEquals(tallies.flatMap(({ wrong }) => wrong), []);
      // A run may end before its third kill.
      assertEquals(tallies.map(({ same, lost }) => [same, lost]), tallies.map(({ tried }) => [tried, 0]));
      assert(tallies[0]!.tried > 0);
    });
    await t.step("a disk that takes no more, then room again", async () => {
      const out = `${folder}/full`;
      // A limit of the file size fails like a full disk and needs no right to mount one.
      const limited = ["bash", "-c", `trap "" XFSZ; ulimit -f 8; exec "$@"`, "bash"];
      const { status, stderr } = await startRun([...args, "--out", out], limited).outcome;
      assertEquals(status, 2, stderr);
      assertMatch(
        stderr.trimEnd().split("\n").at(-1)!,
        /^Cannot write .*: make room and run the same command/,
      );
      assertEquals((await startRun([...args, "--out", out]).outcome).status, 0);
      assertEquals(measuredValues(readResults(`${out}/results.json`), reproduction), expected.expected);
    });
  }),
);

Deno.test(
  "interrupt() finds nothing wrong with a measurement of sinks",
  inFolder(async (folder) => {
    const options = {
      folder: `${folder}/runs`,
      times: 2,
      rng: randomStream("faults/test", 2),
      say: () => {},
    };
    const tallies = await interrupt(await interruptibleSinks(folder), options);
    assertEquals(tallies.map(({ tried, same, wrong }) => [tried, same, wrong]), [[2, 2, []], [2, 2, []]]);
  }),
);

Deno.test(
  "brokenFiles() names those that are not whole",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/cache`);
    const whole: Record<string, string | Uint8Array> = {
      "a.json": "{}",
      "b.npy": writeNpy(Float32Array.of(1, 2), [2]),
      "c.csv": "a,b\n",
      "d.html": "<html></html>\n",
      "cache/job": "anything",
    };
    for (const [name, content] of Object.entries(whole)) {
      await Deno.writeFile(`${folder}/${name}`, bytesOf(content));
    }
    assertEquals(brokenFiles(folder), []);
    for (const [name, content] of Object.entries(whole)) {
      if (!name.startsWith("cache/")) {
        await Deno.writeFile(`${folder}/${name}`, bytesOf(content).subarray(0, -1));
      }
    }
    await Deno.writeTextFile(`${folder}/e.json.0.part`, "{}");
    assertEquals(
      brokenFiles(folder).map((line) => line.slice(folder.length + 1)).map((line) => line.split(":")[0]),
      // The end of a page is its closing tag, with or without a line feed behind it.
      ["a.json", "b.npy", "c.csv", "e.json.0.part"],
    );
  }),
);

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

Deno.test(
  "damage() changes one bit or the length of a file",
  inFolder(async (folder) => {
    const rng = randomStream("faults/damage", 1);
    const whole = Uint8Array.from({ length: 100 }, (_, i) => i);
    for (let i = 0; i < 20; i++) {
      await Deno.writeFile(`${folder}/file`, whole);
      const what = damage(`${folder}/file`, rng);
      const bytes = await Deno.readFile(`${folder}/file`);
      const changed = [...bytes].filter((byte, i) => byte !== whole[i]).length;
      assertEquals(
        what.startsWith("cut") ? [bytes.length < 100, changed] : [bytes.length, changed],
        what.startsWith("cut") ? [true, 0] : [100, 1],
      );
    }
  }),
);
