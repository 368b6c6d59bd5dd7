/**
 * What tells whether a text matches a pattern: `*` stands for any run of characters, `/` included, `?` for one; everything else is
 * literal. It takes no longer than the product of the two lengths, however many stars there are.
 *
 * @param pattern The pattern.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert(globMatcher("table1/J=?/m<=3")("table1/J=4/m<=3"));
 * assert(!globMatcher("table1/*")("table1-q0.25/J=1/m=0"));
 * ```
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  return (text) => {
    let at = 0;
    let place = 0;
    // The last star: where it stands, and how far the text goes that it takes. Earlier ones never have to take more.
    let star = -1;
    let taken = 0;
    while (at < text.length) {
      if (pattern[place] === "*") {
        star = place++;
        taken = at;
      } else if (place < pattern.length && (pattern[place] === "?" || pattern[place] === text[at])) {
        place++;
        at++;
      } else if (star >= 0) {
        place = star + 1;
        at = ++taken;
      } else return false;
    }
    while (pattern[place] === "*") place++;
    return place === pattern.length;
  };
}

/**
 * What tells whether a cell matches one of some patterns; every cell does where there are none.
 *
 * @param patterns As `--cell` gives them.
 */
export function cellMatcher(patterns: readonly string[]): (cell: string) => boolean {
  const matchers = patterns.map(globMatcher);
  return (cell) => matchers.length === 0 || matchers.some((matches) => matches(cell));
}
