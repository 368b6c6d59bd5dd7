/**
 * The page that follows a running reproduction. It takes its content from `/events` and writes it as text only, so
 * that no name in it can become markup.
 *
 * @module
 */

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
const verdict = (cell) => {
  const unexpected = ["agrees", "deviates"].includes(cell.verdict) && cell.verdict !== cell.expect;
  const mark = { "agrees": "\\u2713 ", "deviates": "\\u2717 " }[cell.verdict] ?? "";
  return mark + cell.verdict + (cell.verdict !== "deviates" ? "" : unexpected ? " (unexpected)" : " (expected)") +
    (cell.baseline?.verdict === "moved" ? ", baseline moved" : "");
};
const section = (module) => {
  const part = make("section");
  part.append(make("h2", module.id));
  const progress = module.progress;
  const bar = make("progress");
  bar.max = progress?.total || 1;
  bar.value = progress?.done ?? 0;
  bar.setAttribute("aria-label", "jobs of " + module.id);
  part.append(bar);
  const computed = progress === null ? 0 : progress.done - progress.cached - progress.resumed;
  const left = computed > 0 ? clock(module.elapsedMs / computed * (progress.total - progress.done)) + " left" : "";
  part.append(make("p", progress === null ? "waits" : [
    Math.floor(progress.done) + " of " + progress.total + " jobs",
    progress.cached > 0 ? progress.cached + " from the cache" : "",
    progress.done < progress.total ? left : clock(module.elapsedMs) + " min",
  ].filter(Boolean).join(", ")));
  if (module.cells.length === 0) return part;
  const table = make("table");
  table.append(make("caption", module.cells.length + " cells judged"));
  const head = make("tr");
  for (const name of ["cell", "published", "measured", "verdict"]) {
    const cell = make("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(head);
  for (const cell of module.cells) {
    const text = verdict(cell);
    const row = make("tr", "", /unexpected|moved/.test(text) ? "unexpected" : "");
    row.append(make("td", cell.id), make("td", cell.published?.text ?? "-", "number"));
    row.append(make("td", measured(cell), "number"), make("td", text));
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
