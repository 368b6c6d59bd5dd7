/** What a text of JSON is made of beside numbers, words and white space. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * Parses JSON that somebody else wrote. Of two values of one key JSON.parse takes the last, and nobody is told; here that is an error.
 *
 * @param text The whole text.
 * @throws {SyntaxError} Where it is not JSON, or an object has a key twice, with the key.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseJson('{"a": [1, {"a": 2}]}'), { a: [1, { a: 2 }] });
 * assertThrows(() => parseJson('{"a": 1, "\\u0061": 2}'), SyntaxError, 'the key "a" stands twice in one object');
 * ```
 */
export function parseJson(text: string): unknown {
  const json: unknown = JSON.parse(text);
  /** The keys of each object that is open, and `null` for each list. */
  const open: (Set<string> | null)[] = [];
  let last = "";
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const key = last.includes("\\") ? JSON.parse(last) as string : last.slice(1, -1);
      const keys = open.at(-1)!;
      if (keys.has(key)) throw new SyntaxError(`the key "${key}" stands twice in one object`);
      // JSON.parse keeps it, but nothing that goes on with the object does.
      if (key === "__proto__") throw new SyntaxError('"__proto__" is no key of any file');
      keys.add(key);
    }
    last = token;
  }
  return json;
}
