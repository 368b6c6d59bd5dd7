/**
 * `deno task view`: serves an output folder on loopback, live while a run goes on, until Ctrl-C.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { outputServer } from "../src/suite/report/view/output_server.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, runCommand, say, userPath } from "./lib/command_line.ts";

const options = {
  out: { value: "DIR", text: "output folder", default: "out", parse: userPath },
  port: { value: "N", text: "port, 0 for any that is free", default: "8080", parse: parsePort },
} as const;

const command: Command<typeof options> = {
  task: "view",
  summary: "Serve an output folder on loopback, live while a run goes on",
  options,
  example: "--port 8000",
};

await runCommand(command, async ({ options: { out, port } }) => {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stopped.abort());
  const hostname = "127.0.0.1";
  try {
    const server = Deno.serve({
      hostname,
      port,
      signal: stopped.signal,
      onListen: (address) => say(`${out} is served at http://${hostname}:${address.port}/ until Ctrl-C`),
    }, outputServer({ out, signal: stopped.signal }));
    await server.finished;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new UsageError(
      `Cannot serve on port ${port}: it is in use: name another with --port N, or 0 for any`,
    );
  }
  return exitStatus.ok;
});

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new UsageError(`Cannot take --port "${text}": it must be a whole number from 0 to 65535`);
}
