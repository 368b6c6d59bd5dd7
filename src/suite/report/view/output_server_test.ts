import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withFolder } from "../../../files/test_helpers.ts";
import { LiveStatus } from "../../runner/live_status.ts";
import { outputServer } from "./output_server.ts";

/** Runs a test on an output folder with a report, a figure, a cache, and links that lead out of it. */
function inOutput(
  run: (get: (path: string, init?: RequestInit) => Promise<Response>, out: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const out = `${folder}/out`;
    const stopped = new AbortController();
    await Deno.mkdir(`${out}/cache`, { recursive: true });
    await Deno.mkdir(`${out}/figures`);
    await Deno.writeTextFile(`${folder}/secret.txt`, "secret");
    await Deno.writeTextFile(`${out}/cache/plan.json`, "secret");
    await Deno.writeTextFile(`${out}/report.html`, "<p>report</p>");
    await Deno.writeTextFile(`${out}/figures/a b.csv`, "1,2");
    await Deno.symlink(`${folder}/secret.txt`, `${out}/link.txt`);
    await Deno.symlink(`${out}/cache`, `${out}/shelf`);
    const serve = outputServer({ out, signal: stopped.signal });
    try {
      await run((path, init) => serve(new Request(`http://127.0.0.1:8080${path}`, init)), out);
    } finally {
      stopped.abort();
    }
  });
}

Deno.test("outputServer() gives the files of the folder with their types", () =>
  inOutput(async (get) => {
    const report = await get("/");
    assertEquals([report.headers.get("content-type"), await report.text()], [
      "text/html; charset=utf-8",
      "<p>report</p>",
    ]);
    assertEquals(await (await get("/figures/a%20b.csv")).text(), "1,2");
  }));

Deno.test("outputServer() shows the live page while there is no report", () =>
  inOutput(async (get, out) => {
    await Deno.remove(`${out}/report.html`);
    assertStringIncludes(await (await get("/")).text(), "A reproduction as it runs");
    assertStringIncludes(await (await get("/live")).text(), "EventSource");
  }));

Deno.test("outputServer() gives nothing outside the folder or from the cache", async (t) => {
  const paths = [
    "/cache/plan.json",
    "/./cache/plan.json",
    "/figures/../cache/plan.json",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/figures/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "//etc/passwd",
    "/link.txt",
    "/shelf/plan.json",
    "/figures",
    "/%00",
    "/%zz",
  ];
  await inOutput(async (get) => {
    for (const path of paths) {
      await t.step(path, async () => {
        const response = await get(path);
        assertEquals([response.status, await response.text()], [404, "There is no such file\n"]);
      });
    }
  });
});

Deno.test("outputServer() refuses other methods and other hosts", () =>
  inOutput(async (get, out) => {
    assertEquals((await get("/report.html", { method: "POST" })).status, 405);
    const serve = outputServer({ out, signal: new AbortController().signal });
    assertEquals((await serve(new Request("http://example.org/report.html"))).status, 403);
  }));

Deno.test("outputServer() sends the state of a run when it changes", () =>
  inOutput(async (get, out) => {
    const reader = (await get("/events")).body!.pipeThrough(new TextDecoderStream()).getReader();
    assertEquals((await reader.read()).value, "data: null\n\n");
    const live = new LiveStatus(`${out}/cache/live.json`, "smoke", ["toy"]);
    const state = async () => JSON.parse((await reader.read()).value!.slice("data: ".length));
    assertEquals((await state()).modules, [{ id: "toy", progress: null, elapsedMs: 0, cells: [] }]);
    live.update("toy", { done: 2, total: 2, cached: 0, resumed: 0 }, () => []);
    live.end("finished");
    const last = await state();
    assertEquals([last.state, last.modules[0].progress], ["finished", {
      done: 2,
      total: 2,
      cached: 0,
      resumed: 0,
    }]);
    assert(last.modules[0].elapsedMs >= 0);
    await reader.cancel();
  }));
