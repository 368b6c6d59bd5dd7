/**
 * `deno task full`: writes docs/full.md.
 *
 * @module
 */
import { exitStatus, main, root } from "./command_line.ts";
import { fullResults } from "./full_results.ts";

await main(() => {
  Deno.writeTextFileSync(`${root}/docs/full.md`, fullResults(root));
  return exitStatus.ok;
});
