import { assert, assertEquals, assertMatch } from "@std/assert";
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { damage } from "./damage.ts";
import { undisturbedRun } from "./undisturbed_run.ts";
import { killReproduction } from "./kill_reproduction.ts";
import { startRun } from "./run_process.ts";
import { measuredValues } from "./measured_values.ts";

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
