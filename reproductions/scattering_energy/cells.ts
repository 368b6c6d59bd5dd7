import type { TableName } from "./method/frames.ts";

/** The tables: that of the definition first, then the fitted one. */
export const tables: readonly TableName[] = ["table1", "table1-q0.25"];

/** The scales 2^J of Table 1. */
export const scales: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** The orders that Table 1 prints at a scale: m scales strictly increase below J. */
export function orders(J: number): number[] {
  return [0, 1, 2, 3, 4].filter((m) => m <= J);
}

/** The id of the cell with the energy of order m. */
export function orderCell(table: TableName, J: number, m: number): string {
  return `${table}/J=${J}/m=${m}`;
}

/** The id of the cell with the sum of the orders m <= 3. */
export function totalCell(table: TableName, J: number): string {
  return `${table}/J=${J}/m<=3`;
}
