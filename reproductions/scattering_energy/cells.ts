import { chosenOn } from "./method/choose_configuration.ts";
import type { TableName } from "./method/frames.ts";

/** The tables: that of the definition first, then the fitted one. */
export const tables: readonly TableName[] = ["table1", "table1-q0.25"];

/** The table of the configuration that is chosen on J <= 4. */
export const chosenTable = "table1-chosen";

/** What a cell belongs to. */
type CellTable = TableName | typeof chosenTable;

/** The scales 2^J of Table 1. */
export const scales: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** Those on which the chosen configuration is judged. */
export const judgedScales: readonly number[] = scales.filter((J) => J > chosenOn);

/** The orders in which configurations are compared: m = 4 costs as much as all of them. */
export const comparedOrders: readonly number[] = [0, 1, 2, 3];

/** The orders that Table 1 prints at a scale: m scales strictly increase below J. */
export function orders(J: number): number[] {
  return [0, 1, 2, 3, 4].filter((m) => m <= J);
}

/** The id of the cell with the energy of order m. */
export function orderCell(table: CellTable, J: number, m: number): string {
  return `${table}/J=${J}/m=${m}`;
}

/** The id of the cell with the sum of the orders m <= 3. */
export function totalCell(table: CellTable, J: number): string {
  return `${table}/J=${J}/m<=3`;
}
