import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_cells.ts";
import { escapeXml } from "./escape_xml.ts";
import { formatAllowed, formatDifference, formatMeasured } from "./format_number.ts";
import type { CellResult, ReproductionResult, Results } from "../runner/results.ts";
import { isKnownDeviation } from "./verdict_kind.ts";

/**
 * junit.xml: one suite a reproduction, one case a cell. A case fails where the verdict is not the expected one or the
 * baseline moved: what deviates, fails or stays undecided as the golden file expects is no failure. So does a case `digest` where the
 * digest over all values moved, since a run that fails must have a failure here. A failed job is an error; what was not measured, or
 * ran on a stand-in, is skipped.
 */
export function junitXml(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const suites = results.modules.map((reproduction) =>
    suite(reproduction, results, claims.get(reproduction.id) ?? [])
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reproduce">\n${
    suites.join("")
  }</testsuites>\n`;
}

function suite(reproduction: ReproductionResult, results: Results, claims: readonly Claim[]): string {
  const { id, elapsedMs, computeMs, digest, digestVerdict, failures } = reproduction;
  const because = new Map(claims.map((claim) => [claim.cell, claim.because]));
  const bodies = reproduction.cells.map((cell) => ({
    name: cell.id,
    body: caseBody(cell, because.get(cell.id) ?? ""),
  }));
  if (digestVerdict === "moved") {
    bodies.push({
      name: "digest",
      body: `<failure message="the digest over all measured values is not the accepted one">measured ${
        escapeXml(digest)
      }</failure>`,
    });
  }
  const cases = bodies.map(({ name, body }) => ({
    failed: body.includes("<failure"),
    skipped: body.includes("<skipped"),
    text: testCase(id, name, body),
  }));
  const errors = failures.map(({ job, message }) =>
    testCase(id, `job ${job}`, `<error message="${escapeXml(message)}"/>`)
  );
  const count = (is: (entry: typeof cases[number]) => boolean) => cases.filter(is).length;
  return `  <testsuite name="${escapeXml(id)}" tests="${cases.length + errors.length}" failures="${
    count(({ failed }) => failed)
  }" errors="${errors.length}" skipped="${count(({ skipped }) => skipped)}" time="${
    (elapsedMs / 1000).toFixed(3)
  }" timestamp="${
    escapeXml(results.environment.startedAt)
  }">\n    <properties><property name="computing time of all jobs in seconds" value="${
    (computeMs / 1000).toFixed(3)
  }"/></properties>\n${cases.map(({ text }) => text).join("")}${errors.join("")}  </testsuite>\n`;
}

function testCase(reproduction: string, name: string, body: string): string {
  const open = `    <testcase classname="${escapeXml(reproduction)}" name="${escapeXml(name)}"`;
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
