import fc from "fast-check";
import { join } from "@std/path";
import process from "node:process";
import v8 from "node:v8";
import { FuzzFault, type FuzzTarget, memoryLimit, must } from "./fuzz_target.ts";

/** How often, and with what, a reader is tried. */
export interface FuzzOptions {
  /** Files that are read. */
  readonly runs: number;
  /** Decides what the files are; a whole number of 32 bits. */
  readonly seed: number;
  /** The longest that reading one small file may take; 1000 by default. */
  readonly limitMs?: number;
  /** Is given each file before it is read, and nothing after it, so that somebody else can tell a hang. */
  readonly watch?: (bytes: Uint8Array | undefined) => void;
}

/** What came of it. */
export interface FuzzReport {
  /** Files that gave a value. */
  readonly accepted: number;
  /** Files that gave a documented error. */
  readonly refused: number;
  /** How long it took. */
  readonly elapsedMs: number;
  /** The most that the memory of the process grew meanwhile, in bytes. */
  readonly growth: number;
  /** The smallest file that was found to break a promise. */
  readonly failure?: FuzzFailure;
}

/** A file that a reader breaks a promise on. */
export interface FuzzFailure {
  readonly seed: number;
  /** Where fast-check found it, behind the seed. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly reason: string;
}

/** Texts of errors that the engine throws where a program is wrong. */
const leaks =
  /Cannot (read|set) propert|is not (a function|iterable|defined|an object|a constructor)|undefined is not|Maximum call stack|Invalid (array|typed array|string) length|Array buffer allocation|Map maximum size|Cannot (convert|destructure)/;

/**
 * Tries a reader on many files. Each must give a value that keeps what the reader promises, or one of its documented
 * errors in one line, within the time and the memory of the target, and touch nothing outside its folder.
 *
 * @param target The reader.
 * @param options How often, and with what.
 * @returns Counts, and the shrunk file of the first failure.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { idxTarget } from "./targets/idx.ts";
 *
 * const { failure, accepted, refused } = await fuzz(idxTarget, { runs: 100, seed: 1 });
 * assertEquals([failure, accepted + refused], [undefined, 100]);
 * ```
 */
export async function fuzz(
  target: FuzzTarget,
  { runs, seed, limitMs = 1000, watch }: FuzzOptions,
): Promise<FuzzReport> {
  const outer = await Deno.makeTempDir({ prefix: "fuzz_" });
  const folder = join(outer, "folder");
  await Deno.mkdir(folder);
  const start = performance.now();
  const rss = Deno.memoryUsage().rss;
  const counts = { accepted: 0, refused: 0 };
  let [growth, failed] = [0, false];
  try {
    const found = await fc.check(
      fc.asyncProperty(target.files, async (bytes) => {
        watch?.(bytes);
        try {
          const outcome = await outcomeOf(target, bytes, folder, limitMs);
          checkFolders(outer, folder);
          if (!failed) counts[outcome] += 1;
          if (counts[outcome] % 256 === 1) growth = Math.max(growth, Deno.memoryUsage().rss - rss);
        } catch (error) {
          failed = true;
          emptyFolder(folder);
          throw error;
        } finally {
          watch?.(undefined);
        }
      }),
      { numRuns: runs, seed },
    );
    const report = { ...counts, elapsedMs: performance.now() - start, growth };
    if (!found.failed) return report;
    const [bytes] = found.counterexample!;
    const reason = String(
      found.errorInstance instanceof Error ? found.errorInstance.message : found.errorInstance,
    );
    return { ...report, failure: { seed, path: found.counterexamplePath!, bytes, reason } };
  } finally {
    await Deno.remove(outer, { recursive: true });
  }
}

/** Reads a file, up to three times where it takes too long: other programs may have had the processor. */
async function outcomeOf(
  target: FuzzTarget,
  bytes: Uint8Array,
  folder: string,
  limitMs: number,
): Promise<"accepted" | "refused"> {
  for (let attempt = 1;; attempt++) {
    const [start, startOfProcess] = [performance.now(), process.cpuUsage()];
    const before = memoryInUse();
    let error: unknown;
    try {
      const reading = target.read(Uint8Array.from(bytes), folder);
      if (reading !== undefined) await inTime(reading);
    } catch (thrown) {
      error = thrown ?? new FuzzFault("Broken promise: what is thrown is an error");
    }
    const taken = memoryInUse() - before;
    const { user, system } = process.cpuUsage(startOfProcess);
    // The clock counts other programs, the processor other threads of this one.
    const elapsed = Math.min(performance.now() - start, (user + system) / 1000);
    if (error !== undefined) checkError(target, error);
    const limit = target.memory ?? memoryLimit;
    must(taken <= limit, `reading takes at most ${limit} bytes of memory: it took ${taken}`);
    if (elapsed <= limitMs) return error === undefined ? "accepted" : "refused";
    must(attempt < 3, `reading takes at most ${limitMs} ms: it took ${elapsed.toFixed()}`);
    emptyFolder(folder);
  }
}

/** Rejects where a reader does not come to an end; one that never yields is what {@linkcode FuzzOptions.watch} is for. */
async function inTime(reading: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await Promise.race([
      reading,
      new Promise((_, reject) => {
        timer = setTimeout(
          () => reject(new FuzzFault("Broken promise: reading comes to an end: it did not within 30 s")),
          30_000,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Bytes of the heap and of the buffers beside it. */
function memoryInUse(): number {
  const { used_heap_size: heap, external_memory: external } = v8.getHeapStatistics();
  return heap + external;
}

function checkError(target: FuzzTarget, error: unknown): void {
  if (error instanceof FuzzFault) throw error;
  const names = target.errors.map(({ name }) => name).join(" or ");
  if (!(error instanceof Error) || !target.errors.some((known) => error instanceof known)) {
    const stack = error instanceof Error ? error.stack : String(error);
    throw new FuzzFault(`Broken promise: what is thrown is a ${names}: it is ${stack}`);
  }
  const { message } = error;
  must(
    message !== "" && !/\p{Cc}/u.test(message),
    `a message is one line: it is ${JSON.stringify(message)}`,
  );
  must(!leaks.test(message), `a message says what is wrong with the file: it is ${JSON.stringify(message)}`);
}

/** Checks that nothing stands beside the folder, nor in it what leads out of it, and empties both. */
function checkFolders(outer: string, folder: string): void {
  const beside = [...Deno.readDirSync(outer)].map(({ name }) => name).filter((name) =>
    join(outer, name) !== folder
  );
  for (const name of beside) Deno.removeSync(join(outer, name), { recursive: true });
  must(beside.length === 0, `nothing is written outside the folder: there is ${beside.join()}`);
  emptyFolder(folder);
}

function emptyFolder(folder: string): void {
  for (const { name, isSymlink } of Deno.readDirSync(folder)) {
    Deno.removeSync(join(folder, name), { recursive: true });
    must(!isSymlink, `no link is written: there is ${name}`);
  }
}
