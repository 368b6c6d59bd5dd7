/** A task that is some commands, one after the other until one fails. */
export interface StepsTask {
  /** What it does: a sentence without its full stop, as deno.json has it. */
  readonly summary: string;
  /** The commands, each of Deno. */
  readonly steps: readonly string[];
}

/**
 * The tasks of several steps. They are no chains of deno.json, where what a user adds would go to the last command alone: `--help` would
 * be answered after all others had run.
 */
export const stepsTasks: Readonly<Record<string, StepsTask>> = {
  check: {
    summary: "Format, lint, types and the documentation of src/mod.ts",
    steps: [
      "deno fmt --check",
      "deno lint",
      "deno check src reproductions scripts tools workflow benches",
      "deno doc --lint src/mod.ts",
    ],
  },
  coverage: {
    summary: "Every test but those of faults, with at least 90 % of the lines and branches of src",
    steps: [
      "deno test --coverage=coverage --clean --coverage-raw-data-only --doc --parallel --no-prompt --allow-read --allow-write " +
      "--allow-env --allow-sys --allow-run --allow-net=127.0.0.1 --ignore=tools/faults src reproductions scripts tools",
      "deno coverage --include=/src/ coverage",
    ],
  },
  ok: {
    summary: "Format, lint, types, kernels, tests and a smoke run",
    steps: [
      "deno task check",
      "deno task wasm --check",
      "deno task test",
      "deno task reproduce --profile smoke --out out/smoke",
    ],
  },
};
