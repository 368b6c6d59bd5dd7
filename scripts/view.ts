/**
 * `deno task view`: serves an output folder on loopback, live while a run goes on, until Ctrl-C.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { outputServer } from "../src/suite/report/view/output_server.ts";
import { exitStatus, main, parseCommandLine, say, userPath } from "./lib/command_line.ts";

await main(async () => {
  const { flags, positionals } = parseCommandLine({
    out: { type: "string", default: "out" },
    port: { type: "string", default: "8080" },
  }, "deno task view [--out DIR] [--port N]");
  if (positionals.length > 0) {
    throw new UsageError(`Cannot view "${positionals[0]}": name a folder with --out DIR`);
  }
  const port = Number(flags["port"]);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UsageError(`Cannot take --port "${flags["port"]}": it must be a whole number from 0 to 65535`);
  }
  const out = userPath(flags["out"] as string);
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
