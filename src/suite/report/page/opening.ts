import type { Results } from "../../runner/results.ts";
import { stateLine } from "../headline.ts";
import { type Html, html } from "./html.ts";

/** What a reader sees first: whether the numbers are results at all, and one sentence on the outcome. */
export function opening(results: Results): Html {
  const text = stateLine(results);
  const isAlarm = results.profile === "smoke" || results.summary.standIn > 0;
  return html`
    <div class="lead">
      <p class="headline${isAlarm ? " alarm" : ""}">${isAlarm ? html`<strong>${text}</strong>` : text}</p>
      <h1>Reproduction report</h1>
      <p class="outcome">${outcome(results)}</p>
    </div>
  `;
}

/**
 * One sentence on how a run came out.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const summary = { cells: 2, unexpected: 0, moved: 0, standIn: 0, notMeasured: 1 };
 * assertEquals(
 *   outcome({ summary, modules: [] }),
 *   "Every measured cell came out as the golden files expect; 1 of 2 cells was not measured.",
 * );
 * assertEquals(
 *   outcome({ summary: { ...summary, cells: 3, standIn: 1, notMeasured: 0 }, modules: [] }),
 *   "Every judged cell came out as the golden files expect; 1 on a stand-in was not judged.",
 * );
 * ```
 */
export function outcome(
  { summary, modules }: {
    readonly summary: Pick<Results["summary"], "cells" | "unexpected" | "moved" | "standIn" | "notMeasured">;
    readonly modules: readonly Pick<Results["modules"][number], "failures" | "digestVerdict">[];
  },
): string {
  const { cells, unexpected, moved, standIn, notMeasured } = summary;
  const failed = modules.reduce((count, { failures }) => count + failures.length, 0);
  const digests = modules.filter(({ digestVerdict }) => digestVerdict === "moved").length;
  const faults = [
    unexpected > 0 &&
    `${unexpected} ${unexpected === 1 ? "verdict is" : "verdicts are"} not the expected one`,
    moved > 0 && `${moved} ${moved === 1 ? "value" : "values"} moved from the accepted baseline`,
    moved === 0 && digests > 0 && "the digest over all values differs from the accepted one",
    failed > 0 && `${failed} ${failed === 1 ? "job" : "jobs"} failed`,
  ].filter((fault) => fault !== false);
  const rest = notMeasured === 0
    ? ""
    : `; ${notMeasured} of ${cells} cells ${notMeasured === 1 ? "was" : "were"} not measured`;
  if (faults.length > 0) return `Needs attention: ${faults.join(", ")}${rest}.`;
  if (cells === notMeasured) return "Nothing was measured.";
  if (standIn === 0) return `Every measured cell came out as the golden files expect${rest}.`;
  return standIn === cells - notMeasured
    ? `Nothing that ran on a stand-in was judged${rest}.`
    : `Every judged cell came out as the golden files expect; ${standIn} on a stand-in ${
      standIn === 1 ? "was" : "were"
    } not judged${rest}.`;
}
