import { UsageError } from "../src/errors.ts";
import { parseResults, type Results } from "../src/runner/results.ts";

/**
 * Reads a results.json.
 *
 * @throws {UsageError} Where it cannot be read or breaks the schema.
 */
export function readResults(path: string): Results {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    throw new UsageError(
      `Cannot read ${path}: ${(error as Error).message}: deno task reproduce writes one to its output folder`,
    );
  }
  return parseResults(text, path);
}
