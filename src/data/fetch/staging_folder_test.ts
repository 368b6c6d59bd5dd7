import { assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { StagingFolder } from "./staging_folder.ts";

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test(
  "StagingFolder is removed with all that is in it, beside others that are in use",
  inFolder(async (folder) => {
    await using first = await StagingFolder.create(join(folder, "data"), "tiny");
    {
      await using second = await StagingFolder.create(join(folder, "data"), "tiny");
      await Deno.writeTextFile(join(second.path, "file"), "");
      assertEquals((await namesIn(join(folder, "data"))).length, 2);
    }
    assertEquals(await namesIn(join(folder, "data")), [first.path.slice(join(folder, "data").length + 1)]);
  }),
);

Deno.test(
  "StagingFolder takes away what a download left that was killed, and nothing else",
  inFolder(async (folder) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "--config", config, "--allow-read", "--allow-write", "-"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const input = child.stdin.getWriter();
    await input.write(new TextEncoder().encode(
      `import { StagingFolder } from ${JSON.stringify(import.meta.resolve("./staging_folder.ts"))};
const staging = await StagingFolder.create(${JSON.stringify(folder)}, "tiny");
await Deno.writeTextFile(staging.path + "/file", "half");
console.log("written");
setInterval(() => staging, 1000);
`,
    ));
    await input.close();
    const output = child.stdout.getReader();
    await output.read();
    const [left] = await namesIn(folder);
    const others = ["tiny", "tiny.txt.part", "tinyset.x.part", "other.x.part"];
    for (const name of others) {
      await Deno.mkdir(join(folder, name));
      await Deno.writeTextFile(join(folder, name, "file"), "");
    }
    {
      await using _own = await StagingFolder.create(folder, "tiny");
      assertEquals((await namesIn(folder)).includes(left!), true);
    }
    child.kill("SIGKILL");
    await child.status;
    await output.cancel();
    {
      await using _own = await StagingFolder.create(folder, "tiny");
    }
    assertEquals(await namesIn(folder), others.toSorted());
  }),
);

Deno.test(
  "StagingFolder says where it cannot be made",
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    const { message } = await assertRejects(
      () => StagingFolder.create(join(folder, "file"), "tiny"),
      UsageError,
    );
    assertEquals(message.startsWith(`Cannot write ${folder}/file: `), true, message);
  }),
);

const config = fromFileUrl(import.meta.resolve("../../../deno.json"));
