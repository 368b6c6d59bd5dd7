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
import { reportHtml } from "../../src/suite/report/page/report_html.ts";
import { fixedClaims, fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import { noViolation, opened, readOutline } from "./browser_page.ts";
import { say } from "../../scripts/lib/command_line.ts";
import { chromiumNames, findChromium, launchChromium } from "./launch_chromium.ts";
import { root } from "../../scripts/lib/test_helpers.ts";

const executablePath = findChromium();
if (executablePath === null) {
  say(`test:browser is skipped: there is no ${chromiumNames.join(", ")} on the PATH`);
} else {
  const folder = `${root}out/browser`;
  const noParts = { figures: [], seeds: new Map() };
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}/fixed.html`, reportHtml(fixedResults, fixedClaims, noParts));
  testPage("fixed", `${folder}/fixed.html`, executablePath);
  if (isFile(`${root}out/report.html`)) testPage("report", `${root}out/report.html`, executablePath);
}

function testPage(name: string, path: string, executablePath: string): void {
  const url = toFileUrl(path).href;
  const out = `${root}out/browser/${name}`;

  Deno.test(`the page ${name} in a browser`, async (t) => {
    const browser = await launchChromium(executablePath);
    try {
      await t.step("has at most 3 MB", () => assert(Deno.statSync(path).size <= 3e6));

      await t.step(
        "is ready within 1 s, shows every cell once, and asks for nothing else",
        () =>
          opened(browser, url, {}, async (page) => {
            const ready = await page.evaluate(() => performance.getEntriesByType("navigation")[0]!.duration);
            assert(ready < 1000, `it took ${ready} ms`);
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
