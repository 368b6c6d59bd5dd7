/**
 * Which functions of the kernels V8 makes 256 bits wide: read from the trace of its pass.
 *
 * @module
 */

/** The flags under which the pass runs, and says what it does; each function is compiled once, when it is first called. */
export const traceFlags: readonly string[] = [
  "--no-wasm-bounds-checks",
  "--experimental-wasm-revectorize",
  "--trace-wasm-revectorize",
  "--no-liftoff",
];

/**
 * Reads a trace.
 *
 * @param trace What V8 wrote.
 * @returns For each function that it looked at, by file and name, how many operations it made part of wider ones: 0 where none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const trace = [
 *   "Begin revec function src/compute/assembly/rows/copyTile",
 *   "Begin revec function src/compute/assembly/row_tile/rowTile",
 *   "Revec: Print 1640: Decided to vectorize, 244 revectorizable nodes:",
 * ];
 * assertEquals([...vectorisedFunctions(trace.join("\n"))], [["rows/copyTile", 0], ["row_tile/rowTile", 244]]);
 * ```
 */
export function vectorisedFunctions(trace: string): Map<string, number> {
  const found = new Map<string, number>();
  let name = "";
  for (const line of trace.split("\n")) {
    const begun = /^Begin revec function (?:.*\/assembly\/)?(.*)$/.exec(line)?.[1];
    if (begun !== undefined) {
      name = begun;
      found.set(name, 0);
    }
    const nodes = /Decided to vectorize, (\d+) revectorizable nodes/.exec(line)?.[1];
    if (nodes !== undefined) found.set(name, Number(nodes));
  }
  return found;
}
