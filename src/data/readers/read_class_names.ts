import { DataError } from "../../errors.ts";

/**
 * Reads which class each number in a mask of COCO128 stands for: the lines `  number: name` below `classes:` in
 * `semantic_segmentation/config.yaml`.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @returns Names by number, in the order of the file.
 * @throws {DataError} Where there are no classes, a number is above 255 or there twice, or a line below `classes:` has another form.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = new TextEncoder().encode("classes:\n  0: unlabeled\n  184: tree-merged\n");
 * assertEquals([...readClassNames(file, "config.yaml")], [[0, "unlabeled"], [184, "tree-merged"]]);
 * ```
 */
export function readClassNames(bytes: Uint8Array, name: string): ReadonlyMap<number, string> {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const start = lines.indexOf("classes:");
  const classes = new Map<number, string>();
  for (let i = start + 1; start >= 0 && i < lines.length; i++) {
    if (/^\s*(#.*)?$/.test(lines[i]!)) continue;
    if (/^\S/.test(lines[i]!)) break;
    const [, digits, words] = /^\s+(\d{1,3}): ([\p{L}\p{N} -]+)$/u.exec(lines[i]!) ?? [];
    const number = Number(digits);
    if (words === undefined || number > 255 || classes.has(number)) {
      throw new DataError(
        `Cannot read ${name}: below "classes:" a line must have a number of 0..255, each once, and a name: line ${
          i + 1
        } has not`,
      );
    }
    classes.set(number, words.trim());
  }
  if (classes.size === 0) {
    throw new DataError(`Cannot read ${name}: it must have classes below a line "classes:": it has none`);
  }
  return classes;
}
