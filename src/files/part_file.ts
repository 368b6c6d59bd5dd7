import { UsageError } from "../errors.ts";
import { temporaryEnding } from "./write_whole.ts";

/**
 * A file that is written piece by piece under a temporary name beside it, and moved into place when it is whole. What is
 * not committed is removed when it is disposed of.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * {
 *   using file = await PartFile.create(path);
 *   await file.write(new TextEncoder().encode("never seen"));
 * }
 * assertEquals(await Deno.readTextFile(path), "");
 * await Deno.remove(path);
 * ```
 */
export class PartFile implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  readonly #file: Deno.FsFile;
  #isOpen = true;

  private constructor(path: string, temporary: string, file: Deno.FsFile) {
    this.#path = path;
    this.#temporary = temporary;
    this.#file = file;
  }

  /**
   * Creates the temporary file.
   *
   * @param path The file that it becomes.
   * @returns The file, empty.
   * @throws {UsageError} Where the path is that of a folder, or nothing can be written there.
   */
  static async create(path: string): Promise<PartFile> {
    const found = await Deno.stat(path).catch(() => undefined);
    if (found?.isDirectory) {
      throw new UsageError(`Cannot write ${path}: it is a folder; give the name of a file`);
    }
    const temporary = `${path}.${Deno.pid}${temporaryEnding}`;
    const file = await Deno.open(temporary, { write: true, create: true, truncate: true }).catch((error) => {
      throw new UsageError(`Cannot write ${path}: ${describeError(error)}`);
    });
    return new PartFile(path, temporary, file);
  }

  /**
   * Appends bytes.
   *
   * @param bytes All of them are written.
   * @throws {UsageError} Where they cannot be, as on a full disk.
   */
  async write(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      written += await this.#file.write(bytes.subarray(written)).catch((error) => {
        throw new UsageError(`Cannot write ${this.#path}: ${describeError(error)}`);
      });
    }
  }

  /** Moves the file into place. */
  async commit(): Promise<void> {
    await Deno.rename(this.#temporary, this.#path);
    this.#isOpen = false;
    this.#file.close();
  }

  /** Removes what was not committed. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
    Deno.removeSync(this.#temporary);
  }
}

/**
 * What the system says about a path, in a few words.
 *
 * @param error What was caught.
 * @returns The reason.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeError(new Deno.errors.NotFound("open 'x'")), "there is no such file or folder");
 * ```
 */
export function describeError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file or folder";
  return error instanceof Error ? error.message : String(error);
}
