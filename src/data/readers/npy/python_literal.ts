/** What a literal of Python can be here; numbers are whole. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | readonly PythonLiteral[]
  | ReadonlyMap<PythonLiteral, PythonLiteral>;

/** A string in either kind of quotes, of whose escapes only quotes and the backslash are read; a word or number (Python 2 writes L behind long ones), or a mark. */
const token =
  /\s*(?:(?:[uU]?'((?:[^'\\\n]|\\['"\\])*)'|[uU]?"((?:[^"\\\n]|\\['"\\])*)")|([A-Za-z]+|-?\d+)[lL]?|([{}()[\]:,]))\s*/y;

const words: ReadonlyMap<string, PythonLiteral> = new Map<string, PythonLiteral>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/**
 * Reads a literal of Python as `ast.literal_eval` does: strings, whole numbers, truth values, tuples, lists and dictionaries.
 *
 * @param text The literal, perhaps between white space.
 * @returns Dictionaries as maps, tuples and lists as arrays.
 * @throws {SyntaxError} Where it is none, with the place.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const read = readPythonLiteral("{'shape': (2L, 3), \"descr\": '<f4'}") as ReadonlyMap<string, unknown>;
 * assertEquals([read.get("shape"), read.get("descr")], [[2, 3], "<f4"]);
 * ```
 */
export function readPythonLiteral(text: string): PythonLiteral {
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`it is no literal of Python at character ${at}`);
  };
  const next = () => {
    token.lastIndex = at;
    const [, single, double, word, mark] = token.exec(text) ?? fail();
    return { string: single ?? double, word, mark, end: token.lastIndex };
  };
  const takesMark = (mark: string): boolean => {
    if (at >= text.length) return fail();
    const found = next();
    if (found.mark !== mark) return false;
    at = found.end;
    return true;
  };
  const items = (close: string, read: () => void): void => {
    while (!takesMark(close)) {
      read();
      if (takesMark(",")) continue;
      if (takesMark(close)) return;
      fail();
    }
  };
  const value = (depth: number): PythonLiteral => {
    if (depth > deepest || at >= text.length) return fail();
    const { string, word, mark, end } = next();
    if (string !== undefined) {
      at = end;
      return string.replaceAll(/\\(.)/g, "$1");
    }
    if (word !== undefined) {
      // No name is a number, as Number("Infinity") would have it; -0 is 0.
      const known = /\d$/.test(word) ? Number(word) + 0 : words.get(word);
      if (known === undefined) return fail();
      at = end;
      return known;
    }
    if (mark !== "{" && mark !== "(" && mark !== "[") return fail();
    at = end;
    if (mark === "{") {
      const found = new Map<PythonLiteral, PythonLiteral>();
      items("}", () => {
        const key = value(depth + 1);
        if (!takesMark(":")) fail();
        found.set(key, value(depth + 1));
      });
      return found;
    }
    const found: PythonLiteral[] = [];
    items(mark === "(" ? ")" : "]", () => found.push(value(depth + 1)));
    return found;
  };
  const read = value(0);
  if (at !== text.length) fail();
  return read;
}

/** Literals in literals; a header has two levels, and one of a structured type a few. */
const deepest = 20;
