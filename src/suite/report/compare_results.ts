import { isSameMeasurement } from "./is_same_measurement.ts";
import type { CellResult, Results } from "../runner/results.ts";

/** One side of a comparison. */
export interface ComparedValue {
  /** The mean; `null` where it is not finite. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** How many seeds or random samples the mean is over. */
  readonly count: number;
  readonly verdict: CellResult["verdict"];
}

/** A cell that is not the same in two results. */
export interface CellChange {
  /** The id of the reproduction. */
  readonly module: string;
  readonly cell: string;
  readonly unit: string;
  /** What the row of the cell is, in B where it stands there. */
  readonly role: CellResult["role"];
  /** `moved`: other values; `judged`: the same values with another verdict; else measured on one side alone. */
  readonly kind: "moved" | "judged" | "only in A" | "only in B";
  readonly a: ComparedValue | null;
  readonly b: ComparedValue | null;
  /** B minus A; `null` without both values. */
  readonly difference: number | null;
  /** The difference in its own standard errors, as if the runs were independent; `null` where they are not known. */
  readonly standardErrors: number | null;
}

/** What moved between two results. */
export interface Comparison {
  readonly schema: "reproduce-comparison/1";
  /** Whether every measured cell has the same bits and the same verdict. */
  readonly same: boolean;
  /** How many cells were measured on both sides. */
  readonly compared: number;
  /** What makes the two hard to compare: other profiles, data, engines. */
  readonly notes: readonly string[];
  /** The cells that are not the same, in the order of the results. */
  readonly changes: readonly CellChange[];
}

/**
 * Holds two results against each other, bit for bit (-0 is 0).
 *
 * @param a The earlier results.
 * @param b The later ones.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * assertEquals(compareResults(fixedResults, fixedResults).same, true);
 * ```
 */
export function compareResults(a: Results, b: Results): Comparison {
  const cellsA = measuredCells(a);
  const cellsB = measuredCells(b);
  const changes: CellChange[] = [];
  for (const [key, entry] of new Map([...cellsA, ...cellsB])) {
    const before = cellsA.get(key)?.cell;
    const after = cellsB.get(key)?.cell;
    const kind = before === undefined
      ? "only in B"
      : after === undefined
      ? "only in A"
      : !isSameMeasurement(before.measured!, after.measured!)
      ? "moved"
      : before.verdict === after.verdict
      ? null
      : "judged";
    if (kind === null) continue;
    changes.push({
      module: entry.module,
      cell: entry.cell.id,
      unit: entry.cell.unit,
      role: entry.cell.role,
      kind,
      a: side(before),
      b: side(after),
      ...subtract(before, after),
    });
  }
  const compared = [...cellsA.keys()].filter((key) => cellsB.has(key)).length;
  return {
    schema: "reproduce-comparison/1",
    same: changes.length === 0,
    compared,
    notes: notesOn(a, b),
    changes,
  };
}

/** The measured cells by reproduction and id. */
function measuredCells(
  { modules }: Results,
): Map<string, { readonly module: string; readonly cell: CellResult }> {
  return new Map(modules.flatMap(({ id, cells }) =>
    cells.filter(({ measured }) => measured !== null)
      .map((cell) => [`${id}\0${cell.id}`, { module: id, cell }] as const)
  ));
}

function side(cell: CellResult | undefined): ComparedValue | null {
  if (cell === undefined) return null;
  const { value, standardError, values } = cell.measured!;
  return { value, standardError, count: values.length, verdict: cell.verdict };
}

function subtract(
  a: CellResult | undefined,
  b: CellResult | undefined,
): Pick<CellChange, "difference" | "standardErrors"> {
  const from = a?.measured?.value ?? null;
  const to = b?.measured?.value ?? null;
  if (from === null || to === null) return { difference: null, standardErrors: null };
  const difference = to - from;
  const errorA = a!.measured!.standardError;
  const errorB = b!.measured!.standardError;
  const error = errorA === null || errorB === null ? 0 : Math.hypot(errorA, errorB);
  return { difference, standardErrors: error > 0 ? difference / error : null };
}

function notesOn(a: Results, b: Results): string[] {
  const notes: string[] = [];
  const note = (what: string, from: string, to: string) => {
    if (from !== to) notes.push(`${what}: ${from} in A, ${to} in B`);
  };
  note("profile", a.profile, b.profile);
  for (const id of new Set([...Object.keys(a.environment.data), ...Object.keys(b.environment.data)])) {
    const from = a.environment.data[id];
    const to = b.environment.data[id];
    if (from?.digest === to?.digest) continue;
    const text = (data: typeof from) =>
      data === undefined ? "none" : `${data.source}, ${data.files.length} files, ${data.digest.slice(0, 12)}`;
    note(`data ${id}`, text(from), text(to));
  }
  const later = new Map(b.modules.map((reproduction) => [reproduction.id, reproduction]));
  for (const { id, sources, seeds } of a.modules) {
    const other = later.get(id);
    if (other === undefined) continue;
    note(`code of ${id}`, sources.slice(0, 12), other.sources.slice(0, 12));
    note(`seeds of ${id}`, String(seeds ?? "none"), String(other.seeds ?? "none"));
  }
  note("commit", a.environment.commit ?? "not known", b.environment.commit ?? "not known");
  for (const part of ["deno", "v8", "tfjs", "backend", "arch"] as const) {
    note(part, a.environment[part] ?? "none", b.environment[part] ?? "none");
  }
  return notes;
}
