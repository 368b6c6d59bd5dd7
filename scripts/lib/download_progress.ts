import type { FetchProgress } from "../../src/data/fetch/fetch_dataset.ts";
import { say } from "./command_line.ts";

/** Reports a download on standard error: a line when a file starts and each time another tenth of it has arrived. */
export function downloadProgress(): (progress: FetchProgress) => void {
  const tenths = new Map<string, number>();
  return ({ id, name, bytes, total }) => {
    const tenth = Math.floor(10 * bytes / total);
    if (tenths.get(name) === tenth) return;
    tenths.set(name, tenth);
    say(`${id}: ${name} ${(bytes / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
  };
}
