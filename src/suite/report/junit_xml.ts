import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_cells.ts";
import { escapeXml } from "./escape_xml.ts";
import { formatAllowed, formatDifference, formatMeasured } from "./format_number.ts";
import type { CellTimes } from "../runner/cell_times.ts";
import type { CellResult, ReproductionResult, Results } from "../runner/results.ts";
import { isKnownDeviation } from "./verdict_kind.ts";

/**
 * junit.xml: one suite a reproduction, one case a cell. A case fails where the verdict is not the expected one or the
 * baseline moved: what deviates, fails or stays undecided as the golden file expects is no failure. So does a case `digest` where the
 * digest over all values moved, since a run that fails must have a failure here. A failed job is an error; what was not measured, or
 * ran on a stand-in, is skipped. Each case names the line of the golden file that it is judged by, and how long its cell computed; a
 * suite, how long all jobs of the reproduction did, in this run or before; how long this run was busy with it is a property.
 *
 * @param results The judged results.
 * @param claims The claims of each reproduction.
 * @param times How long each cell computed; a case has no time where it is not known.
 */
export function junitXml(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  times: CellTimes = new Map(),
): string {
  const suites = results.modules.map((reproduction) =>
    suite(reproduction, results, claims.get(reproduction.id) ?? [], times.get(reproduction.id) ?? new Map())
  );
  const computeMs = results.modules.reduce((sum, reproduction) => sum + reproduction.computeMs, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reproduce" time="${
    seconds(computeMs)
  }">\n${suites.join("")}</testsuites>\n`;
}

function suite(
  reproduction: ReproductionResult,
  results: Results,
  claims: readonly Claim[],
  times: ReadonlyMap<string, number>,
): string {
  const { id, elapsedMs, computeMs, digest, digestVerdict, failures } = reproduction;
  const claimOf = new Map(claims.map((claim) => [claim.cell, claim]));
  const bodies: TestCase[] = reproduction.cells.map((cell) => {
    const claim = claimOf.get(cell.id);
    return {
      name: cell.id,
      body: caseBody(cell, claim?.because ?? ""),
      line: claim?.line,
      ms: times.get(cell.id),
    };
  });
  if (digestVerdict === "moved") {
    bodies.push({
      name: "digest",
      body: `<failure message="the digest over all measured values is not the accepted one">measured ${
        escapeXml(digest)
      }</failure>`,
    });
  }
  const cases = bodies.map((own) => ({
    failed: own.body.includes("<failure"),
    skipped: own.body.includes("<skipped"),
    text: testCase(id, own),
  }));
  const errors = failures.map(({ job, message }) =>
    testCase(id, { name: `job ${job}`, body: `<error message="${escapeXml(message)}"/>` })
  );
  const count = (is: (entry: typeof cases[number]) => boolean) => cases.filter(is).length;
  return `  <testsuite name="${escapeXml(id)}" tests="${cases.length + errors.length}" failures="${
    count(({ failed }) => failed)
  }" errors="${errors.length}" skipped="${count(({ skipped }) => skipped)}" time="${
    seconds(computeMs)
  }" timestamp="${
    escapeXml(results.environment.startedAt)
  }">\n    <properties><property name="seconds that this run was busy with it" value="${
    seconds(elapsedMs)
  }"/></properties>\n${cases.map(({ text }) => text).join("")}${errors.join("")}  </testsuite>\n`;
}

/** A case: a cell, the digest or a failed job. */
interface TestCase {
  readonly name: string;
  readonly body: string;
  /** The line of the golden file that says what is claimed. */
  readonly line?: number | undefined;
  /** How long it computed. */
  readonly ms?: number | undefined;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function testCase(reproduction: string, { name, body, line, ms }: TestCase): string {
  const place = line === undefined ? "" : ` file="${escapeXml(`golden/${reproduction}.csv`)}" line="${line}"`;
  const time = ms === undefined ? "" : ` time="${seconds(ms)}"`;
  const open = `    <testcase classname="${escapeXml(reproduction)}" name="${
    escapeXml(name)
  }"${place}${time}`;
  return body === "" ? `${open}/>\n` : `${open}>${body}</testcase>\n`;
}

function caseBody(cell: CellResult, because: string): string {
  const moved = cell.baseline?.verdict === "moved";
  if (isUnexpected(cell) || moved) {
    const reasons = [
      isUnexpected(cell) && `${cell.verdict}, expected: ${cell.expect}`,
      moved && `moved from the baseline ${cell.baseline!.value}`,
    ].filter((reason) => reason !== false);
    return `<failure message="${escapeXml(reasons.join("; "))}">${escapeXml(describe(cell))}</failure>`;
  }
  if (cell.verdict === "not measured" || cell.verdict === "stand-in") {
    return `<skipped message="${escapeXml(cell.verdict)}"/>`;
  }
  const known = isKnownDeviation(cell) ? `; ${cell.verdict} as expected: ${because}` : "";
  return `<system-out>${escapeXml(describe(cell) + known)}</system-out>`;
}

function describe(cell: CellResult): string {
  return `${cell.role} from ${cell.source}: published ${cell.published?.text ?? "-"}, measured ${
    formatMeasured(cell)
  } ${cell.unit}, difference ${formatDifference(cell) || "-"}, allowed ${formatAllowed(cell.tolerance)}`;
}
