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
  const facts: readonly (readonly [string, Html | string])[] = [
    ["commit", commit === null ? "outside a checkout" : html`<code>${commit}</code>`],
    ["changed since", dirty === null ? "not known" : dirty ? "yes: files differ from the commit" : "no"],
    ["profile", results.profile],
    ["started", environment.startedAt],
    ["took", formatDuration(environment.elapsedMs)],
    ["Deno, V8", `${environment.deno}, ${environment.v8}`],
    ["tfjs", environment.tfjs ?? "none"],
    ["kernels", `${environment.backend}${environment.simd ? ", SIMD" : ""}, ${environment.threads} threads`],
    ["processor", `${environment.cpu}, ${environment.cores} cores, ${environment.arch}`],
    ["system", environment.os],
    ...modules.map((reproduction) => [reproduction.id, formatTimes(reproduction)] as const),
  ];
  // In a script element only "</" and "<!--" could end or change it: no "<" is left.
  const json = JSON.stringify(results).replaceAll("<", "\\u003c");
  return html`
    <section id="environment" aria-labelledby="environment-heading">
    <h2 id="environment-heading">Environment</h2>
    <dl class="facts">${facts.map(([name, value]) =>
      html`
        <div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>
      `
    )}</dl>
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
