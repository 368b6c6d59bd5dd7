/**
 * What the tests of this folder share: a local server, small data sets.
 *
 * @module
 */
import { join } from "@std/path";
import { crc32, gzipSync } from "node:zlib";
import type { Dataset, KnownFile } from "./dataset.ts";
import { sha256 } from "./digests.ts";
import { joinBytes } from "../files/join_bytes.ts";

/** Runs `body` with the address of a server on 127.0.0.1, and stops it. */
export async function withServer(
  answer: (request: Request, path: string) => Response | Promise<Response>,
  body: (address: string) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const server = Deno.serve(
    {
      port: 0,
      hostname: "127.0.0.1",
      signal: abort.signal,
      onListen() {},
      onError: () => new Response(null, { status: 500 }),
    },
    (request) => answer(request, new URL(request.url).pathname),
  );
  try {
    await body(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    abort.abort();
    await server.finished;
  }
}

/** The bytes of a text. */
export function text(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

/** The bytes of a text, packed by gzip. */
export function gzipped(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(content));
}

/** What a registry knows of a file with this content, and where it is to be had. */
export function knownFile(name: string, content: Uint8Array, urls: readonly string[] = []): KnownFile {
  const transferred = name.endsWith(".gz") ? gzipped(content).length : content.length;
  return {
    name,
    bytes: content.length,
    digests: { sha256: sha256(content) },
    ...(urls.length > 0 ? { download: { urls, bytes: transferred } } : {}),
  };
}

/** A data set called `tiny`. */
export function tinyDataset(parts: Partial<Dataset>): Dataset {
  return {
    id: "tiny",
    title: "A data set for tests",
    licence: "none",
    citation: "none",
    homepage: "https://example.org",
    files: [],
    ...parts,
  };
}

/** Writes files below `folder`; makes the folders that are needed. */
export async function writeFiles(folder: string, files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await Deno.mkdir(join(folder, name, ".."), { recursive: true });
    await Deno.writeFile(join(folder, name), content);
  }
}

/** Every file and empty folder below `folder`, relative to it, sorted. */
export async function tree(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const below = entry.isDirectory ? await tree(join(folder, entry.name)) : [];
    names.push(...(below.length > 0 ? below.map((name) => `${entry.name}/${name}`) : [entry.name]));
  }
  return names.sort();
}

/** A zip file of stored entries; `statedSize` replaces an entry's true size in its headers. */
export function zipped(
  entries: readonly { name: string; content: Uint8Array; statedSize?: number }[],
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, statedSize = content.length } of entries) {
    // From "version needed" to "extra field length", the same in both headers (APPNOTE 4.3.7 and 4.3.12).
    const common = new DataView(new ArrayBuffer(26));
    common.setUint16(0, 20, true);
    common.setUint32(10, crc32(content), true);
    common.setUint32(14, content.length, true);
    common.setUint32(18, statedSize, true);
    common.setUint16(22, text(name).length, true);
    const shared = new Uint8Array(common.buffer);
    const local = joinBytes(text("PK\x03\x04"), shared, text(name), content);
    const place = new DataView(new ArrayBuffer(14));
    place.setUint32(10, offset, true);
    directory.push(joinBytes(text("PK\x01\x02\x14\0"), shared, new Uint8Array(place.buffer), text(name)));
    parts.push(local);
    offset += local.length;
  }
  const end = new DataView(new ArrayBuffer(18));
  end.setUint16(4, entries.length, true);
  end.setUint16(6, entries.length, true);
  end.setUint32(8, joinBytes(...directory).length, true);
  end.setUint32(12, offset, true);
  return joinBytes(...parts, ...directory, text("PK\x05\x06"), new Uint8Array(end.buffer));
}
