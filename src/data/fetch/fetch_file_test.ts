import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { DataError, UsageError } from "../../errors.ts";
import { withFolder } from "../../files/test_helpers.ts";
import { fetchFile, type FetchFileOptions } from "./fetch_file.ts";
import { text, tree, withServer } from "../test_helpers.ts";
import { UnreachableError } from "./unreachable_error.ts";

const content = text("the right content");
const loopback: FetchFileOptions = { hosts: [], allowLoopback: true };

/** Accepts only the right content. */
async function check(part: string): Promise<void> {
  if (await Deno.readTextFile(part) !== "the right content") throw new DataError("wrong digest");
}

/** Downloads from the given paths of a server into a folder and gives what the folder holds then. */
async function download(
  answer: (request: Request, path: string) => Response | Promise<Response>,
  paths: readonly string[],
  { bytes = content.length, ...options }: Partial<FetchFileOptions> & { readonly bytes?: number } = {},
): Promise<string[]> {
  let files: string[] = [];
  await withFolder(async (folder) => {
    await withServer(answer, async (address) => {
      try {
        const urls = paths.map((path) => new URL(path, address).href);
        const target = join(folder, "file.bin");
        await fetchFile({ urls, bytes }, target, check, { ...loopback, ...options });
        assertEquals(await Deno.readFile(target), content);
      } finally {
        files = await tree(folder);
        assertEquals(files.filter((name) => name.endsWith(".part")), []);
      }
    });
  });
  return files;
}

Deno.test("fetchFile() moves a right file into place and reports its progress", async () => {
  const seen: [bytes: number, total: number][] = [];
  const onBytes = (bytes: number, total: number) => seen.push([bytes, total]);
  assertEquals(await download(() => new Response(content), ["/a"], { onBytes }), ["file.bin"]);
  assertEquals(seen.at(-1), [17, 17]);
});

Deno.test("fetchFile() refuses wrong bytes and leaves nothing", async (t) => {
  const unsized = (bytes: Uint8Array<ArrayBuffer>) => new Response(ReadableStream.from([bytes]));
  const faults: Record<string, [answer: () => Response, reason: string]> = {
    "wrong digest": [() => new Response("the wrong content"), "wrong digest"],
    "too short": [() => new Response("the right"), "it has 9 bytes instead of 17"],
    "too long": [() => new Response("the right content, and more"), "more than 17 bytes instead of 17"],
    "too short, size not announced": [() => unsized(text("the right")), "it has 9 bytes instead of 17"],
    "empty": [() => new Response(""), "it has 0 bytes instead of 17"],
    "a thousand times too long": [
      () => {
        let pieces = 0;
        const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
          controller.enqueue(new Uint8Array(1000));
          if (++pieces === 1000) controller.close();
        };
        return new Response(new ReadableStream({ pull }));
      },
      "more than 17 bytes",
    ],
  };
  for (const [title, [answer, reason]] of Object.entries(faults)) {
    await t.step(title, async () => {
      const error = await assertRejects(() => download(answer, ["/a"]), DataError, reason);
      assertEquals(error instanceof UnreachableError, false);
    });
  }
});

Deno.test("fetchFile() refuses a transfer that breaks off", async () => {
  const broken = () => {
    let sent = false;
    return new Response(
      new ReadableStream({
        pull(controller) {
          if (sent) controller.error(new Error("cut"));
          else controller.enqueue(text("the right"));
          sent = true;
        },
      }),
    );
  };
  await assertRejects(() => download(broken, ["/a"]), DataError, "it broke off after 9 of 17 bytes");
});

Deno.test("fetchFile() gives up on a server that does not answer or goes silent", async (t) => {
  const patienceMs = 150;
  await t.step("no answer", async () => {
    const begin = performance.now();
    const silent = () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response()), 1000));
    const wait = () => download(silent, ["/a"], { patienceMs });
    await assertRejects(wait, UnreachableError, "no answer for 0.15 s");
    assertLess(performance.now() - begin, 5000);
  });
  await t.step("silence after the first bytes", async () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stalling = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(text("the right"));
            timer = setTimeout(() => controller.close(), 1000);
          },
          cancel: () => clearTimeout(timer),
        }),
      );
    const wait = () => download(stalling, ["/a"], { patienceMs });
    await assertRejects(wait, DataError, "broke off after 9 of 17 bytes: less than 16384 bytes in 0.15 s");
  });
  await t.step("drops for much longer than that", async () => {
    // They end at last, since a server may not notice that nobody listens any more.
    const dripping = () => {
      let drops = 0;
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            controller.enqueue(text("."));
            if (++drops === 100) controller.close();
          },
        }),
      );
    };
    const begin = performance.now();
    const wait = () => download(dripping, ["/a"], { patienceMs, bytes: 1e6 });
    await assertRejects(wait, DataError, "of 1000000 bytes: less than 16384 bytes in 0.15 s");
    assertLess(performance.now() - begin, 5000);
  });
});

Deno.test("fetchFile() takes the next mirror where one is gone, wrong or refuses", async (t) => {
  const answer = (_request: Request, path: string) => {
    if (path === "/right") return new Response(content);
    return path === "/wrong" ? new Response("the wrong content") : new Response("no", { status: 404 });
  };
  for (const first of ["/gone", "/wrong", "https://elsewhere.invalid/a"]) {
    await t.step(first, async () => {
      assertEquals(await download(answer, [first, "/right"]), ["file.bin"]);
    });
  }
  await t.step("a wrong file outweighs an unreachable server", async () => {
    const error = await assertRejects(() => download(answer, ["/gone", "/wrong"]), DataError, "wrong digest");
    assertEquals(error instanceof UnreachableError, false);
  });
  await t.step("all gone: each is named", async () => {
    await assertRejects(() => download(answer, ["/gone", "/lost"]), UnreachableError, "/lost: 127.0.0.1:");
  });
});

Deno.test("fetchFile() follows redirects to allowed addresses only", async (t) => {
  const answer = (request: Request, path: string) => {
    const to = (location: string) => new Response(null, { status: 302, headers: { location } });
    if (path === "/right") return new Response(content);
    if (path === "/relative") return to("/right");
    if (path === "/absolute") return to(new URL("/right", request.url).href);
    if (path === "/loop") return to("/loop");
    if (path === "/nowhere") return new Response(null, { status: 302 });
    return to(decodeURIComponent(path.slice(1)));
  };
  for (const path of ["/relative", "/absolute"]) {
    await t.step(path, async () => {
      assertEquals(await download(answer, [path]), ["file.bin"]);
    });
  }
  const refused = {
    "https://elsewhere.invalid/a": "https://elsewhere.invalid is not a listed host",
    "http://listed.invalid/a": "http://listed.invalid is not a listed host",
    "https://listed.invalid:444/a": "https://listed.invalid:444 is not a listed host",
    "https://127.0.0.1/a": "https://127.0.0.1 is not a listed host",
    "http://localhost/a": "http://localhost is not a listed host",
    "file:///etc/passwd": "file:// is not a listed host",
  };
  for (const [location, reason] of Object.entries(refused)) {
    await t.step(`refuses ${location}`, async () => {
      const fetching = () =>
        download(answer, [`/${encodeURIComponent(location)}`], { hosts: ["listed.invalid"] });
      await assertRejects(fetching, UnreachableError, reason);
    });
  }
  await t.step("refuses a circle", async () => {
    await assertRejects(() => download(answer, ["/loop"]), UnreachableError, "redirects more than 5 times");
  });
  await t.step("refuses a redirect to what is no address", async () => {
    const fetching = () => download(answer, [`/${encodeURIComponent("https://[")}`]);
    await assertRejects(fetching, UnreachableError, 'redirects to "https://[", which is no address');
  });
  await t.step("refuses a redirect to nowhere", async () => {
    await assertRejects(() => download(answer, ["/nowhere"]), UnreachableError, "answers 302");
  });
});

Deno.test("fetchFile() does not ask plain http or 127.0.0.1 unless told so", async () => {
  const fetching = () => download(() => new Response(content), ["/a"], { allowLoopback: false });
  await assertRejects(fetching, UnreachableError, "is not a listed host");
});

Deno.test("fetchFile() stops when it is told to, and leaves nothing", async () => {
  const abort = new AbortController();
  const endless = () =>
    new Response(
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          controller.enqueue(text("."));
        },
      }),
    );
  const onBytes = () => abort.abort(new Error("stopped by the user"));
  const fetching = () => download(endless, ["/a", "/b"], { signal: abort.signal, onBytes });
  await assertRejects(fetching, Error, "stopped by the user");
});

Deno.test("fetchFile() names a path that cannot be written", async () => {
  await withServer(() => new Response(content), async (address) => {
    const target = join(import.meta.dirname!, "no-such-folder", "file.bin");
    const fetching = () => fetchFile({ urls: [`${address}/a`], bytes: 17 }, target, check, loopback);
    await assertRejects(fetching, UsageError, `Cannot write ${target}.part`);
  });
});
