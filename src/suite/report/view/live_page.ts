/**
 * The page that follows a run. It takes its content from `/events` and writes it as text only, so
 * that no name in it can become markup.
 *
 * @module
 */
import { favourable } from "../../golden/claim.ts";
import { verdictMarks } from "../verdict_kind.ts";

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
progress { width: 100%; height: 0.8rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 2rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { text-align: left; padding: 0.15rem 0.6rem 0.15rem 0; border-bottom: 1px solid #8884; }
td.number { text-align: right; }
tr.unexpected { font-weight: 600; }
`;

const script = `
const byId = (id) => document.getElementById(id);
const make = (tag, text, className) => {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  if (className) element.className = className;
  return element;
};
const clock = (ms) => {
  const seconds = Math.round(ms / 1000);
  return Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
};
const decimals = (cell) => Math.max(2, (cell.published?.text.split(".")[1] ?? "").length);
const measured = (cell) => {
  if (cell.measured === null || cell.measured.value === null) return cell.measured?.error ?? "";
  const error = cell.measured.standardError;
  const digits = decimals(cell);
  return cell.measured.value.toFixed(digits) + (error === null ? "" : " \\u00b1" + error.toFixed(digits));
};
const marks = ${JSON.stringify(verdictMarks)};
const favourable = ${JSON.stringify(favourable)};
const isUnexpected = (cell) => cell.verdict !== "stand-in" && cell.verdict !== cell.expect;
const isMoved = (cell) => cell.baseline?.verdict === "moved";
const verdict = (cell) => {
  const mark = marks[isUnexpected(cell) || isMoved(cell) ? "unexpected" : cell.verdict];
  const variant = cell.role === "variant" && cell.verdict !== "stand-in" ? "variant " : "";
  const note = isUnexpected(cell)
    ? " (unexpected)"
    : cell.verdict === "stand-in" || cell.verdict === favourable[cell.role] ? "" : " (expected)";
  return mark + " " + variant + cell.verdict + note + (isMoved(cell) ? ", baseline moved" : "");
};
const section = (reproduction) => {
  const part = make("section");
  part.append(make("h2", reproduction.id));
  const progress = reproduction.progress;
  const bar = make("progress");
  bar.max = progress?.total || 1;
  bar.value = progress?.done ?? 0;
  bar.setAttribute("aria-label", "jobs of " + reproduction.id);
  part.append(bar);
  const computed = progress === null ? 0 : progress.done - progress.cached - progress.resumed;
  const left = computed > 0 ? clock(reproduction.elapsedMs / computed * (progress.total - progress.done)) + " left" : "";
  part.append(make("p", progress === null ? "waits" : [
    Math.floor(progress.done) + " of " + progress.total + " jobs",
    progress.cached > 0 ? progress.cached + " from the cache" : "",
    progress.done < progress.total ? left : clock(reproduction.elapsedMs) + " min",
  ].filter(Boolean).join(", ")));
  if (reproduction.cells.length === 0) return part;
  const table = make("table");
  table.append(make("caption", reproduction.cells.length + " cells judged"));
  const head = make("tr");
  for (const name of ["cell", "role", "published", "measured", "verdict"]) {
    const cell = make("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(head);
  for (const cell of reproduction.cells) {
    const row = make("tr", "", isUnexpected(cell) || isMoved(cell) ? "unexpected" : "");
    row.append(make("td", cell.id), make("td", cell.role), make("td", cell.published?.text ?? "-", "number"));
    row.append(make("td", measured(cell), "number"), make("td", verdict(cell)));
    table.append(row);
  }
  part.append(table);
  return part;
};
const show = (run) => {
  if (run === null) {
    byId("state").textContent = "No run has left its state here yet: start one with deno task reproduce.";
    return;
  }
  const states = { running: "is running", finished: "has finished", ended: "was interrupted; finished jobs are kept" };
  byId("state").textContent = "Profile " + run.profile + ", started " + run.startedAt + ", " + states[run.state] + ".";
  byId("report").hidden = run.state !== "finished";
  byId("modules").replaceChildren(...run.modules.map(section));
};
const source = new EventSource("/events");
source.onmessage = ({ data }) => show(JSON.parse(data));
source.onerror = () => { byId("state").textContent = "The connection is lost: is deno task view still running?"; };
`;

/** The page, whole. */
export const livePage: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'">
<title>A reproduction as it runs</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>A reproduction as it runs</h1>
<p id="state" role="status">Waiting for the first news.</p>
<p id="report" hidden><a href="/report.html">Read the report</a></p>
<div id="modules"></div>
<noscript>This page follows a run by a script; the report itself needs none: <a href="/report.html">report</a>.</noscript>
</main>
<script>${script}</script>
</body>
</html>
`;
