/**
 * JSON that keeps every float64: NaN, the infinities and -0, which plain JSON loses, are tagged.
 *
 * @module
 */

const tag = "$number";

/**
 * Writes plain data as JSON text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseExact(stringifyExact([NaN, -0, 0.1])), [NaN, -0, 0.1]);
 * ```
 */
export function stringifyExact(data: unknown): string {
  return JSON.stringify(data, (_key, value) => {
    if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return { [tag]: Object.is(value, -0) ? "-0" : String(value) };
  });
}

/** Reads what {@linkcode stringifyExact} wrote. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value) => value?.[tag] === undefined ? value : Number(value[tag]));
}
