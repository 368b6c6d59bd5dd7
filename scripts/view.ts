/**
 * `deno task view`: serves an output folder on loopback, live while a run goes on, until Ctrl-C.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { folderIfThere } from "../src/files/folder_if_there.ts";
import { outputServer } from "../src/suite/report/view/output_server.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, runCommand, say, userPath } from "./lib/command_line.ts";
import { listenForInterruption } from "./lib/interruption.ts";

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
  if (!folderIfThere("Cannot serve", out)) {
    say(`${out} is not there yet: what a run writes there is served when it comes`);
  }
  const signal = listenForInterruption();
  const hostname = "127.0.0.1";
  try {
    const server = Deno.serve({
      hostname,
      port,
      signal,
      onListen: (address) => say(`${out} is served at http://${hostname}:${address.port}/ until Ctrl-C`),
    }, outputServer({ out, signal }));
    await server.finished;
  } catch (error) {
    const reason = error instanceof Deno.errors.AddrInUse
      ? "it is in use"
      : error instanceof Deno.errors.PermissionDenied
      ? "the system does not allow it"
      : null;
    if (reason === null) throw error;
    throw new UsageError(
      `Cannot serve on port ${port}: ${reason}: name another with --port N, or 0 for any`,
    );
  }
  return exitStatus.ok;
});

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new UsageError(`Cannot take --port "${text}": it must be a whole number from 0 to 65535`);
}
