/**
 * The tasks of deno.json for those who work on the project. They test, measure and break it, most of them by starting
 * programs, so that no permission would hold them; every other task is for users.
 */
export const developerTasks: readonly string[] = [
  "bench",
  "check",
  "coverage",
  "determinism",
  "faults",
  "fuzz",
  "mutate",
  "ok",
  "test",
  "test:browser",
  "test:workflow",
];
