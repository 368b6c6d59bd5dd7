/**
 * Turns a cell pattern into a regular expression: `*` stands for any run of characters, `/` included, `?` for
 * one; everything else is literal.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert(globToRegExp("table1/J=?/m<=3").test("table1/J=4/m<=3"));
 * assert(!globToRegExp("table1/*").test("table1-q0.25/J=1/m=0"));
 * ```
 */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replaceAll("*", "[^]*").replaceAll("?", "[^]");
  return new RegExp(`^${source}$`);
}

/**
 * What tells whether a cell matches one of some patterns; every cell does where there are none.
 *
 * @param patterns As `--cell` gives them.
 */
export function cellMatcher(patterns: readonly string[]): (cell: string) => boolean {
  const expressions = patterns.map(globToRegExp);
  return (cell) => expressions.length === 0 || expressions.some((expression) => expression.test(cell));
}
