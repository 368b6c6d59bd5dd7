import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { readNpy } from "../src/data/readers/npy/read_npy.ts";
import { writeNpy } from "../src/data/readers/npy/write_npy.ts";
import { inFolder } from "../src/files/test_helpers.ts";
import { randomStream } from "../src/numeric/random/random_stream.ts";
import { root, runTask } from "./lib/test_helpers.ts";

/** An image of noise that is smooth along its rows. */
function streaks(height: number, width: number): Float32Array {
  const stream = randomStream("streaks", 0);
  const noise = Float32Array.from({ length: height * width }, () => stream.normal());
  return noise.map((value, i) => 10 + value + (noise[i - 1] ?? 0) + (noise[i - 2] ?? 0));
}

Deno.test(
  "deno task synthesise reads and writes where the user stands, and gives the contract's statuses",
  inFolder(async (folder, t) => {
    const synthesise = (...args: string[]) => runTask("synthesise", args, { INIT_CWD: folder });
    const field = async (name: string) => readNpy(await Deno.readFile(`${folder}/${name}`), name);
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(streaks(36, 40), [36, 40]));
    const header = new TextEncoder().encode("P5\n16 16\n255\n");
    const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i * i) % 251);
    await Deno.writeFile(`${folder}/in.pgm`, Uint8Array.of(...header, ...pixels));
    await t.step("a sample, and its losses", async () => {
      const { code, stderr } = await synthesise(
        "in.npy",
        "out.npy",
        "--iterations",
        "20",
        "--losses",
        "losses.csv",
      );
      assertEquals(code, 0, stderr);
      assertMatch(stderr, /32 x 32 pixels, relative loss \S+ after 20 steps/);
      const { shape, type, data } = await field("out.npy");
      assertEquals([type, ...shape], ["<f4", 32, 32]);
      const mean = (data as Float32Array).reduce((sum, value) => sum + value, 0) / data.length;
      assertLess(Math.abs(mean - 10), 1);
      const [first, ...rows] = (await Deno.readTextFile(`${folder}/losses.csv`)).trim().split("\n");
      assertEquals([first, rows.length], ["step,relative loss", 21]);
      assertLess(Number(rows[20]!.split(",")[1]), Number(rows[0]!.split(",")[1]));
    });
    await t.step("the same bits for any number of threads, others for another seed", async () => {
      const options = ["--iterations", "3", "--periodic"];
      await synthesise("in.pgm", "one.npy", ...options, "--threads", "1");
      await synthesise("in.pgm", "two.npy", ...options, "--threads", "2");
      await synthesise("in.pgm", "other.npy", ...options, "--seed", "1");
      const one = await field("one.npy");
      assertEquals(await field("two.npy"), one);
      assert((await field("other.npy")).data[0] !== one.data[0]);
    });
    await Deno.writeFile(`${folder}/flat.npy`, writeNpy(new Float32Array(256).fill(1), [16, 16]));
    await Deno.writeFile(`${folder}/small.npy`, writeNpy(new Float32Array(64).fill(1), [8, 8]));
    await Deno.writeFile(`${folder}/line.npy`, writeNpy(new Float32Array(64).fill(1), [64]));
    const nan = streaks(16, 16).fill(NaN, 100, 101);
    await Deno.writeFile(`${folder}/nan.npy`, writeNpy(nan, [16, 16]));
    await Deno.writeTextFile(`${folder}/text.png`, "no picture");
    const wrong: [string, string[], string][] = [
      ["no output", ["in.npy"], "IN OUT.npy must be named: one is given"],
      ["no input", ["none.npy", "x.npy"], "none.npy: there is no such file or folder"],
      ["a folder", [".", "x.npy"], "it is a folder"],
      ["no picture", ["text.png", "x.npy"], "it is neither a JPEG nor a PNG file"],
      ["no variation", ["flat.npy", "x.npy"], "a field must vary at every scale"],
      ["too small", ["small.npy", "x.npy"], "at least 16 rows and columns: it has 8x8"],
      ["one axis", ["line.npy", "x.npy"], "the shape must be (height, width): current shape is (64)"],
      ["not finite", ["nan.npy", "x.npy"], "values must be finite"],
      ["the same file", ["in.npy", "in.npy"], "it must be another"],
      ["no steps", ["in.npy", "x.npy", "--iterations", "0"], "--iterations"],
      ["no folder for the output", ["in.npy", "none/x.npy"], "none"],
    ];
    for (const [name, args, message] of wrong) {
      await t.step(name, async () => {
        const { code, stderr } = await synthesise(...args);
        assertStringIncludes(stderr, message);
        assertEquals([code, stderr.trim().split("\n").length], [2, 1], stderr);
      });
    }
  }),
);

Deno.test(
  "deno task synthesise that is interrupted keeps the best so far",
  inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(streaks(64, 64), [64, 64]));
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env=INIT_CWD"],
        ...["scripts/synthesise.ts", "in.npy", "out.npy", "--iterations", "100000", "--threads", "1"],
      ],
      cwd: root,
      env: { NO_COLOR: "1", INIT_CWD: folder },
      stdout: "null",
      stderr: "piped",
    }).spawn();
    // The first step is told of as soon as it is done.
    const reader = child.stderr.getReader();
    let text = "";
    let isSent = false;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += new TextDecoder().decode(read.value);
      if (!isSent && text.includes("steps")) {
        child.kill("SIGINT");
        isSent = true;
      }
    }
    assertEquals((await child.status).code, 130);
    assertStringIncludes(text, "Interrupted by SIGINT: the best so far was written: 64 x 64 pixels");
    assertEquals(readNpy(await Deno.readFile(`${folder}/out.npy`), "out.npy").shape, [64, 64]);
  }),
);
