import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import type { Claim } from "../../golden/claim.ts";
import type { Results } from "../../runner/results.ts";
import { fixedClaims, fixedResults } from "../testdata/fixed_results.ts";
import { withoutGoldenRow } from "../table_layout.ts";
import type { PageFigure } from "./reproduction_section.ts";
import { noParts, type PageParts, reportHtml } from "./report_html.ts";

const figure: PageFigure = {
  reproduction: "toy_paper",
  id: "error-by-n",
  title: "Error <against> size",
  caption: "Published & measured",
  svg: '<svg viewBox="0 0 1 1"><path d="M0 0H1"/></svg>',
  files: ["figures/error by n.png", "figures/error-by-n.csv"],
};
const paint = (results: Results, parts: Partial<PageParts> = {}, claims = fixedClaims) =>
  reportHtml(results, claims, { ...noParts, ...parts });
const page = paint(fixedResults, { figures: [figure] });

/** The page without its style sheet and script, which have tests of their own in a browser. */
function withoutStyle(text: string): string {
  return text.replace(/<style>[^]*<\/style>/, "<style>…</style>").replace(
    /<script>[^]*<\/script>/,
    "<script>…</script>",
  )
    .replace(/sha256-[^&]*/, "sha256-…");
}

/** The page without its environment section and the times of its first table. */
function withoutEnvironment(text: string): string {
  return text.replace(/<section id="environment"[^]*?<\/section>/, "").replaceAll(
    /<td class="minutes">[^<]*<\/td>/g,
    "",
  );
}

Deno.test("reportHtml() of fixed results", async (t) => {
  await t.assertSnapshot(withoutStyle(page));
});

Deno.test("reportHtml() gives every cell one element whose id is the cell's, and links to it percent-encoded", () => {
  const cells = fixedResults.modules[0]!.cells.map((cell, i) =>
    i === 0 ? { ...cell, id: "table/m<=1" } : cell
  );
  const claims = fixedClaims.get("toy_paper")!.map((claim, i) =>
    i === 0 ? { ...claim, cell: "table/m<=1" } : claim
  );
  const text = paint(withCells(cells), {}, new Map([["toy_paper", claims]]));
  for (const { id } of cells) {
    const escaped = id.replace("<", "&lt;");
    assertEquals(text.split(` id="${escaped}"`).length, 2, id);
  }
  assertStringIncludes(text, 'href="#table/m%3C=1"');
});

Deno.test("reportHtml() has no id twice, even where reproductions share cells", () => {
  const [reproduction] = fixedResults.modules;
  const modules = [reproduction!, {
    ...reproduction!,
    id: "other",
    paper: { ...reproduction!.paper, title: "B title" },
  }];
  const text = paint({ ...fixedResults, modules }, {
    figures: [figure, { ...figure, reproduction: "other" }],
  });
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assertEquals(ids.length, new Set(ids).size);
  assert(ids.includes("other/table/1/a"));
});

Deno.test("reportHtml() escapes names with markup everywhere", () => {
  const bad = '<img src=x onerror="alert(1)">\'&';
  const [cell] = fixedResults.modules[0]!.cells;
  const hostile: Results = {
    ...fixedResults,
    environment: {
      ...fixedResults.environment,
      cpu: bad,
      data: { [bad]: { source: "folder", digest: bad, notes: [bad], files: [{ name: bad, sha256: bad }] } },
    },
    modules: [{
      id: bad,
      paper: { title: bad, authors: [bad], year: 2013, venue: bad, doi: bad, arxiv: bad },
      elapsedMs: 0,
      computeMs: 0,
      sources: bad,
      planSources: bad,
      seeds: null,
      summary: fixedResults.summary,
      digest: bad,
      digestVerdict: "moved",
      failures: [{ job: bad, error: bad, message: `${bad}</script>` }],
      cells: [{
        ...cell!,
        id: bad,
        quantity: bad,
        unit: bad,
        published: { text: bad, value: 1 },
        source: bad,
        measured: { value: null, standardError: null, unitOfError: null, values: [NaN], error: bad },
        tolerance: { ...cell!.tolerance, rationale: bad },
      }],
    }],
  };
  const claim = {
    ...fixedClaims.get("toy_paper")![0]!,
    cell: bad,
    table: bad,
    row: bad,
    column: bad,
    because: bad,
  };
  for (const claims of [new Map([[bad, [claim]]]), new Map<string, Claim[]>()]) {
    const text = paint(hostile, {
      figures: [{ ...figure, reproduction: bad, title: bad, caption: bad, files: [bad] }],
    }, claims);
    assert(!text.includes("<img"), text.slice(text.indexOf("<img") - 200, text.indexOf("<img") + 50));
    assertEquals(text.split("</script>").length, 3);
  }
});

Deno.test("reportHtml() embeds results.json as it is", () => {
  const json = /<script type="application\/json" id="results-json">([^]*?)<\/script>/.exec(page)![1]!;
  assertEquals(JSON.parse(json), JSON.parse(JSON.stringify(fixedResults)));
});

Deno.test("reportHtml() keeps what differs between equal runs in the environment section and the times of the first table", () => {
  const { environment, modules } = fixedResults;
  const later: Results = {
    ...fixedResults,
    environment: {
      ...environment,
      startedAt: "2027-01-01T00:00:00.000Z",
      elapsedMs: 1,
      threads: 8,
      cpu: "another",
    },
    modules: modules.map((reproduction) => ({ ...reproduction, elapsedMs: 1, computeMs: 2 })),
  };
  const other = paint(later, { figures: [figure] });
  assert(other !== page);
  assertEquals(withoutEnvironment(other), withoutEnvironment(page));
});

Deno.test("reportHtml() allows its own script alone, and refers to nothing that it would load", () => {
  const script = /<script>([^]*?)<\/script>/.exec(page)![1]!;
  const hash = createHash("sha256").update(script).digest("base64");
  assertStringIncludes(page, `script-src &#39;sha256-${hash}&#39;`);
  assertMatch(page, /default-src &#39;none&#39;/);
  assertEquals(page.match(/ (src|srcset|action|data)="|<link|@import|url\(/g), null);
});

Deno.test("reportHtml() says in bold and first that a stand-in or a smoke run is no result", () => {
  const data = { mnist: { source: "stand-in", digest: "", notes: [], files: [] } } as const;
  const { environment, summary } = fixedResults;
  const standIn: Results = {
    ...fixedResults,
    environment: { ...environment, data },
    summary: { ...summary, standIn: 1 },
  };
  const first = (text: string) => text.slice(text.indexOf('<header id="top">'), text.indexOf("<h1>"));
  for (const results of [standIn, { ...fixedResults, profile: "smoke" } as const]) {
    assertMatch(first(paint(results)), /<strong>.*no result.*<\/strong>/);
  }
  assertEquals(first(paint({ ...standIn, summary })).includes("<strong>"), false);
});

Deno.test("reportHtml() prints commands with the seeds of the run, where they are not the profile's", () => {
  const commands = (text: string) => text.match(/deno task reproduce toy_paper[^<]*/g)!;
  assert(commands(page).every((command) => !command.includes("--seeds")));
  const seeded = commands(paint(fixedResults, { seeds: new Map([["toy_paper", 5]]) }));
  assertEquals(seeded, commands(page).map((command) => `${command} --seeds 5`));
});

Deno.test("reportHtml() sets the scripts of titles and captions, and names the picture without them", () => {
  const scripted = { ...figure, title: "Error < 2^{J}", caption: "With σ_{w}^{2} = 2." };
  const html = paint(fixedResults, { figures: [scripted] });
  assertStringIncludes(html, ">Error &lt; 2<sup>J</sup></h4>");
  assertStringIncludes(html, 'aria-label="Error &lt; 2ᴶ"');
  assertStringIncludes(html, "<figcaption>With σ<sub>w</sub><sup>2</sup> = 2.");
});

Deno.test("reportHtml() notes cells without golden rows, a reproduction without cells, and absent figures", () => {
  const bare = paint(fixedResults, {}, new Map());
  assertStringIncludes(bare, withoutGoldenRow);
  assertStringIncludes(bare, '<tr id="table/1/a"');
  assertStringIncludes(bare, "No figure was painted for this reproduction in this run.");
  assertStringIncludes(paint(withCells([])), "This reproduction has no cells.");
});

Deno.test("reportHtml() opens with the statement of each reproduction, and with its tables where it has none", () => {
  const row = (text: string) => /<span class="statement">([^<]*)<\/span>/.exec(text)![1];
  assertEquals(row(page), "Table | 1; Orders; Table | 1, another filter");
  const [reproduction] = fixedResults.modules;
  const stated = { ...fixedResults, modules: [{ ...reproduction!, statement: "a < b" }] };
  assertEquals(row(paint(stated)), "a &lt; b");
});

Deno.test("reportHtml() has a row for each reproduction, those of one paper together", () => {
  const [first] = fixedResults.modules;
  const other = { ...first!, id: "other", paper: { ...first!.paper, title: "B title" } };
  const text = paint({ ...fixedResults, modules: [first!, { ...first!, id: "same_paper" }, other] });
  const [overview] = /<table class="overview">[^]*?<\/table>/.exec(text)!;
  const bodies = [...overview.matchAll(/<tbody>([^]*?)<\/tbody>/g)].map(([, body]) =>
    [...body!.matchAll(/<code>([^<]*)<\/code>/g)].map(([, id]) => id)
  );
  assertEquals(bodies, [["toy_paper", "same_paper"], ["other"]]);
  assertEquals(overview.match(/class="title"/g)!.length, 2);
});

Deno.test("reportHtml() links every dot of the pull plot to the card of its cell", () => {
  const [strip] = /<svg class="pull" viewBox="[^"]*" width="\d+" height="[^"]*" role="group"[^]*?<\/svg>/
    .exec(page)!;
  const links = [...strip.matchAll(/<a href="#([^"]*)"/g)].map(([, anchor]) => anchor!);
  assertEquals(links.toSorted(), [
    "other/1/a",
    "other/1/b",
    "table/1/a",
    "table/1/b",
    "table/2/a",
    "table/3/a",
  ]);
  for (const anchor of links) assertStringIncludes(page, ` id="${anchor}"`);
});

Deno.test("reportHtml() links (README) to what the README says of known deviations, and leaves it where there is none", () => {
  const claims = new Map([[
    "toy_paper",
    fixedClaims.get("toy_paper")!.map((claim) =>
      claim.because === "" ? claim : { ...claim, because: "shown (README)" }
    ),
  ]]);
  const readmes = new Map([["toy_paper", "because <of> b"]]);
  const text = paint(fixedResults, { readmes }, claims);
  assertStringIncludes(text, 'shown (<a href="#readme:toy_paper">README</a>)');
  assertStringIncludes(text, '<pre id="readme:toy_paper" tabindex="0">because &lt;of&gt; b</pre>');
  assertStringIncludes(paint(fixedResults, {}, claims), "shown (README)");
});

Deno.test("reportHtml() says in a card what was accepted before, where that was more than one value", () => {
  const accepted = (value: number, date: string) => ({ value, commit: "0123456789abcdef", date });
  const cells = new Map([
    ["table/2/a", [accepted(28.5, "2026-01-01"), accepted(29, "2026-02-03")]],
    ["table/1/a", [accepted(21.8, "2026-01-01")]],
  ]);
  const whole = paint(fixedResults, { history: new Map([["toy_paper", cells]]) });
  const text = whole.slice(0, whole.indexOf('id="how-to-read"'));
  assertEquals(
    text.match(/<dt>accepted before<\/dt>\s*<dd>[^<]*<\/dd>/g)!.map((entry) =>
      entry.replace(/\s*<[^>]*>\s*/g, "|")
    ),
    [
      "|accepted before||28.50 (2026-01-01, 0123456) → 29.00 (2026-02-03, 0123456)|",
    ],
  );
});

Deno.test("reportHtml() says whether code differs from the commit", () => {
  const said = (dirty: boolean | null) => {
    const environment = { ...fixedResults.environment, dirty };
    return /<dt>source digest<\/dt>\s*<dd>([^<]*)</.exec(paint({ ...fixedResults, environment }))![1]!;
  };
  assertStringIncludes(said(true), "the source digest differs");
  assertEquals(said(false).includes("differs"), false);
  assertEquals(said(null), "not held against a commit");
});

function withCells(cells: Results["modules"][number]["cells"]): Results {
  return { ...fixedResults, modules: [{ ...fixedResults.modules[0]!, cells }] };
}
