import { cannotWrite } from "./cannot_write.ts";
import { TemporaryFile } from "./temporary_file.ts";
import { writeAll } from "./write_all.ts";

/**
 * A file that is written piece by piece under a temporary name beside it, and moved into place when it is whole. What is
 * not committed is removed when it is disposed of, and what a process that was killed left is by the next one.
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
  readonly #temporary: TemporaryFile;

  private constructor(path: string, temporary: TemporaryFile) {
    this.#path = path;
    this.#temporary = temporary;
  }

  /**
   * Creates the temporary file.
   *
   * @param path The file that it becomes; a symbolic link is written through, and a file that is there keeps its mode.
   * @returns The file, empty.
   * @throws {UsageError} Where the path is that of a folder, a pipe or a device, or nothing can be written there.
   */
  static create(path: string): Promise<PartFile> {
    return attempt(path, () => new PartFile(path, TemporaryFile.create(path)));
  }

  /**
   * Appends bytes.
   *
   * @param bytes All of them are written.
   * @throws {UsageError} Where they cannot be, as on a full disk.
   */
  write(bytes: Uint8Array): Promise<void> {
    return writeAll(this.#temporary.file, bytes, this.#path);
  }

  /**
   * Writes bytes at a place.
   *
   * @param bytes All of them are written; what stands before them and is not written is zero.
   * @param position How many bytes stand before them.
   * @throws {UsageError} Where they cannot be, as on a full disk.
   */
  async writeAt(bytes: Uint8Array, position: number): Promise<void> {
    await attempt(this.#path, () => this.#temporary.file.seekSync(position, Deno.SeekMode.Start));
    await this.write(bytes);
  }

  /**
   * Moves the file into place.
   *
   * @throws {UsageError} Where it cannot be.
   */
  commit(): Promise<void> {
    return attempt(this.#path, () => this.#temporary.commit());
  }

  /** Removes what was not committed. */
  [Symbol.dispose](): void {
    this.#temporary[Symbol.dispose]();
  }
}

function attempt<T>(path: string, act: () => T): Promise<T> {
  try {
    return Promise.resolve(act());
  } catch (error) {
    return Promise.reject(cannotWrite(path, error));
  }
}
