import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { inFolder } from "../../src/files/test_helpers.ts";

Deno.test(
  "listenForInterruption() aborts at the first signal, and ends the process at the second",
  inFolder(async (folder, t) => {
    const program = `${folder}/wait.ts`;
    await Deno.writeTextFile(
      program,
      `import { listenForInterruption } from ${JSON.stringify(import.meta.resolve("./interruption.ts"))};
const signal = listenForInterruption();
signal.addEventListener("abort", () => console.log(signal.reason));
setInterval(() => {}, 1000);
console.log("ready");
`,
    );
    for (const [first, second] of [["SIGINT", "SIGINT"], ["SIGTERM", "SIGINT"]] as const) {
      await t.step(`${first}, ${second}`, async () => {
        const child = new Deno.Command(Deno.execPath(), {
          args: ["run", "--quiet", "--no-prompt", "--config", config, program],
          stdout: "piped",
        }).spawn();
        const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
        assertEquals((await output.read()).value, "ready\n");
        child.kill(first);
        assertEquals((await output.read()).value, `${first}\n`);
        child.kill(second);
        assertEquals((await child.status).code, 130);
        await output.cancel();
      });
    }
  }),
);

const config = fromFileUrl(import.meta.resolve("../../deno.json"));
