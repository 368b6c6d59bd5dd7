import type { Claim } from "../../golden/claim.ts";
import type { Results } from "../../runner/results.ts";
import { findingsOf } from "../deviations.ts";
import { type Anchors, linkTo } from "./anchors.ts";
import { type Html, html } from "./html.ts";

/** Every deviation with its reason, cells of one reason together, and the jobs that failed. */
export function deviationsSection(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  anchors: Anchors,
): Html {
  const modules = results.modules.map((module) => ({
    module,
    findings: findingsOf(module, claims.get(module.id) ?? []),
  })).filter(({ module, findings }) => findings.length + module.failures.length > 0);
  return html`
    <section id="deviations" aria-labelledby="deviations-heading">
    <h2 id="deviations-heading">Deviations and their reasons</h2>
    ${modules.length === 0 ? html`<p>Nothing deviates, and no job failed.</p>` : null}${modules.map((
      { module, findings },
    ) =>
      html`
        <h3>${module.id}</h3>
        <ul class="findings">
        ${module.failures.map(({ job, message }) =>
          html`
            <li class="unexpected">The job <code>${job}</code> failed: ${message}</li>
          `
        )}${findings.map(({ text, cells }) =>
          html`
            <li class="${known(text) ? "known" : "unexpected"}">${sentence(text)} <span class="cells">${cells
              .map((cell, i) => {
                const anchor = anchors.get(module.id)!.get(cell);
                const name = html`<code>${cell}</code>`;
                return html`${i > 0 ? ", " : ""}${
                  anchor === undefined ? name : html`<a href="${linkTo(anchor)}">${name}</a>`
                }`;
              })}</span></li>
          `
        )}</ul>
      `
    )}</section>
  `;
}

function known(text: string): boolean {
  return text.startsWith("deviates as expected");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.)]$/.test(text) ? "" : "."}`;
}
