import type { Results } from "../../runner/results.ts";
import { formatDuration, formatTimes } from "../format_duration.ts";
import { dataLine } from "../headline.ts";
import { Html, html } from "./html.ts";

/** Longer lists of files are left to results.json. */
const mostFiles = 12;

/**
 * Where and when the results were made, on which data, and results.json itself. All that differs between equal runs stands
 * in this section.
 */
export function environmentSection(results: Results): Html {
  const { environment, modules } = results;
  const { commit, dirty } = environment;
  const computeMs = modules.reduce((sum, reproduction) => sum + reproduction.computeMs, 0);
  const facts: readonly (readonly [string, Html | string])[] = [
    ["commit", commit === null ? "outside a checkout" : html`<code>${commit}</code>`],
    ["source digest", sourceText(dirty)],
    ["profile", results.profile],
    ["started", environment.startedAt],
    ["took", formatTimes({ elapsedMs: environment.elapsedMs, computeMs })],
    ["Deno, V8", `${environment.deno}, ${environment.v8}`],
    ...(environment.v8Flags === undefined ? [] : [["flags of V8", environment.v8Flags.join(" ")] as const]),
    ["tfjs", environment.tfjs ?? "none"],
    ["kernels", `${environment.backend}${environment.simd ? ", SIMD" : ""}, ${environment.threads} threads`],
    ["processor", `${environment.cpu}, ${environment.cores} cores, ${environment.arch}`],
    ["system", environment.os],
  ];
  // In a script element only "</" and "<!--" could end or change it: no "<" is left.
  const json = JSON.stringify(results).replaceAll("<", "\\u003c");
  return html`
    <section id="environment" aria-labelledby="environment-heading">
    <h2 id="environment-heading">Environment and digests</h2>
    <dl class="facts">${facts.map(([name, value]) =>
      html`
        <div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>
      `
    )}</dl>
    <div class="scroll" role="region" aria-label="Times and digests" tabindex="0">
    <table class="digests">
      <thead>
        <tr>
          <th scope="col">reproduction</th>
          <th scope="col">busy in this run</th>
          <th scope="col">computing, cached jobs included</th>
          <th scope="col">digest over all measured values</th>
          <th scope="col">digest of its tasks</th>
          <th scope="col">digest of its plan</th>
        </tr>
      </thead>
      <tbody>${modules.map(({ id, elapsedMs, computeMs, digest, digestVerdict, sources, planSources }) =>
        html`
          <tr>
            <th scope="row">${id}</th>
            <td>${elapsedMs === 0 ? "all from the cache" : formatDuration(elapsedMs)}</td>
            <td>${computeMs === 0 ? "no job has finished here" : formatDuration(computeMs)}</td>
            <td>${shortDigest(digest)}${digestVerdict === "none" ? "" : `, ${digestVerdict}`}</td>
            <td>${shortDigest(sources)}</td>
            <td>${shortDigest(planSources)}</td>
          </tr>
        `
      )}</tbody>
    </table>
    </div>
    ${Object.entries(environment.data).map(([id, data]) =>
      html`<p class="data">${dataLine(id, data)}; SHA-256 over names and digests <code>${data.digest}</code>${
        data.files.length > mostFiles ? "; those of the files stand in results.json" : ""
      }</p>
${
        data.files.length === 0 || data.files.length > mostFiles ? null : html`
          <details>
            <summary>Files of ${id}</summary>
            <table class="files">
              <thead>
                <tr>
                  <th scope="col">file</th>
                  <th scope="col">SHA-256</th>
                </tr>
              </thead>
              <tbody>${data.files.map(({ name, sha256 }) =>
                html`
                  <tr>
                    <td>${name}</td>
                    <td><code>${sha256}</code></td>
                  </tr>
                `
              )}</tbody>
            </table>
          </details>
        `
      }`
    )}<p class="download"><a id="download" href="results.json" type="application/json">results.json</a>: every number in full,
    embedded in this page<span class="needs-script"> and, without scripts, read from beside it</span>.</p>
    <script type="application/json" id="results-json">${new Html(json)}</script>
    </section>
  `;
}

/** Whether the code is that of the commit. */
function sourceText(dirty: boolean | null): string {
  if (dirty === null) return "not held against a commit";
  return dirty
    ? "the source digest differs: code was changed since that commit"
    : "that of the commit: no code was changed since";
}

/** A digest by its first digits; results.json has it whole. */
function shortDigest(digest: string): Html {
  return html`<code>${digest.slice(0, 16)}</code>`;
}
