/**
 * `deno task test:browser`: opens the page in a chromium, that of fixed results and, where a run has left one,
 * out/report.html. Screenshots and PDFs stay in out/browser/.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { toFileUrl } from "@std/path";
import { isFile } from "../../src/files/is_file.ts";
import { linkTo } from "../../src/suite/report/page/anchors.ts";
import { noParts, reportHtml } from "../../src/suite/report/page/report_html.ts";
import { fixedClaims, fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import { loadingTime, noViolation, opened, readOutline } from "./browser_page.ts";
import { syntheticReport } from "./synthetic_report.ts";
import { say } from "../../scripts/lib/command_line.ts";
import { chromiumNames, findChromium, launchChromium } from "./launch_chromium.ts";
import { root } from "../../scripts/lib/test_helpers.ts";

const executablePath = findChromium();
if (executablePath === null) {
  say(`test:browser is skipped: there is no ${chromiumNames.join(", ")} on the PATH`);
} else {
  const folder = `${root}out/browser`;
  const synthetic = syntheticReport(22);
  const figures = synthetic.figures.slice(0, 2).map((figure) => ({ ...figure, reproduction: "toy_paper" }));
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(
    `${folder}/fixed.html`,
    reportHtml(fixedResults, fixedClaims, { ...noParts, figures }),
  );
  testPage("fixed", `${folder}/fixed.html`, executablePath);
  if (isFile(`${root}out/report.html`)) testPage("report", `${root}out/report.html`, executablePath);
  Deno.writeTextFileSync(
    `${folder}/synthetic.html`,
    reportHtml(synthetic.results, synthetic.claims, { ...noParts, figures: synthetic.figures }),
  );
  testLoading("a page of 22 reproductions", `${folder}/synthetic.html`, 2000, executablePath);
}

/** The main thread may compute as long until a page has loaded. */
function testLoading(name: string, path: string, mostMs: number, executablePath: string): void {
  Deno.test(`${name} has loaded after ${mostMs} ms of processor time`, async () => {
    const browser = await launchChromium(executablePath);
    try {
      const took = await loadingTime(browser, toFileUrl(path).href);
      assert(took < mostMs, `it took ${took} ms`);
    } finally {
      await browser.close();
    }
  });
}

function testPage(name: string, path: string, executablePath: string): void {
  testLoading(`the page ${name}`, path, 1000, executablePath);
  const url = toFileUrl(path).href;
  const out = `${root}out/browser/${name}`;

  Deno.test(`the page ${name} in a browser`, async (t) => {
    const browser = await launchChromium(executablePath);
    try {
      // Five reproductions with 812 cells have 3.7.
      await t.step("has at most 5 MB", () => assert(Deno.statSync(path).size <= 5e6));

      await t.step(
        "shows every cell once, and asks for nothing else",
        () =>
          opened(browser, url, {}, async (page) => {
            const { cells, measured } = await readOutline(page);
            assertEquals(cells.length, measured);
            assertEquals(new Set(cells.map(({ id }) => id)).size, cells.length);
            assertEquals(await page.locator("[data-verdict]:visible").count(), cells.length);
            await page.screenshot({ path: `${out}-light.png`, fullPage: true });
          }),
      );

      await t.step(
        "filters by verdict, searches by cell, and shows all again",
        () =>
          opened(browser, url, {}, async (page) => {
            const { cells } = await readOutline(page);
            const shown = page.locator("[data-verdict]:not(.off):visible");
            const kind = cells.at(-1)!.kind;
            await page.getByLabel("Verdict").selectOption(kind);
            const expected = cells.filter((cell) => cell.kind === kind).length;
            assertEquals(await shown.count(), expected);
            assertEquals(
              await page.locator("#filter-status").textContent(),
              `${expected} of ${cells.length} cells`,
            );
            await page.getByRole("button", { name: "Show all" }).click();
            await page.getByLabel("Cell", { exact: true }).fill(cells[0]!.id);
            const found = cells.filter(({ id }) => id.includes(cells[0]!.id)).length;
            await page.waitForFunction(
              (count) => document.querySelectorAll("[data-verdict]:not(.off)").length === count,
              found,
            );
            assertEquals(await shown.count(), found);
            await page.getByRole("button", { name: "Show all" }).click();
            await page.waitForFunction(() => document.querySelectorAll(".off").length === 0);
            assertEquals(await shown.count(), cells.length);
          }),
      );

      await t.step(
        "filters by role, and by role and verdict together",
        () =>
          opened(browser, url, {}, async (page) => {
            const { cells } = await readOutline(page);
            const shown = page.locator("[data-verdict]:not(.off):visible");
            const roles = new Set(cells.map(({ role }) => role));
            for (const role of roles) {
              await page.getByLabel("Role").selectOption(role);
              const expected = cells.filter((cell) => cell.role === role).length;
              assertEquals(await shown.count(), expected, role);
              assertEquals(
                await page.locator("#filter-status").textContent(),
                `${expected} of ${cells.length} cells`,
              );
            }
            const { role, kind } = cells[0]!;
            await page.getByLabel("Role").selectOption(role);
            await page.getByLabel("Verdict").selectOption(kind);
            assertEquals(
              await shown.count(),
              cells.filter((cell) => cell.role === role && cell.kind === kind).length,
            );
          }),
      );

      await t.step(
        "opens the cell that a link names, and Escape closes its card",
        () =>
          opened(browser, url, {}, async (page) => {
            const { id } = (await readOutline(page)).cells.at(-1)!;
            await page.goto(url + linkTo(id));
            const card = page.locator(".cell details[open] .card");
            assertEquals(await card.locator(".title").textContent(), id);
            assert(
              await page.evaluate(() => {
                const boxOf = (part: string) => document.querySelector(part)!.getBoundingClientRect();
                const cell = boxOf(".cell:target");
                const card = boxOf("details[open] .card");
                return cell.top >= 0 && cell.bottom <= card.top && cell.left >= 0 &&
                  card.bottom <= innerHeight;
              }),
              "the card hides its cell, or the cell is out of sight",
            );
            await noViolation(page);
            await page.keyboard.press("Escape");
            assertEquals(await card.count(), 0);
          }),
      );

      await t.step(
        "keeps filter and order in its address, and opens as it was left",
        () =>
          opened(browser, url, {}, async (page) => {
            const { kind } = (await readOutline(page)).cells.at(-1)!;
            await page.getByLabel("Verdict").selectOption(kind);
            await page.locator("#filter [name=sort]").selectOption("pull");
            const address = page.url();
            assertEquals(new URL(address).search, `?verdict=${kind}&sort=pull`);
            const shown = await page.locator("[data-verdict]:not(.off)").count();
            await page.reload();
            assertEquals(await page.getByLabel("Verdict").inputValue(), kind);
            assertEquals(await page.locator("[data-verdict]:not(.off)").count(), shown);
            const isOrdered = await page.evaluate(() =>
              [...document.querySelectorAll("tbody:has([data-verdict])")].every((body) => {
                const pulls = [...body.querySelectorAll("tr")].map((row) => {
                  const own = [row, ...row.querySelectorAll<HTMLElement>("td")];
                  return Math.max(-1, ...own.map((cell) => Number(cell.dataset["pull"] ?? -1)));
                });
                return pulls.every((pull, i) => i === 0 || pull <= pulls[i - 1]!);
              })
            );
            assert(isOrdered, "rows are not in the order of their pulls");
            await page.getByRole("button", { name: "Show all" }).click();
            await page.waitForFunction(() => location.search === "");
          }),
      );

      for (const width of [400, 1280]) {
        await t.step(
          `never covers a verdict by its own card at ${width} px, wherever it stands`,
          () =>
            opened(browser, url, { viewport: { width, height: 800 } }, async (page) => {
              for (const block of ["start", "center", "end"] as const) {
                for (const place of [0, 0.3, 0.6, 1]) {
                  const covered = await page.evaluate(async ([block, place]) => {
                    const all = [...document.querySelectorAll(".cell details")] as HTMLDetailsElement[];
                    const details = all[Math.floor(place * (all.length - 1))]!;
                    const summary = details.querySelector("summary")!;
                    const waited = () => new Promise((done) => setTimeout(done, 60));
                    summary.scrollIntoView({ block });
                    summary.click();
                    await waited();
                    const isCovered = () => {
                      const verdict = summary.getBoundingClientRect();
                      const card = details.querySelector(".card")!.getBoundingClientRect();
                      return verdict.bottom > card.top && verdict.top < card.bottom;
                    };
                    const found = [isCovered()];
                    scrollBy(0, block === "end" ? 300 : -300);
                    await waited();
                    found.push(isCovered());
                    summary.click();
                    return found;
                  }, [block, place] as const);
                  assertEquals(covered, [false, false], `${block}, ${place}`);
                }
              }
            }),
        );
      }

      await t.step(
        "copies the command of a card",
        () =>
          opened(browser, url, {}, async (page) => {
            const { id } = (await readOutline(page)).cells.at(-1)!;
            await page.goto(url + linkTo(id));
            const card = page.locator(".cell details[open] .card");
            await card.getByRole("button", { name: "Copy the command" }).click();
            await card.getByText("Copied", { exact: true }).waitFor({ timeout: 5000 });
          }),
      );

      await t.step(
        "leads from a dot to the card of its cell, and from dot to dot by arrow keys",
        () =>
          opened(browser, url, {}, async (page) => {
            const dots = page.locator("svg.pull a");
            const targets = await dots.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
            if (targets.length === 0) return;
            await dots.first().focus();
            await page.keyboard.press("ArrowRight");
            await page.keyboard.press("ArrowLeft");
            await page.keyboard.press("Enter");
            const card = page.locator(".cell details[open] .card");
            await card.waitFor();
            assertEquals(linkTo((await card.locator(".title").textContent())!), targets[0]);
          }),
      );

      await t.step(
        "says the values of a figure on focus, point by point",
        () =>
          opened(browser, url, {}, async (page) => {
            const plot = page.locator("figure:has(svg g title) .plot").first();
            if (await plot.count() === 0) return;
            const titles = await plot.locator("svg g title").allTextContents();
            await plot.focus();
            await page.keyboard.press("ArrowRight");
            const readout = page.locator("figure:has(svg g title) .readout").first();
            assertEquals(await readout.textContent(), titles[0]);
            await page.keyboard.press("ArrowLeft");
            assertEquals(await readout.textContent(), titles.at(-1));
          }),
      );

      await t.step(
        "keeps the labels of rows in sight at 400 px",
        () =>
          opened(browser, url, { viewport: { width: 400, height: 800 } }, async (page) => {
            const hidden = await page.evaluate(() =>
              [...document.querySelectorAll(".sheet .scroll")].filter((scroll) => {
                scroll.scrollLeft = 1e6;
                const label = scroll.querySelector("tbody th")!.getBoundingClientRect();
                const window = scroll.getBoundingClientRect();
                return label.left < window.left - 1 || label.right > window.left + window.width / 2;
              }).map((scroll) => scroll.textContent!.slice(0, 60))
            );
            assertEquals(hidden, []);
          }),
      );

      await t.step(
        "stands the decimal points of a column below each other",
        () =>
          opened(browser, url, {}, async (page) => {
            const spread = await page.evaluate(() =>
              [...document.querySelectorAll("table")].flatMap((table) => {
                const columns = new Map<number, number[]>();
                for (const part of table.querySelectorAll<HTMLElement>(".cell i")) {
                  const column = part.closest<HTMLTableCellElement>("td")!.cellIndex;
                  columns.set(column, [...columns.get(column) ?? [], part.getBoundingClientRect().left]);
                }
                return [...columns.values()].map((lefts) => Math.max(...lefts) - Math.min(...lefts));
              })
            );
            assert(
              spread.length > 0 && spread.every((width) => width < 0.6),
              `they are spread over ${spread} px`,
            );
          }),
      );

      for (const colorScheme of ["light", "dark"] as const) {
        await t.step(
          `has no serious fault of accessibility in ${colorScheme}`,
          () =>
            opened(browser, url, { colorScheme }, async (page) => {
              await noViolation(page);
              const paper = await page.evaluate(() =>
                getComputedStyle(document.documentElement).backgroundColor
              );
              const brightness = Math.max(...paper.match(/\d+/g)!.map(Number));
              assertEquals(brightness > 128, colorScheme === "light", paper);
              await page.screenshot({ path: `${out}-${colorScheme}.png`, fullPage: true });
            }),
        );
      }

      for (const width of [400, 1280]) {
        await t.step(
          `is never wider than a window of ${width} px: tables scroll in themselves`,
          () =>
            opened(browser, url, { viewport: { width, height: 800 } }, async (page) => {
              assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), width);
              if (width === 400) await page.screenshot({ path: `${out}-narrow.png` });
            }),
        );
      }

      await t.step("prints on A4", () =>
        opened(browser, url, {}, async (page) => {
          const pdf = await page.pdf({ path: `${out}.pdf`, preferCSSPageSize: true });
          const text = new TextDecoder("latin1").decode(pdf);
          assert(text.startsWith("%PDF-"));
          const sizes = [...text.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(([, box]) =>
            box!.trim().split(/\s+/).map((side) => Math.round(Number(side)))
          );
          assert(
            sizes.length > 0 && sizes.every(([, , w, h]) => w === 595 && h === 842),
            JSON.stringify(sizes),
          );
        }));

      await t.step("saves the embedded results.json", () =>
        opened(browser, url, {}, async (page) => {
          const waiting = page.waitForEvent("download");
          await page.getByRole("link", { name: "results.json" }).click();
          const download = await waiting;
          assertEquals(download.suggestedFilename(), "results.json");
          const saved = JSON.parse(await Deno.readTextFile(await download.path()));
          const embedded = await page.locator("#results-json").textContent();
          assertEquals(saved, JSON.parse(embedded!));
        }));

      await t.step(
        "reads without scripts: no dead control, every cell, and its card",
        () =>
          opened(browser, url, { javaScriptEnabled: false }, async (page) => {
            assertEquals(await page.locator("#filter").isVisible(), false);
            const cells = page.locator("[data-verdict]");
            assert(await cells.first().isVisible());
            await cells.first().locator("summary").click();
            assert(await cells.first().locator(".card").isVisible());
          }),
      );
    } finally {
      await browser.close();
    }
  });
}
