import { displayWidth, fittingPart } from "./display_width.ts";

/** How a text is wrapped. */
export interface WrapOptions {
  /** How many columns a line may take; `null` where lines are as long as they are. */
  readonly columns: number | null;
  /** What the first line starts with. */
  readonly first?: string;
  /** What every other line starts with. */
  readonly rest?: string;
  /** What every line but the last ends with. */
  readonly continued?: string;
}

/**
 * Breaks a text between its words, so that each line fits. A word that is longer than a line is cut.
 *
 * @param text Words with single spaces between them.
 * @param options How wide, and what the lines start and end with.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapText("an ordering of two errors", { columns: 16, first: "- ", rest: "  " }), [
 *   "- an ordering of",
 *   "  two errors",
 * ]);
 * ```
 */
export function wrapText(
  text: string,
  { columns, first = "", rest = "", continued = "" }: WrapOptions,
): string[] {
  if (columns === null) return [`${first}${text}`];
  const room = Math.max(1, columns - displayWidth(rest) - displayWidth(continued));
  const lines: string[] = [];
  let line = first;
  // What stands between the end of the line and what is put there next: nothing at its start and within a word that is cut.
  let gap = "";
  for (const word of text.split(" ")) {
    for (const piece of cut(word, room)) {
      const isFull = displayWidth(`${line}${gap}${piece}${continued}`) > columns;
      if (isFull && (line !== first || displayWidth(first) > displayWidth(rest)) && line !== rest) {
        lines.push(`${line}${continued}`);
        line = rest;
        gap = "";
      }
      line += `${gap}${piece}`;
      gap = "";
    }
    gap = " ";
  }
  return [...lines, line];
}

/** A word in pieces that each fit. */
function cut(word: string, room: number): string[] {
  const pieces: string[] = [];
  let left = word;
  while (displayWidth(left) > room) {
    const piece = fittingPart(left, room);
    pieces.push(piece);
    left = left.slice(piece.length);
  }
  return [...pieces, left];
}
