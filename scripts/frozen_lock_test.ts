import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { root } from "./lib/test_helpers.ts";

const { imports, lock } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`));

/** Runs a script in a folder that has imports and deno.lock of this project, but not the package given. */
async function runWithout(name: string, folder: string, frozen: object): Promise<[number, string]> {
  const left = Object.fromEntries(Object.entries(imports).filter(([key]) => key !== name));
  const config = { imports: left, lock: frozen, nodeModulesDir: "none" };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  await Deno.copyFile(`${root}deno.lock`, `${folder}/deno.lock`);
  await Deno.writeTextFile(`${folder}/script.ts`, "export {};\n");
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--cached-only", "script.ts"],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  return [code, new TextDecoder().decode(stderr)];
}

Deno.test(
  "deno.lock is frozen: a run whose imports are others fails and leaves it as it is",
  inFolder(async (folder, t) => {
    const before = await Deno.readTextFile(`${root}deno.lock`);
    const after = () => Deno.readTextFile(`${folder}/deno.lock`);
    await t.step("the same imports", async () => {
      assertEquals(await runWithout("", folder, lock), [0, ""]);
      assertEquals(await after(), before);
    });
    await t.step("one less", async () => {
      const [code, stderr] = await runWithout("fft.js", folder, lock);
      assertEquals(code, 1);
      assertStringIncludes(stderr, "The lockfile is out of date");
      assertEquals(await after(), before);
    });
    await t.step("the key of deno.json is what holds it", async () => {
      const [code] = await runWithout("fft.js", folder, { frozen: false });
      assertEquals(code, 0);
      assertEquals((await after()) === before, false);
    });
  }),
);
