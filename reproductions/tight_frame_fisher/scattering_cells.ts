/**
 * The rows of the table that stand behind a scattering: jobs, and cells from their results.
 *
 * @module
 */
import type { Job, Measurement, Plan } from "../../src/reproduction.ts";
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
    const standIn = plan.dataset(sets[set].dataset).source === "stand-in";
    return Array.from({ length: plan.seeds }, (_, seed): Job<ScatteringParameters> => ({
      id: `scattering/${set}/${method}/seed=${seed}`,
      cells,
      inputs: standIn ? [] : filesOf(set, settings.images),
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
  const values = lower.values.map((value, seed) => value - upper.values[seed]!);
  if (lower.standardError === undefined || upper.standardError === undefined) {
    return { values, unitOfError: "seed" };
  }
  return {
    values,
    standardError: Math.sqrt(lower.standardError ** 2 + upper.standardError ** 2),
    unitOfError: "test item",
  };
}

/** One quantity of a row; an error of a single seed has the standard error of a binomial share. */
function measureRow(rows: readonly ScatteringResult[], quantity: Quantity): Measurement {
  const values = rows.map((row) => valueOf(row, quantity));
  if (quantity !== "error" || rows.length > 1) return { values, unitOfError: "seed" };
  const share = rows[0]!.errors / rows[0]!.tested;
  const standardError = 100 * Math.sqrt(share * (1 - share) / rows[0]!.tested);
  return { values, standardError, unitOfError: "test item" };
}

function valueOf({ errors, tested, fisher, tightness }: ScatteringResult, quantity: Quantity): number {
  if (quantity === "error") return 100 * errors / tested;
  return quantity === "fisher" ? fisher.test.ratio : Math.max(...tightness);
}
