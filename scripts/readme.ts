/**
 * `deno task readme`: writes the accepted results into README.md and docs/full.md, so that no number there is typed by hand.
 *
 * @module
 */
import { fullResults, readmeWithResults } from "./lib/accepted_results.ts";
import { exitStatus, main, root } from "./lib/command_line.ts";

await main(() => {
  const readme = `${root}/README.md`;
  Deno.writeTextFileSync(readme, readmeWithResults(root, Deno.readTextFileSync(readme)));
  Deno.writeTextFileSync(`${root}/docs/full.md`, fullResults(root));
  return exitStatus.ok;
});
