import type { Measurement } from "../../src/reproduction.ts";
import { difference, errorRate } from "../error_rates.ts";
import type { SetName } from "./data.ts";
import type { IdentityResult } from "./gaussian_identity.ts";
import type { Method } from "./network.ts";
import type { RowResult } from "./row.ts";

/** What a job gives, by the kind of the job. */
export type Result = RowResult | IdentityResult;

/** A quantity of a row that stands in a cell. */
type Quantity = "error" | "fisher" | "tightness" | "rownorm" | "contraction";

/** A claim that a quantity of one row is below that of another. */
interface Ordering {
  readonly set: SetName;
  readonly quantity: Quantity;
  readonly lower: Method;
  readonly upper: Method;
}

/** The orderings of the printed table; on MNIST soft threshold and ReLU are printed equal, so their order is no claim. */
export const orderings: readonly Ordering[] = [
  { set: "mnist", quantity: "error", lower: "soft", upper: "x" },
  { set: "mnist", quantity: "error", lower: "relu", upper: "x" },
  { set: "mnist", quantity: "fisher", lower: "x", upper: "soft" },
  { set: "mnist", quantity: "fisher", lower: "x", upper: "relu" },
  { set: "cifar10", quantity: "error", lower: "soft", upper: "x" },
  { set: "cifar10", quantity: "error", lower: "relu", upper: "soft" },
  { set: "cifar10", quantity: "fisher", lower: "x", upper: "soft" },
  { set: "cifar10", quantity: "fisher", lower: "soft", upper: "relu" },
];

/** The cell of an ordering. */
export function orderingCell({ set, quantity, lower, upper }: Ordering): string {
  return `order/${set}/${quantity}/${lower}-${upper}`;
}

/** The cells that cannot be measured without a row. */
export function cellsOfRow(set: SetName, method: Method): string[] {
  const quantities: Quantity[] = method === "x"
    ? ["error", "fisher"]
    : ["error", "fisher", "tightness", "rownorm", "contraction"];
  const orders = orderings.filter((order) =>
    order.set === set && [order.lower, order.upper].includes(method)
  );
  return [
    ...quantities.map((quantity) => `frames/${set}/${method}/${quantity}`),
    ...orders.map(orderingCell),
  ];
}

/** Measures a cell from the results of its jobs, one value a seed. */
export function measureCell(cell: string, results: readonly Result[]): Measurement {
  if (cell.startsWith("identity/")) {
    const own = results.filter((result) => result.kind === "identity");
    return { values: own.map(({ relativeError }) => 100 * relativeError), unitOfError: "seed" };
  }
  const rows = results.filter((result) => result.kind === "row");
  const ordering = orderings.find((order) => orderingCell(order) === cell);
  if (ordering === undefined) {
    const [, , method, quantity] = cell.split("/") as [string, SetName, Method, Quantity];
    return rowMeasurement(rows, method, quantity);
  }
  const [lower, upper] = [ordering.lower, ordering.upper].map((method) =>
    rowMeasurement(rows, method, ordering.quantity)
  ) as [Measurement, Measurement];
  return difference(lower, upper, "seed");
}

function rowMeasurement(rows: readonly RowResult[], method: Method, quantity: Quantity): Measurement {
  const own = rows.filter((row) => row.method === method);
  if (quantity === "error") return errorRate(own, "seed");
  return { values: own.map((row) => valueOf(row, quantity)), unitOfError: "seed" };
}

function valueOf({ fisher, frame }: RowResult, quantity: Exclude<Quantity, "error">): number {
  if (quantity === "fisher") return fisher.test.ratio;
  return { tightness: frame!.tightness, rownorm: frame!.rowNorm, contraction: frame!.contraction }[quantity];
}
