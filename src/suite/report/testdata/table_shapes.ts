/**
 * Synthetic results whose tables have the shapes that tables of papers have: many scales, many training sets, orderings of many columns
 * with long names, rows of several quantities, and lists. The numbers are made up.
 *
 * @module
 */
import { type Claim, favourable, type Outcome, type Role } from "../../golden/claim.ts";
import { summarise as summariseValues } from "../../golden/judge.ts";
import { judgeCell, summarise } from "../../runner/judge_cells.ts";
import type { ReproductionResult } from "../../runner/results.ts";
import type { UnitOfError } from "../../reproduction.ts";

/** A table by its rows and columns. */
export interface TableShape {
  readonly table: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly role: Role;
  readonly unit: string;
  /** The quantity of a row. */
  readonly quantity: (row: number) => string;
  /** What a standard error is over; `null` where a cell has none. */
  readonly error: (row: number, column: number) => UnitOfError | null;
  /** Whether the paper has a number in this place. */
  readonly isThere?: (row: number, column: number) => boolean;
  /** Whether it was measured. */
  readonly isMeasured?: (row: number, column: number) => boolean;
}

const features = ["x", "windowed Fourier", "Scat m <= 1", "Scat m <= 2"].flatMap((name) =>
  ["PCA", "SVM"].map((classifier) => `${name} ${classifier}`)
);

const sizes = ["n = 300", "n = 1000", "n = 2000", "n = 5000", "n = 10000"];

const overDraws = (row: number): UnitOfError => row < 2 ? "draw" : "test item";

const error = (row: number) => row % 2 === 0 ? "test error" : "Fisher ratio";

/** One of each shape. */
export const tableShapes: Readonly<Record<string, readonly TableShape[]>> = {
  scales: [{
    table: "Table 1",
    rows: ["J = 1", "J = 2", "J = 3", "J = 4", "J = 5", "J = 6", "J = 7"],
    columns: ["m = 0", "m = 1", "m = 2", "m = 3", "m = 4", "m <= 3"],
    role: "number",
    unit: "%",
    quantity: () => "energy",
    error: () => "class",
    isThere: (row, column) => column <= row + 1 || column === 5,
  }],
  training_sets: [
    {
      table: "Table 4",
      rows: sizes,
      columns: features,
      role: "number",
      unit: "%",
      quantity: () => "test error",
      error: overDraws,
      isMeasured: (row, column) => row < 4 || column % 2 === 0,
    },
    {
      table: "Orderings of Table 4",
      rows: sizes,
      columns: features.flatMap((a, i) => features.slice(0, i).map((b) => `${a} - ${b}`)).slice(0, 21),
      role: "claim",
      unit: "points",
      quantity: () => "difference of test errors",
      error: overDraws,
      isThere: (row, column) => (row + column) % 5 > 0,
    },
  ],
  networks: [
    {
      table: "Two-layer networks",
      rows: ["MNIST", "MNIST", "CIFAR-10", "CIFAR-10"],
      columns: ["x", "soft threshold", "ReLU"],
      role: "number",
      unit: "",
      quantity: error,
      error: (row) => row % 2 === 0 ? "test item" : null,
    },
    {
      table: "Constraints",
      rows: ["MNIST", "MNIST", "CIFAR-10", "CIFAR-10"],
      columns: ["JCoScat", "soft threshold", "ReLU", "1CoScat"],
      role: "claim",
      unit: "",
      quantity: (row) => row % 2 === 0 ? "||F^T F - Id||" : "largest ||Phi(x) - Phi(y)|| / ||x - y||",
      error: () => null,
    },
  ],
  models: [
    {
      table: "Constructed network",
      rows: ["a", "b", "c"],
      columns: ["largest error"],
      role: "claim",
      unit: "",
      quantity: () => "largest error",
      error: () => null,
    },
    {
      table: "Toy training",
      rows: ["solved runs", "[SEP] is a sink", "catch mass", "silhouette of the residual stream"],
      columns: ["loss after [SEP]", "loss at the last token"],
      role: "claim",
      unit: "",
      quantity: () => "share",
      error: () => "seed",
    },
  ],
  curves: [{
    table: "Figure 6",
    rows: ["order", "first - last", "largest step up"],
    columns: ["both sets", "training set", "test set"],
    role: "claim",
    unit: "",
    quantity: () => "trend",
    error: (row) => row === 1 ? "seed" : null,
    isThere: (row, column) => row !== 1 || column === 2,
  }],
};

/**
 * A reproduction with these tables, and its claims. Two of three cells come out as claimed; the others do not, as expected, but for one
 * in nine.
 *
 * @param id The id of the reproduction.
 * @param shapes Its tables.
 */
export function shapedReproduction(
  id: string,
  shapes: readonly TableShape[],
): { readonly reproduction: ReproductionResult; readonly claims: readonly Claim[] } {
  const placed = shapes.flatMap((shape, table) =>
    shape.rows.flatMap((_, row) =>
      shape.columns.flatMap((_, column) =>
        shape.isThere?.(row, column) === false ? [] : [{ shape, table, row, column }]
      )
    )
  );
  const claims = placed.map(({ shape, table, row, column }, i): Claim => {
    const { role } = shape;
    const expect: Outcome = i % 3 > 0 ? favourable[role] : role === "claim" ? "fails" : "deviates";
    const printed = magnitude(i).toFixed(2);
    return {
      cell: `table${table + 1}/row=${row + 1}/column=${column + 1}`,
      table: shape.table,
      row: shape.rows[row]!,
      column: shape.columns[column]!,
      quantity: shape.quantity(row),
      unit: shape.unit,
      published: role === "claim" ? null : { text: printed, value: Number(printed) },
      source: "A paper, Table 1",
      role,
      tolerance: {
        kind: role === "claim" ? "at-most" : "absolute",
        value: role === "claim" ? 0 : 0.5,
        rationale: "sampling: made up",
      },
      expect,
      because: expect === favourable[role]
        ? ""
        : "conjectured: the protocol leaves open how images are scaled, and we took another way",
      profile: null,
      line: i + 2,
    };
  });
  const cells = claims.map((claim, i) => {
    const { shape, row, column } = placed[i]!;
    if (shape.isMeasured?.(row, column) === false) return judgeCell(claim, undefined, undefined);
    const isFavourable = i % 9 === 3 ? false : i % 3 > 0;
    const value = claim.published === null
      ? (isFavourable ? -1 : 1) * magnitude(i) / 10
      : claim.published.value + (isFavourable ? 0.1 : 2);
    const unitOfError = shape.error(row, column);
    const measured = summariseValues({
      values: [value],
      ...(unitOfError === null ? {} : { standardError: value === 0 ? 0 : Math.abs(value) / 50, unitOfError }),
    });
    return judgeCell(i % 9 === 6 ? { ...claim, expect: favourable[claim.role] } : claim, {
      measured,
      dataDigest: "ab",
      standIn: false,
    }, undefined);
  });
  return {
    claims,
    reproduction: {
      id,
      paper: {
        title: "A paper of made-up numbers",
        authors: ["A. One", "B. Two"],
        year: 2013,
        venue: "A venue",
      },
      elapsedMs: 12_000,
      computeMs: 480_000,
      sources: "ba",
      planSources: "ca",
      seeds: 3,
      digest: "cd",
      digestVerdict: "none",
      failures: [],
      summary: summarise(cells),
      cells,
    },
  };
}

/** Numbers from 0.1 to 100, as tables mix them. */
function magnitude(i: number): number {
  return 10 ** (((i * 7) % 31) / 10 - 1);
}
