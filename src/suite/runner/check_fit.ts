import { datasetIds } from "../../data/registry.ts";
import type { Claim } from "../golden/claim.ts";
import { judge, summarise as summariseValues } from "../golden/judge.ts";
import type { Profile, UnitOfError } from "../reproduction.ts";
import { standInDigests } from "./data_access.ts";
import { cellsDigest, summarise } from "./judge_cells.ts";
import type { CellResult, ReproductionResult, Results } from "./results.ts";

/**
 * Checks that results fit together: no reproduction and no cell stands there twice, and all counts and numbers are what they give.
 *
 * @param results The results.
 * @param refuse Makes the error where something does not fit.
 */
export function checkResults(results: Results, refuse: Refuse): void {
  const ids = results.modules.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw refuse(`the reproduction ${twice}`, "stand in the file once", "it stands there twice");
  }
  for (const module of results.modules) checkFit(module, results.profile, refuse);
  const counted = summarise(results.modules.flatMap(({ cells }) => cells));
  checkSame(refuse, "the summary", results.summary, counted, "count the verdicts");
}

/** Makes the error that says what must be otherwise, by which rule, and what was found. */
export type Refuse = (what: string, rule: string, found: string) => Error;

/**
 * Holds what a file says against what its own numbers give.
 *
 * @throws What `refuse` makes, where the two differ.
 */
export function checkSame(
  refuse: Refuse,
  what: string,
  found: unknown,
  expected: unknown,
  rule: string,
): void {
  const is = JSON.stringify(found);
  const must = JSON.stringify(expected);
  if (is !== must) throw refuse(what, `${rule}, ${must}`, `it is ${is}`);
}

/** The units of error whose standard error is that of the values, one for each. */
const countsValues: readonly (UnitOfError | null)[] = ["seed", "draw"];

const onStandIns = standInDigests(datasetIds);

/**
 * Checks that what results say of a reproduction fits together: value and standard error of a cell are those of its values, verdict
 * and deviation what its numbers give, a value has the digest of its data, what stand-ins gave is called so, and digest and counts
 * are those of the cells.
 *
 * @param reproduction What the results say of it.
 * @param profile Their profile; smoke judges nothing.
 * @param refuse Makes the error where something does not fit.
 */
export function checkFit(
  { id, cells, digest, summary }: ReproductionResult,
  profile: Profile,
  refuse: Refuse,
): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    if (seen.has(cell.id)) {
      throw refuse(`the cell ${id}/${cell.id}`, "stand in the file once", "it stands there twice");
    }
    seen.add(cell.id);
  }
  for (const cell of cells) checkCell(`the cell ${id}/${cell.id}`, cell, profile, refuse);
  checkSame(refuse, `the digest of ${id}`, digest, cellsDigest(cells), "be that of its values");
  checkSame(refuse, `the summary of ${id}`, summary, summarise(cells), "count its verdicts");
}

function checkCell(name: string, cell: CellResult, profile: Profile, refuse: Refuse): void {
  const { measured, dataDigest, verdict } = cell;
  if ((measured === null) !== (dataDigest === null)) {
    const found = measured === null ? "it has a digest without a value" : "it has a value without a digest";
    throw refuse(name, "have a value and the digest of its data, or neither", found);
  }
  if (measured !== null && dataDigest !== null) {
    const { values, unitOfError } = measured;
    const own = summariseValues({ values });
    checkSame(refuse, `${name}: value`, measured.value, own.value, "be the mean of its values");
    if (measured.value !== null && measured.error !== undefined) {
      throw refuse(`${name}: error`, "be absent where there is a value", `it is "${measured.error}"`);
    }
    if (measured.value === null && measured.standardError !== null) {
      throw refuse(
        `${name}: standard error`,
        "be null where there is no value",
        `it is ${measured.standardError}`,
      );
    }
    if (values.length > 1 && countsValues.includes(unitOfError)) {
      const rule = "be that of the mean of its values";
      checkSame(refuse, `${name}: standard error`, measured.standardError, own.standardError, rule);
    }
    if ((profile === "smoke" || onStandIns.has(dataDigest)) && verdict !== "stand-in") {
      const reason = profile === "smoke" ? "where the profile is smoke" : "where its data is";
      throw refuse(`${name}: verdict`, `be a stand-in ${reason}`, `it is ${verdict}`);
    }
  }
  const judged = judge(statedClaim(cell), measured, verdict === "stand-in");
  checkSame(refuse, `${name}: verdict`, verdict, judged.verdict, "be what its numbers give");
  checkSame(refuse, `${name}: deviation`, cell.deviation, judged.deviation, "be what its numbers give");
}

/** The claim that results say a cell was judged by. */
function statedClaim(
  { id, quantity, unit, published, source, role, tolerance, expect }: CellResult,
): Claim {
  const place = { table: "", row: "", column: "", because: "", profile: null, line: 0 };
  return { cell: id, quantity, unit, published, source, role, tolerance, expect, ...place };
}
