/**
 * The sentences that open and close a report, the same on the console and in summary.md.
 *
 * @module
 */
import { capitalise } from "./capitalise.ts";
import type { Role } from "../golden/claim.ts";
import type { DatasetUsed, Results, Summary } from "../runner/results.ts";
import { findStandIns } from "./stand_ins.ts";
import type { VerdictKind } from "./verdict_kind.ts";

/**
 * What the results are, or that they are none: whether they stand on real data is told from the cells, since a data set of the
 * environment may be one that no measured cell read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * assertEquals(stateLine(fixedResults), "Profile standard, on real data.");
 * ```
 */
export function stateLine(results: Pick<Results, "profile" | "environment" | "summary">): string {
  const { profile, environment, summary } = results;
  if (profile === "smoke") {
    return "Profile smoke, on built-in stand-ins: this is no result; only the baselines are judged.";
  }
  const standIns = findStandIns(results);
  if (standIns !== null) {
    const { datasets, cells, others } = standIns;
    const extent = others === 0
      ? "the numbers below are no result"
      : `${cells} of ${cells + others} measured cells ran on it and are no result, the others are judged`;
    return `Profile ${profile}, on a STAND-IN for ${datasets.join(", ")}: ${extent}. ` +
      `Fetch the data with \`deno task fetch-data ${datasets.join(" ")}\`.`;
  }
  if (summary.cells === summary.notMeasured) return `Profile ${profile}: nothing was measured.`;
  const isRead = Object.values(environment.data).some(({ source }) => source !== "stand-in");
  return `Profile ${profile}, ${isRead ? "on real data" : "in cells that read no data set"}.`;
}

/**
 * What the results are and, where they are any, how printed numbers and claims came out. Variants are no part of it: they say what
 * another protocol gives.
 */
export function headline(results: Results): string {
  const state = stateLine(results);
  if (results.profile === "smoke" || findStandIns(results)?.others === 0) return state;
  const counts = countsByRole(results.summary).filter(({ role }) => role !== "variant").map(roleLine);
  return [state, ...counts.map((text) => `${capitalise(text)}.`)].join(" ");
}

/** The counts of the cells of one role. */
export interface RoleCounts {
  /** The role. */
  readonly role: Role;
  /** What its cells are called. */
  readonly title: string;
  /** How many cells came out how: what is counted together has the marks and colours of `kind`. */
  readonly counts: readonly { readonly count: number; readonly word: string; readonly kind: VerdictKind }[];
}

/**
 * The counts of the roles that have cells, one after the other. Cells that ran on a stand-in are in none of them.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * const [numbers] = countsByRole(fixedResults.summary);
 * assertEquals(numbers?.counts.map(({ count, word }) => `${count} ${word}`), [
 *   "1 within noise",
 *   "1 agrees",
 *   "2 deviate",
 *   "1 not measured",
 * ]);
 * ```
 */
export function countsByRole({ numbers, claims, variants }: Summary): RoleCounts[] {
  const counted = (count: number, one: string, more: string, kind: VerdictKind) => {
    return { count, word: count === 1 ? one : more, kind };
  };
  const agree = ({ agrees }: { readonly agrees: number }) => counted(agrees, "agrees", "agree", "agrees");
  const deviate = ({ deviates }: { readonly deviates: number }) =>
    counted(deviates, "deviates", "deviate", "deviates");
  const unmeasured = ({ notMeasured }: { readonly notMeasured: number }) =>
    counted(notMeasured, "not measured", "not measured", "not-measured");
  const all: RoleCounts[] = [
    {
      role: "number",
      title: "printed numbers",
      counts: [
        counted(numbers.withinNoise, "within noise", "within noise", "agrees"),
        agree(numbers),
        deviate(numbers),
        unmeasured(numbers),
      ],
    },
    {
      role: "claim",
      title: "claims",
      counts: [
        counted(claims.holds, "holds", "hold", "holds"),
        counted(claims.undecided, "undecided", "undecided", "undecided"),
        counted(claims.fails, "fails", "fail", "fails"),
        unmeasured(claims),
      ],
    },
    {
      role: "variant",
      title: "variants, counted apart",
      counts: [agree(variants), deviate(variants), unmeasured(variants)],
    },
  ];
  return all.filter(({ counts }) => counts.some(({ count }) => count > 0));
}

/** The counts of one role as words. */
export function roleLine({ title, counts }: RoleCounts): string {
  return `${title}: ${counts.map(({ count, word }) => `${count} ${word}`).join(", ")}`;
}

/** The counts over all cells, by role, and of what a reader must look at. */
export function countsLine(summary: Summary): string {
  const { unexpected, moved, standIn } = summary;
  const others = [`${unexpected} unexpected`, `${moved} moved`];
  if (standIn > 0) others.push(`${standIn} on a stand-in`);
  return capitalise([...countsByRole(summary).map(roleLine), others.join(", ")].join("; "));
}

/** One line on a data set that was used. */
export function dataLine(id: string, data: DatasetUsed): string {
  const files = data.source === "stand-in"
    ? "built-in stand-in"
    : `${data.files.length} files read, from the ${data.source === "folder" ? "data folder" : "download"}`;
  return [`${id}: ${files}`, ...data.notes].join("; ");
}
