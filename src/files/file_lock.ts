import { ifThere } from "./if_there.ts";
import { tryLock } from "./temporary_file.ts";

/** A lock of the system on a file, which ends with the process however that ends. */
export class FileLock implements Disposable {
  readonly #file: Deno.FsFile;
  #isOpen = true;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /**
   * Takes part in the use of what a file stands for, beside others who do.
   *
   * @param path The file; it is made where it is not there.
   * @returns `null` where somebody has it alone.
   * @throws {Error} Where the system refuses the file.
   */
  static share(path: string): FileLock | null {
    return FileLock.#take(path, false);
  }

  /**
   * Has what a file stands for alone.
   *
   * @param path The file; it is made where it is not there.
   * @returns `null` where somebody uses it.
   * @throws {Error} Where the system refuses the file.
   */
  static alone(path: string): FileLock | null {
    return FileLock.#take(path, true);
  }

  static #take(path: string, exclusive: boolean): FileLock | null {
    for (;;) {
      const file = Deno.openSync(path, { write: true, create: true });
      if (!tryLock(file, true, exclusive)) {
        file.close();
        return null;
      }
      // Who had it alone may have removed it since it was opened.
      const { dev, ino } = file.statSync();
      const found = ifThere(() => Deno.statSync(path), null);
      if (found !== null && found.dev === dev && found.ino === ino) return new FileLock(file);
      file.close();
    }
  }

  /** Ends the lock; the file stays. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
  }
}

/**
 * Waits until nobody else works with a file, and keeps others waiting until it is disposed of.
 *
 * @param path The file, which is only read; where there is none, nobody waits.
 */
export async function takeTurn(path: string): Promise<Disposable> {
  const file = ifThere(() => Deno.openSync(path), null);
  if (file === null) return { [Symbol.dispose]: () => {} };
  try {
    await file.lock(true);
  } catch {
    // Not every file system has locks.
  }
  return file;
}
