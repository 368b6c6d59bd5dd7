/**
 * What the browser test does with every page.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** What the page knows of itself. */
export interface Outline {
  /** The ids of the cells, in the order of the page, with their kinds and roles. */
  readonly cells: readonly { readonly id: string; readonly kind: string; readonly role: string }[];
  /** How many cells results.json holds. */
  readonly measured: number;
}

/** Opens a page; no console error may have been written, and nothing but the file asked for, when the work is done. */
export async function opened(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const faults: string[] = [];
  const requested: string[] = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => /^(data|blob):/.test(request.url()) || requested.push(request.url()));
    await page.goto(url);
    await work(page);
    assertEquals(faults, []);
    // The page writes what it is filtered by into its address; that loads nothing.
    assertEquals(requested.filter((other) => other.split(/[?#]/)[0] !== url), []);
  } finally {
    await context.close();
  }
}

/** Reads the outline of a page. */
export async function readOutline(page: Page): Promise<Outline> {
  return await page.evaluate(() => {
    const results = JSON.parse(document.querySelector("#results-json")!.textContent!);
    const cells = [...document.querySelectorAll<HTMLElement>("[data-verdict]")];
    return {
      cells: cells.map(({ id, dataset }) => ({ id, kind: dataset["verdict"]!, role: dataset["role"]! })),
      measured: results.modules.flatMap((module: { cells: unknown[] }) => module.cells).length,
    };
  });
}

/** Runs axe on a part of the page: nothing that it finds may be serious or critical. */
export async function noViolation(page: Page, part = "html"): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { readonly axe: typeof import("axe-core") };
    const { violations } = await axe.run(selector);
    return violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]?.html }));
  }, part);
  assertEquals(violations.filter(({ impact }) => impact === "serious" || impact === "critical"), []);
}

/**
 * Opens a page and gives how long its main thread computed until it had loaded, in ms of processor time: of the whole, what does not
 * depend on who else computes on the machine.
 */
export async function loadingTime(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(url);
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  } finally {
    await context.close();
  }
}
