/**
 * How many columns the terminal of a stream has. A terminal that does not say has 80.
 *
 * @param stream Standard output or standard error.
 * @returns `null` where the stream is no terminal.
 */
export function terminalColumns(stream: { isTerminal(): boolean }): number | null {
  if (!stream.isTerminal()) return null;
  try {
    return Deno.consoleSize().columns || usualColumns;
  } catch {
    return usualColumns;
  }
}

/** The width of a terminal that no one has changed. */
export const usualColumns = 80;
