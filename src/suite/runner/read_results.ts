import { UsageError } from "../../errors.ts";
import { describeError } from "../../files/describe_error.ts";
import { readUtf8 } from "../../files/read_utf8.ts";
import { parseResults, type Results } from "./results.ts";

/** Many times the size of that of every reproduction. */
const maxBytes = 2 ** 26;

/**
 * Reads a results.json.
 *
 * @throws {UsageError} Where it cannot be read or breaks the schema.
 */
export function readResults(path: string): Results {
  let text: string;
  try {
    text = readUtf8(path, maxBytes);
  } catch (error) {
    throw new UsageError(
      `Cannot read ${path}: ${describeError(error)}: deno task reproduce writes one to its output folder`,
    );
  }
  return parseResults(text, path);
}
