/**
 * The line of a text that a file has once.
 *
 * @throws {Error} Where the file has it never, or more than once.
 */
export function lineOf(file: string, text: string, part: string): number {
  const [before, ...after] = text.split(part);
  if (after.length !== 1) {
    throw new Error(
      `Cannot break ${file} at "${part}": it must occur once: it occurs ${after.length} times; mend tools/mutate/mutations.csv`,
    );
  }
  return before!.split("\n").length;
}
