import type { Results } from "../../runner/results.ts";
import { capitalise } from "../capitalise.ts";
import { countsByRole, roleLine, stateLine } from "../headline.ts";
import { type Html, html } from "./html.ts";

/**
 * What a reader sees first: whether the numbers are results at all, one sentence on the outcome, and the counts of printed numbers and
 * of claims, each for itself. Variants stand below, in small print: they say what another protocol gives.
 */
export function opening(results: Results): Html {
  const { cells, unexpected, moved, standIn } = results.summary;
  const roles = countsByRole(results.summary);
  const others: readonly (readonly [number, string, string])[] = [
    [unexpected, "unexpected", unexpected > 0 ? "unexpected" : ""],
    [moved, "moved", moved > 0 ? "unexpected" : ""],
    ...(standIn > 0 ? [[standIn, "on a stand-in", "stand-in"]] as const : []),
  ];
  const text = stateLine(results);
  const noResult = results.profile === "smoke" || standIn > 0 ||
    Object.values(results.environment.data).some(({ source }) => source === "stand-in");
  const tally = (title: string, counts: readonly (readonly [number, string, string])[]) =>
    html`
      <li><span class="of">${title}</span>
      <ul class="counts" aria-label="${title}">${counts.map(([count, name, kind]) =>
        html`<li class="${kind}"><b>${count}</b> ${name}</li>`
      )}</ul></li>
    `;
  return html`
    <p class="headline${noResult ? " alarm" : ""}">${noResult ? html`<strong>${text}</strong>` : text}</p>
    <h1>Reproduction report</h1>
    <p class="outcome">${outcome(results)}</p>
    <ul class="tallies">${roles.filter(({ role }) => role !== "variant").map(({ title, counts }) =>
      tally(capitalise(title), counts.map(({ count, word, kind }) => [count, word, kind] as const))
    )}${tally(`Of all ${cells} cells`, others)}</ul>
    ${roles.filter(({ role }) => role === "variant").map((variants) =>
      html`
        <p class="apart">${capitalise(roleLine(variants))}.</p>
      `
    )}
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
  if (standIn > 0) return `Nothing that ran on a stand-in was judged${rest}.`;
  return `Every measured cell came out as the golden files expect${rest}.`;
}
