/** What a kernel reads by a class of AssemblyScript: a 32-bit word for each of its fields. */
export type KernelRecord<Fields extends readonly string[]> = Readonly<Record<Fields[number], number>>;

/**
 * The words of a record, in the order in which a kernel reads them.
 *
 * @param fields The fields of the class, in its order.
 * @param record Their values.
 * @returns As many words.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(recordWords(["rows", "columns"], { columns: 3, rows: 2 }), [2, 3]);
 * ```
 */
export function recordWords<const Fields extends readonly string[]>(
  fields: Fields,
  record: KernelRecord<Fields>,
): number[] {
  return fields.map((field) => record[field as Fields[number]]);
}
