import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { readNpyHeader } from "../src/data/readers/npy/read_npy.ts";
import { writeNpy } from "../src/data/readers/npy/write_npy.ts";
import { root, runTask } from "./lib/test_helpers.ts";

Deno.test(
  "deno task scatter reads and writes where the user stands, and gives the contract's statuses",
  inFolder(async (folder, t) => {
    const scatter = (...args: string[]) => runTask("scatter", args, { INIT_CWD: folder });
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(new Float32Array(5 * 784).fill(1), [5, 28, 28]));
    await t.step("a transform", async () => {
      const options = ["--J", "2", "--max-order", "1", "--threads", "2"];
      const { code, stderr } = await scatter("in.npy", "out.npy", ...options);
      assertStringIncludes(stderr, "5 of 5 images");
      assertEquals(code, 0);
      const { type, shape } = readNpyHeader(await Deno.readFile(`${folder}/out.npy`));
      assertEquals([type, shape], ["<f4", [5, 17, 7, 7]]);
    });
    await t.step("other wavelets, by their name", async () => {
      const { code } = await scatter(
        "in.npy",
        "out.npy",
        "--J",
        "2",
        "--wavelet",
        "spline",
        "--max-order",
        "3",
      );
      assertEquals(code, 0);
    });
    const wrong: [string, string[], string][] = [
      ["no J", ["in.npy", "out2.npy"], "--J N is missing"],
      ["no output", ["in.npy", "--J", "2"], "IN.npy OUT.npy must be named: one is given"],
      ["no input", ["none.npy", "out2.npy", "--J", "2"], "none.npy: there is no such file or folder"],
      [
        "unknown wavelet",
        ["in.npy", "out2.npy", "--J", "2", "--wavelet", "haar"],
        "--wavelet: Cannot find the wavelets: the name must be one of",
      ],
      [
        "twice the same file",
        ["in.npy", "out2.npy", "--J", "2", "--meta", "in.npy"],
        "for --meta: it must be another",
      ],
      [
        "more paths than memory",
        ["in.npy", "out2.npy", "--J", "4", "--L", "999"],
        "current values are 5992003 paths",
      ],
      ["J too large", ["in.npy", "out2.npy", "--J", "6"], "2^J must be <= the smaller side (28)"],
    ];
    for (const [name, args, message] of wrong) {
      await t.step(name, async () => {
        const { code, stderr } = await scatter(...args);
        assertStringIncludes(stderr, message);
        assertEquals([code, stderr.trim().split("\n").length], [2, 1]);
      });
    }
  }),
);

Deno.test(
  "deno task scatter ends within two seconds of a signal, at any moment of one large image, and leaves nothing behind",
  inFolder(async (folder, t) => {
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(new Float32Array(2 ** 20).fill(1), [1024, 1024]));
    for (const [signal, after] of [["SIGINT", 1000], ["SIGTERM", 3000], ["SIGINT", 6000]] as const) {
      await t.step(`${signal} after ${after} ms`, async () => {
        const child = new Deno.Command(Deno.execPath(), {
          args: [
            ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env=INIT_CWD"],
            ...["scripts/scatter.ts", "in.npy", "out.npy", "--J", "5", "--threads", "1"],
          ],
          cwd: root,
          env: { NO_COLOR: "1", INIT_CWD: folder },
          stdout: "null",
          stderr: "piped",
        }).spawn();
        await new Promise((resolve) => setTimeout(resolve, after));
        const sent = performance.now();
        child.kill(signal);
        const { code } = await child.output();
        assertEquals(code, 130);
        assertLess(performance.now() - sent, 2000);
        assertEquals((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["in.npy"]);
      });
    }
  }),
);
