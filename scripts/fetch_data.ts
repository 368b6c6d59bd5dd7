/**
 * `deno task fetch-data [ID ...]`: downloads, verifies and lays out data sets.
 *
 * @module
 */
import { fetchDataset } from "../src/data/fetch/fetch_dataset.ts";
import { datasetIds, findDataset } from "../src/data/registry.ts";
import { exitStatus, main, parseCommandLine, print, root, userPath } from "./lib/command_line.ts";
import { downloadProgress } from "./lib/download_progress.ts";

await main(async () => {
  const { flags, positionals } = parseCommandLine(
    { data: { type: "string" } },
    `deno task fetch-data [ID ...] [--data DIR], with ID one of ${datasetIds.join(", ")}`,
  );
  const ids = positionals.length === 0 ? datasetIds : positionals.map((id) => findDataset(id).id);
  const named = (flags["data"] as string | undefined) ?? (Deno.env.get("REPRODUCE_DATA") || undefined);
  const downloadTo = named === undefined ? `${root}/data` : userPath(named);
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort(signal));
  }
  let status: number = exitStatus.ok;
  for (const id of ids) {
    try {
      const report = await fetchDataset(id, {
        downloadTo,
        signal: interrupted.signal,
        onProgress: downloadProgress(),
      });
      print(`${id}: ${report.fetched} files fetched, ${report.kept} there already, in ${report.root}\n`);
      if (report.unavailable.length > 0) {
        print(`${id}: not published in this form: ${report.unavailable.join(", ")}\n`);
        status = exitStatus.data;
      }
    } catch (error) {
      if (interrupted.signal.aborted) return exitStatus.interrupted;
      throw error;
    }
  }
  return status;
});
