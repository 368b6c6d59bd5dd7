import { DataError, UsageError } from "../../errors.ts";
import { cannotWrite } from "../../files/cannot_write.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeAll } from "../../files/write_all.ts";
import type { Download } from "../dataset.ts";
import { UnreachableError } from "./unreachable_error.ts";

/** How {@linkcode fetchFile} downloads. */
export interface FetchFileOptions {
  /** The only hosts that are asked, over https, redirects included. */
  readonly hosts: readonly string[];
  /** Allows plain http to 127.0.0.1 too: for tests. */
  readonly allowLoopback?: boolean;
  /** How long to wait for an answer, and then for each next 16 KiB or the end; 10,000 by default. */
  readonly patienceMs?: number;
  /** Called as bytes arrive. */
  readonly onBytes?: (bytes: number, total: number) => void;
  /** Ends the download. */
  readonly signal?: AbortSignal;
}

const maxRedirects = 5;

/** What has to arrive while one is patient: a server that drips is given up as one that stops. */
const leastProgress = 2 ** 14;

/**
 * Downloads a file to `target`: from the first of its mirrors that gives the right bytes. They go to
 * `target.part`, which is moved into place once `check` accepts it and is gone in every other case.
 *
 * @param download Mirrors, and the size that must arrive.
 * @param target Path of the file.
 * @param check Throws a `DataError` where the file at the given path is not what it should be.
 * @param options Hosts, progress, patience.
 * @throws {UnreachableError} Where no mirror could be reached or each refused.
 * @throws {DataError} Where a mirror gave other bytes or broke off, and no other gave the right ones.
 * @throws {UsageError} Where `target.part` cannot be written.
 */
export async function fetchFile(
  download: Download,
  target: string,
  check: (part: string) => Promise<void>,
  options: FetchFileOptions,
): Promise<void> {
  const part = `${target}.part`;
  const failures: DataError[] = [];
  for (const url of download.urls) {
    try {
      await transfer(new URL(url), download.bytes, part, options);
      await check(part);
      await Deno.rename(part, target);
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof DataError)) throw error;
      failures.push(error);
    } finally {
      removeIfThere(part);
    }
  }
  const damaged = failures.find((failure) => !(failure instanceof UnreachableError));
  throw damaged ?? new UnreachableError(failures.map((failure) => failure.message).join("; "));
}

async function transfer(url: URL, bytes: number, part: string, options: FetchFileOptions): Promise<void> {
  const patienceMs = options.patienceMs ?? 10_000;
  const impatience = new AbortController();
  const seconds = `${patienceMs / 1000} s`;
  const giveUp = (reason: string) => setTimeout(() => impatience.abort(new Error(reason)), patienceMs);
  let timer = giveUp(`no answer for ${seconds}`);
  const signal = AbortSignal.any([impatience.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    const body = await request(url, signal, options);
    const file = await create(part);
    let received = 0;
    let awaited = 0;
    try {
      for await (const chunk of body) {
        received += chunk.length;
        if (received > bytes) break;
        if (received >= awaited) {
          clearTimeout(timer);
          timer = giveUp(`less than ${leastProgress} bytes in ${seconds}`);
          awaited = received + leastProgress;
        }
        await writeAll(file, chunk, part);
        options.onBytes?.(received, bytes);
      }
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new DataError(
        `Cannot download ${url}: it broke off after ${received} of ${bytes} bytes: ${reasonOf(error)}`,
        { cause: error },
      );
    } finally {
      file.close();
    }
    if (received !== bytes) {
      const actual = received > bytes ? `more than ${bytes}` : `${received}`;
      throw new DataError(`Cannot use ${url}: it has ${actual} bytes instead of ${bytes}`);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Asks for a file, following redirects to allowed addresses, and gives what it answers. */
async function request(
  url: URL,
  signal: AbortSignal,
  options: FetchFileOptions,
): Promise<ReadableStream<Uint8Array>> {
  let address = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (!isAllowed(address, options)) {
      throw new UnreachableError(
        `Cannot download ${url}: ${address.protocol}//${address.host} is not a listed host`,
      );
    }
    const response = await ask(address, signal);
    const location = response.headers.get("location");
    if (response.ok && response.body !== null) return response.body;
    await response.body?.cancel();
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw new UnreachableError(`Cannot download ${url}: ${address.host} answers ${response.status}`);
    }
    const next = URL.parse(location, address);
    if (next === null) {
      throw new UnreachableError(
        `Cannot download ${url}: ${address.host} redirects to ${
          JSON.stringify(location)
        }, which is no address`,
      );
    }
    address = next;
  }
  throw new UnreachableError(`Cannot download ${url}: it redirects more than ${maxRedirects} times`);
}

async function ask(address: URL, signal: AbortSignal): Promise<Response> {
  try {
    // The bytes as they are stored, since their size is known.
    return await fetch(address, { redirect: "manual", signal, headers: { "accept-encoding": "identity" } });
  } catch (error) {
    throw new UnreachableError(`Cannot reach ${address.host}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The engine hides what went wrong behind "fetch failed"; the cause says it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause ?? error : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function isAllowed(address: URL, options: FetchFileOptions): boolean {
  if (options.allowLoopback && address.protocol === "http:" && address.hostname === "127.0.0.1") return true;
  return address.protocol === "https:" && address.port === "" && options.hosts.includes(address.hostname);
}

async function create(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.create(path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
