import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_module.ts";
import { escapeXml } from "./escape_xml.ts";
import { formatAllowed, formatDeviation, formatMeasured } from "./format_number.ts";
import type { CellResult, ModuleResult, Results } from "../runner/results.ts";

/**
 * junit.xml: one suite a module, one case a cell. A cell fails where its verdict is not the expected one or its
 * baseline moved, and a failed job is an error; what was not measured, or ran on a stand-in, is skipped.
 */
export function junitXml(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const suites = results.modules.map((module) => suite(module, results, claims.get(module.id) ?? []));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reproduce">\n${
    suites.join("")
  }</testsuites>\n`;
}

function suite(module: ModuleResult, results: Results, claims: readonly Claim[]): string {
  const because = new Map(claims.map((claim) => [claim.cell, claim.because]));
  const cases = module.cells.map((cell) => {
    const body = caseBody(cell, because.get(cell.id) ?? "");
    return {
      failed: body.includes("<failure"),
      skipped: body.includes("<skipped"),
      text: testCase(module.id, cell.id, body),
    };
  });
  const errors = module.failures.map(({ job, message }) =>
    testCase(module.id, `job ${job}`, `<error message="${escapeXml(message)}"/>`)
  );
  const count = (is: (entry: typeof cases[number]) => boolean) => cases.filter(is).length;
  return `  <testsuite name="${escapeXml(module.id)}" tests="${cases.length + errors.length}" failures="${
    count(({ failed }) => failed)
  }" errors="${errors.length}" skipped="${count(({ skipped }) => skipped)}" time="${
    (module.elapsedMs / 1000).toFixed(3)
  }" timestamp="${escapeXml(results.environment.startedAt)}">\n${cases.map(({ text }) => text).join("")}${
    errors.join("")
  }  </testsuite>\n`;
}

function testCase(module: string, name: string, body: string): string {
  const open = `    <testcase classname="${escapeXml(module)}" name="${escapeXml(name)}"`;
  return body === "" ? `${open}/>\n` : `${open}>${body}</testcase>\n`;
}

function caseBody(cell: CellResult, because: string): string {
  const moved = cell.baseline?.verdict === "moved";
  if (isUnexpected(cell) || moved) {
    const reason = moved
      ? `moved from the baseline ${cell.baseline!.value}`
      : `${cell.verdict}, expected: ${cell.expect}`;
    return `<failure message="${escapeXml(reason)}">${escapeXml(describe(cell))}</failure>`;
  }
  if (cell.verdict === "not measured" || cell.verdict === "stand-in") {
    return `<skipped message="${escapeXml(cell.verdict)}"/>`;
  }
  const known = cell.verdict === "deviates" ? `; deviates as expected: ${because}` : "";
  return `<system-out>${escapeXml(describe(cell) + known)}</system-out>`;
}

function describe(cell: CellResult): string {
  return `published ${cell.published?.text ?? "-"}, measured ${
    formatMeasured(cell)
  } ${cell.unit}, difference ${formatDeviation(cell) || "-"}, allowed ${formatAllowed(cell.tolerance)}`;
}
