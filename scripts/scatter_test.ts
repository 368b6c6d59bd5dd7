import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { readNpyHeader } from "../src/data/readers/npy/read_npy.ts";
import { writeNpy } from "../src/data/readers/npy/write_npy.ts";
import { runTask } from "./lib/test_helpers.ts";

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
