import { join } from "@std/path";
import { readTextAtMost } from "../../../files/read_text_at_most.ts";
import { liveFile } from "../../runner/cache.ts";
import { livePage } from "./live_page.ts";

/** What the server gives, by the end of the name. */
const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  xml: "application/xml",
  md: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
};

/** How often the file of a running reproduction is looked at. */
const pollMs = 500;

/** The state of a run has some hundred bytes a cell. */
const mostStateBytes = 2 ** 26;

/** How to serve an output folder. */
export interface OutputServerOptions {
  /** The output folder. */
  readonly out: string;
  /** Ends the streams of events. */
  readonly signal: AbortSignal;
}

/**
 * Answers requests for an output folder: its files, `/` (the report, or the live page while there is none), `/live`
 * (the page that follows a run) and `/events` (server-sent events: the state of the run, whenever it changes).
 *
 * It reads only: no method but GET and HEAD. No path leaves the folder, the cache is left out, and a request must
 * name a loopback host, so that no page of another site can read it through a name that points here.
 */
export function outputServer({ out, signal }: OutputServerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, hostname } = new URL(request.url);
    if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
      return refuse(403, "Only loopback is served");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refuse(405, "Only GET and HEAD are served", { allow: "GET, HEAD" });
    }
    if (pathname === "/live") return page(livePage);
    if (pathname === "/events") return events(join(out, "cache", liveFile), signal);
    if (pathname === "/") return await serveFile(out, "/report.html") ?? page(livePage);
    return await serveFile(out, pathname) ?? refuse(404, "There is no such file");
  };
}

function page(html: string): Response {
  return new Response(html, { headers: headersFor("html") });
}

function headersFor(extension: string): Record<string, string> {
  return {
    "content-type": types[extension] ?? "application/octet-stream",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}

function refuse(status: number, reason: string, headers: Record<string, string> = {}): Response {
  return new Response(`${reason}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

/** A file of the folder; `undefined` where there is none, or it lies outside or in the cache. */
async function serveFile(out: string, pathname: string): Promise<Response | undefined> {
  try {
    const parts = decodeURIComponent(pathname).split("/").slice(1);
    if (parts.some((part) => part === "" || part.startsWith(".") || /[\\\0]/.test(part))) return undefined;
    if (parts[0] === "cache") return undefined;
    // A link inside the folder must not lead out of it, or into the cache.
    const root = await Deno.realPath(out);
    const path = await Deno.realPath(join(root, ...parts));
    if (!path.startsWith(`${root}/`) || path.startsWith(`${root}/cache/`)) return undefined;
    if (!(await Deno.stat(path)).isFile) return undefined;
    const content = await Deno.readFile(path);
    return new Response(content, { headers: headersFor(path.split(".").at(-1)!) });
  } catch {
    return undefined;
  }
}

/** The state of the run, now and whenever its file changes. */
function events(path: string, signal: AbortSignal): Response {
  let timer: ReturnType<typeof setInterval> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let last = "";
      const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
      const look = () => {
        const state = readState(path);
        if (state !== last) send(`data: ${state}\n\n`);
        last = state;
      };
      look();
      timer = setInterval(look, pollMs);
      signal.addEventListener("abort", () => {
        clearInterval(timer);
        try {
          controller.close();
        } catch {
          // The reader left before.
        }
      });
    },
    cancel() {
      clearInterval(timer);
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

/** The content of the file, one line of JSON; `null` where no run has left one. */
function readState(path: string): string {
  try {
    return JSON.stringify(JSON.parse(readTextAtMost(path, mostStateBytes)));
  } catch {
    return "null";
  }
}
