import type { Browser } from "playwright-core";

/** The names that a chromium is installed under. */
export const chromiumNames: readonly string[] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** Where a chromium is installed, by the PATH; `null` where it is not. */
export function findChromium(): string | null {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of chromiumNames) {
      const path = `${folder}/${name}`;
      try {
        if (folder !== "" && Deno.statSync(path).isFile) return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

/** Starts a chromium without a window. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  // While it loads, playwright-core asks whether Linux runs inside Windows, by a file below /proc that Deno shows to
  // programs with all permissions alone. This switch of its package is-wsl defers the question for good.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath });
}
