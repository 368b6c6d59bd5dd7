/**
 * `deno task fetch-data [ID ...]`: downloads, verifies and lays out data sets.
 *
 * @module
 */
import { fetchDataset } from "../src/data/fetch/fetch_dataset.ts";
import { datasetIds, findDataset } from "../src/data/registry.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, print, root, runCommand, say, userPath } from "./lib/command_line.ts";
import { downloadProgress } from "./lib/download_progress.ts";
import { listenForInterruption } from "./lib/interruption.ts";

const options = {
  data: { value: "DIR", text: "data folder", otherwise: "$REPRODUCE_DATA, else ./data" },
} as const;

const command: Command<typeof options> = {
  task: "fetch-data",
  summary: "Download, verify and lay out data sets",
  operands: { usage: "[ID ...]", text: "data sets (default: all)", least: 0, most: Infinity },
  options,
  example: "mnist --data /data",
  note: `Data sets: ${datasetIds.join(", ")}`,
};

await runCommand(command, async ({ options: { data }, operands }) => {
  const ids = operands.length === 0 ? datasetIds : operands.map((id) => findDataset(id).id);
  const named = data ?? (Deno.env.get("REPRODUCE_DATA") || undefined);
  const downloadTo = named === undefined ? `${root}/data` : userPath(named);
  const signal = listenForInterruption();
  let status: number = exitStatus.ok;
  for (const id of ids) {
    try {
      const report = await fetchDataset(id, {
        downloadTo,
        signal,
        onProgress: downloadProgress(),
      });
      print(`${id}: ${report.fetched} files fetched, ${report.kept} there already, in ${report.root}\n`);
      if (report.unavailable.length > 0) {
        print(`${id}: not published in this form: ${report.unavailable.join(", ")}\n`);
        status = exitStatus.data;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      say(`Interrupted by ${signal.reason}: the same command goes on with what is not there yet`);
      return exitStatus.interrupted;
    }
  }
  return status;
});
