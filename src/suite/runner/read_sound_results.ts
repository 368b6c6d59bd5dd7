import { UsageError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { checkResults } from "./check_fit.ts";
import { readResults } from "./read_results.ts";
import type { Results } from "./results.ts";

/**
 * Reads a results.json whose numbers are going to be used: they must fit together.
 *
 * @param path The file.
 * @param action What is done with it, as the sentence of an error begins: "Cannot compare".
 * @throws {UsageError} Where it cannot be read, breaks the schema, or something does not fit, with the cell.
 */
export function readSoundResults(path: string, action: string): Results {
  const results = readResults(path);
  checkResults(
    results,
    (what, rule, found) =>
      new UsageError(`${action} ${path}: ${oneLine(what)} must ${rule}: ${oneLine(found)}`),
  );
  return results;
}
