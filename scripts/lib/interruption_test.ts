import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { inFolder } from "../../src/files/test_helpers.ts";
import { tasks } from "./test_helpers.ts";

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
          stderr: "null",
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

Deno.test("every task that runs a program loads what hears signals before anything else", () => {
  for (const [name, { command }] of Object.entries(tasks)) {
    if (!command.startsWith("deno run ")) continue;
    assertEquals(/--preload=(\S+)/.exec(command)?.[1], "scripts/lib/end_on_signals.ts", name);
  }
});

Deno.test(
  "a program that is interrupted while its modules are loaded says so in a line, with status 130",
  inFolder(async (folder, t) => {
    await Deno.writeTextFile(
      `${folder}/program.ts`,
      `import "./library.ts";\nconsole.log("started");\nsetInterval(() => {}, 1000);\n`,
    );
    const library =
      "console.log('loading'); for (const end = performance.now() + 300; performance.now() < end;);\n";
    await Deno.writeTextFile(`${folder}/library.ts`, library);
    const preload = fromFileUrl(import.meta.resolve("./end_on_signals.ts"));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      await t.step(signal, async () => {
        const child = new Deno.Command(Deno.execPath(), {
          args: [
            "run",
            "--quiet",
            "--no-prompt",
            "--config",
            config,
            `--preload=${preload}`,
            `${folder}/program.ts`,
          ],
          stdout: "piped",
          stderr: "piped",
        }).spawn();
        const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
        assertEquals((await output.read()).value, "loading\n");
        child.kill(signal);
        const [said] = await Array.fromAsync(child.stderr.pipeThrough(new TextDecoderStream()));
        assertEquals([(await child.status).code, said], [130, `Interrupted by ${signal}\n`]);
        await output.cancel();
      });
    }
  }),
);

const config = fromFileUrl(import.meta.resolve("../../deno.json"));
