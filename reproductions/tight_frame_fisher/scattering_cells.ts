/**
 * The rows of the table that stand behind a scattering: jobs, and cells from their results.
 *
 * @module
 */
import type { Job, Measurement, Plan } from "../../src/reproduction.ts";
import { difference, errorRate } from "../error_rates.ts";
import { filesOf, type SetName, sets } from "./data.ts";
import type { ScatteringParameters, ScatteringResult } from "./scattering_row.ts";
import { type ScatteringMethod, scatteringRows } from "./scattering_settings.ts";

/** A quantity of a row that stands in a cell. */
type Quantity = "error" | "fisher" | "tightness";

/** A claim of the printed table on CIFAR-10, that a quantity of one row is below that of another. */
interface Ordering {
  readonly quantity: "error" | "fisher";
  readonly lower: ScatteringMethod;
  readonly upper: ScatteringMethod;
}

const orderings: readonly Ordering[] = [
  { quantity: "error", lower: "1coscat", upper: "scat" },
  { quantity: "error", lower: "jcoscat", upper: "scat" },
  { quantity: "fisher", lower: "scat", upper: "1coscat" },
];

function orderingCell({ quantity, lower, upper }: Ordering): string {
  return `order/cifar10/${quantity}/${lower}-${upper}`;
}

/** What is printed of each row; ||F^T F - Id|| beside it where there is a frame. */
const quantities: Readonly<Record<SetName, Partial<Record<ScatteringMethod, readonly Quantity[]>>>> = {
  mnist: { scat: ["error"] },
  cifar10: {
    "scat": ["error", "fisher"],
    "scat-J4": ["error"],
    "1coscat": ["error", "fisher", "tightness"],
    "jcoscat": ["error", "fisher", "tightness"],
  },
};

/** One job for each row of the profile and seed. */
export function scatteringJobs(plan: Plan): Job<ScatteringParameters>[] {
  const rows = scatteringRows(plan.profile);
  const measured = new Set(rows.filter(({ set }) => set === "cifar10").map(({ method }) => method));
  return rows.flatMap((row) => {
    const { set, method, settings } = row;
    const orders = orderings.filter(({ lower, upper }) =>
      set === "cifar10" && [lower, upper].includes(method) && measured.has(lower) && measured.has(upper)
    );
    const cells = [
      ...quantities[set][method]!.map((quantity) => `scattering/${set}/${method}/${quantity}`),
      ...orders.map(orderingCell),
    ];
    const { dataset } = sets[set];
    const standIn = plan.dataset(dataset).source === "stand-in";
    return Array.from({ length: plan.seeds }, (_, seed): Job<ScatteringParameters> => ({
      id: `scattering/${set}/${method}/seed=${seed}`,
      cells,
      inputs: standIn ? [] : filesOf(set, settings.images),
      datasets: [dataset],
      parameters: { kind: "scattering", ...row, seed, standIn },
      wide: true,
    }));
  });
}

/** Whether a cell is measured from rows behind a scattering. */
export function isScatteringCell(cell: string): boolean {
  return cell.startsWith("scattering/") || orderings.some((ordering) => orderingCell(ordering) === cell);
}

/** Measures a cell from the results of its jobs, one value a seed. */
export function measureScattering(cell: string, results: readonly ScatteringResult[]): Measurement {
  const ordering = orderings.find((ordering) => orderingCell(ordering) === cell);
  if (ordering === undefined) {
    const [, set, method, quantity] = cell.split("/") as [string, SetName, ScatteringMethod, Quantity];
    return measureRow(results.filter((row) => row.set === set && row.method === method), quantity);
  }
  const [lower, upper] = [ordering.lower, ordering.upper].map((method) =>
    measureRow(results.filter((row) => row.method === method), ordering.quantity)
  ) as [Measurement, Measurement];
  return difference(lower, upper, "seed");
}

function measureRow(rows: readonly ScatteringResult[], quantity: Quantity): Measurement {
  if (quantity === "error") return errorRate(rows, "seed");
  const values = rows.map(({ fisher, tightness }) =>
    quantity === "fisher" ? fisher.test.ratio : Math.max(...tightness)
  );
  return { values, unitOfError: "seed" };
}
