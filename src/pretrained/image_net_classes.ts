/**
 * The classes of ImageNet's challenge of 2012.
 *
 * @module
 */
import { DataError } from "../errors.ts";

/** A class. */
export interface ImageNetClass {
  /** Its WordNet id, such as `"n02123045"`. */
  readonly wordNetId: string;
  /** Its names, with commas between them. */
  readonly names: string;
}

/** How many there are. */
const count = 1000;

/**
 * Reads the classes in the order of their ids, which is that of the outputs of SqueezeNet and MobileNet: lines `id names`.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where there are not 1,000 lines of that form with different ids.
 */
export function readSynset(bytes: Uint8Array, name: string): ImageNetClass[] {
  const classes = linesOf(bytes).map((line, i) => {
    const [, wordNetId, names] = /^(n\d{8}) (\P{Cc}+)$/u.exec(line) ?? [];
    if (names === undefined) {
      throw new DataError(`Cannot read ${name}: a line must have an id and names: line ${i + 1} has not`);
    }
    return { wordNetId: wordNetId!, names };
  });
  return checkCount(classes, name);
}

/**
 * Reads the classes in another order, given by a line with an id for each.
 *
 * @param bytes The whole file.
 * @param classes The classes in any order.
 * @param name The file's name for the error message.
 * @throws {DataError} Where a line is not the id of a class, or is there twice.
 */
export function orderClasses(
  bytes: Uint8Array,
  classes: readonly ImageNetClass[],
  name: string,
): ImageNetClass[] {
  const known = new Map(classes.map((one) => [one.wordNetId, one]));
  const ordered = linesOf(bytes).map((line, i) => {
    const found = known.get(line);
    if (found === undefined) {
      throw new DataError(`Cannot read ${name}: a line must be the id of a class: line ${i + 1} is not`);
    }
    return found;
  });
  return checkCount(ordered, name);
}

function linesOf(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function checkCount(classes: ImageNetClass[], name: string): ImageNetClass[] {
  const different = new Set(classes.map(({ wordNetId }) => wordNetId)).size;
  if (classes.length === count && different === count) return classes;
  throw new DataError(
    `Cannot read ${name}: it must have ${count} different classes: it has ${different} in ${classes.length} lines`,
  );
}
