import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { root, runTask } from "./lib/test_helpers.ts";

/** Starts `deno task view` on any free port; gives its address once it listens. */
async function startView(out: string): Promise<{ readonly url: string; stop(): Promise<number> }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--cwd", root, "view", "--out", out, "--port", "0"],
    env: { NO_COLOR: "1", INIT_CWD: root },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("Ctrl-C")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`deno task view ended: ${text}`);
    text += value;
  }
  return {
    url: /http:\/\/[\d.:]+\//.exec(text)![0],
    stop: async () => {
      process.kill("SIGINT");
      const [{ code }] = await Promise.all([process.status, reader.cancel()]);
      return code;
    },
  };
}

Deno.test(
  "view serves the output folder on loopback until it is interrupted, with a stream still open",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/summary.md`, "# Summary\n");
    const view = await startView(folder);
    assertStringIncludes(view.url, "http://127.0.0.1:");
    assertEquals(await (await fetch(`${view.url}summary.md`)).text(), "# Summary\n");
    const events = (await fetch(`${view.url}events`)).body!.getReader();
    assertEquals(new TextDecoder().decode((await events.read()).value), "data: null\n\n");
    assertEquals(await view.stop(), 0);
    await events.cancel().catch(() => {});
  }),
);

Deno.test(
  "view says so where the port is in use or none",
  inFolder(async (folder, t) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const taken = String((listener.addr as Deno.NetAddr).port);
    const cases = [[taken, `Cannot serve on port ${taken}: it is in use`], ["x", 'Cannot take --port "x"']];
    for (const [port, message] of cases) {
      await t.step(message!, async () => {
        const { code, stderr } = await runTask("view", ["--out", folder, "--port", port!]);
        assertEquals(code, 2);
        assertStringIncludes(stderr, message!);
      });
    }
  }),
);
