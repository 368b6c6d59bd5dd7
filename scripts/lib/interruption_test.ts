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

Deno.test(
  "endOnSignals() ends the process at the first signal, and never within work that does not wait",
  inFolder(async (folder, t) => {
    const program = `${folder}/work.ts`;
    await Deno.writeTextFile(
      program,
      `import { endOnSignals, hearSignals } from ${JSON.stringify(import.meta.resolve("./interruption.ts"))};
endOnSignals();
for (;;) {
  console.log("begun");
  for (const end = performance.now() + 200; performance.now() < end;);
  console.log("done");
  await hearSignals();
}
`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      await t.step(signal, async () => {
        const child = new Deno.Command(Deno.execPath(), {
          args: ["run", "--quiet", "--no-prompt", "--config", config, program],
          stdout: "piped",
        }).spawn();
        const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
        let printed = (await output.read()).value!;
        child.kill(signal);
        for (let part = await output.read(); !part.done; part = await output.read()) printed += part.value;
        assertEquals((await child.status).code, 130);
        assertEquals(printed.endsWith("begun\ndone\n"), true, printed);
      });
    }
  }),
);

const config = fromFileUrl(import.meta.resolve("../../deno.json"));
