/**
 * The names of `@std/csv` that this project uses, over `csv-parse` and `csv-stringify`. Same parameters and
 * meaning as there, for the options that are declared here.
 *
 * @module
 */
import { parse as csvParse } from "csv-parse/sync";
import { stringify as csvStringify } from "csv-stringify/sync";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** The character between fields; a comma by default. */
  separator?: string;
}

/** Options of {@linkcode stringify}. */
export interface StringifyOptions {
  /** The keys of the columns, in order. */
  columns?: readonly string[];
  /** Whether a line of headers comes first; true by default where there are columns. */
  headers?: boolean;
}

/**
 * Parses CSV text (RFC 4180) into an array of rows.
 *
 * @throws {SyntaxError} Where a quote is not closed or stands inside a bare field.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parse('a,"b ""c"""\n1,2\n'), [["a", 'b "c"'], ["1", "2"]]);
 * ```
 */
export function parse(input: string, options: ParseOptions = {}): string[][] {
  try {
    return csvParse(input, {
      bom: true,
      delimiter: options.separator ?? ",",
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Turns an array of objects into CSV text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stringify([{ a: 1, b: "x,y" }], { columns: ["a", "b"] }), 'a,b\r\n1,"x,y"\r\n');
 * ```
 */
export function stringify(data: readonly Record<string, unknown>[], options: StringifyOptions = {}): string {
  return csvStringify([...data], {
    header: options.headers ?? options.columns !== undefined,
    record_delimiter: "\r\n",
    ...(options.columns === undefined ? {} : { columns: [...options.columns] }),
  });
}
