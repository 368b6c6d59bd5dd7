import type { Claim } from "../../golden/claim.ts";
import type { Results } from "../../runner/results.ts";
import { capitalise } from "../capitalise.ts";
import { listFindings } from "../deviations.ts";
import { type Anchors, linkTo } from "./anchors.ts";
import { type Html, html } from "./html.ts";
import { linkReadme, readmeAnchor } from "./readme_link.ts";

/** Every cell that is not as claimed or expected, with its reason, cells of one reason together, and the jobs that failed. */
export function deviationsSection(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  anchors: Anchors,
  readmes: ReadonlyMap<string, string>,
): Html {
  const reproductions = results.modules.map(({ id, failures, ...rest }) => ({
    id,
    failures,
    findings: listFindings(rest, claims.get(id) ?? []),
  })).filter(({ findings, failures }) => findings.length + failures.length > 0);
  return html`
    <section id="deviations" aria-labelledby="deviations-heading">
    <h2 id="deviations-heading">Deviations and their reasons</h2>
    ${reproductions.length === 0
      ? html`<p>Every measured number agrees and every measured claim holds; no job failed.</p>`
      : null}${reproductions.map(({ id, failures, findings }) =>
        html`
          <h3>${id}</h3>
          <ul class="findings">
          ${failures.map(({ job, message }) =>
            html`
              <li class="unexpected">The job <code>${job}</code> failed: ${message}</li>
            `
          )}${findings.map(({ text, known, cells }) =>
            html`
              <li class="${known ? "known" : "unexpected"}">${linkReadme(
                sentence(text),
                id,
                readmes.has(id),
              )} <span class="cells">${cells.map(
                (cell, i) => {
                  const anchor = anchors.get(id)!.get(cell);
                  const name = html`<code>${cell}</code>`;
                  return html`${i > 0 ? ", " : ""}${
                    anchor === undefined ? name : html`<a href="${linkTo(anchor)}">${name}</a>`
                  }`;
                },
              )}</span></li>
            `
          )}</ul>
          ${readmes.has(id)
            ? html`
              <details class="readme">
                <summary>What the README of <code>${id}</code> says of its known deviations</summary>
                <pre id="${readmeAnchor(id)}" tabindex="0">${readmes.get(id)!}</pre>
              </details>
            `
            : null}
        `
      )}</section>
  `;
}

function sentence(text: string): string {
  return `${capitalise(text)}${/[.)]$/.test(text) ? "" : "."}`;
}
