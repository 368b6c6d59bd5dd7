import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_cells.ts";
import type { ReproductionResult } from "../runner/results.ts";
import { isKnownDeviation } from "./verdict_kind.ts";

/** Something that a reader must not miss: cells that share one reason. */
export interface Finding {
  /** What is wrong or known about the cells. */
  readonly text: string;
  /** Whether the golden file expects it, with a reason. */
  readonly known: boolean;
  /** The cells; none where it is about the reproduction as a whole. */
  readonly cells: readonly string[];
}

/**
 * What is to be said of the cells of a reproduction that are not what is claimed or expected, cells with the same reason together:
 * unexpected ones first, then those that the golden file expects to deviate, to stay undecided or to fail.
 *
 * @param reproduction The judged reproduction.
 * @param claims Its claims, which give the reasons.
 */
export function listFindings(
  { cells, digestVerdict }: Pick<ReproductionResult, "cells" | "digestVerdict">,
  claims: readonly Claim[],
): Finding[] {
  const because = new Map(claims.map((claim) => [claim.cell, claim.because]));
  const unexpected = new Map<string, string[]>();
  const known = new Map<string, string[]>();
  const add = (groups: Map<string, string[]>, text: string, cell: string) =>
    groups.set(text, [...(groups.get(text) ?? []), cell]);
  for (const cell of cells) {
    const { id, verdict, expect } = cell;
    if (cell.baseline?.verdict === "moved") add(unexpected, "moved from the accepted baseline", id);
    if (isUnexpected(cell)) add(unexpected, `${verdict}, where the golden file expects "${expect}"`, id);
    if (!isKnownDeviation(cell)) continue;
    add(known, `${verdict} as expected: ${because.get(id) ?? "no golden row gives a reason"}`, id);
  }
  const digest = "the digest over all measured values differs from the accepted one";
  return [
    ...[...unexpected].map(([text, cells]) => ({ text, known: false, cells })),
    ...(digestVerdict === "moved" ? [{ text: digest, known: false, cells: [] }] : []),
    ...[...known].map(([text, cells]) => ({ text, known: true, cells })),
  ];
}

/** A finding as a line of text: the cells, as `name` writes them, then what there is to say. */
export function findingLine(
  { text, cells }: Finding,
  name: (cell: string) => string = (cell) => cell,
): string {
  return cells.length === 0 ? text : `${cells.map(name).join(", ")}: ${text}`;
}
