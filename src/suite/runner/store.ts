import { join } from "@std/path";
import { sha256 } from "../../data/digests.ts";
import { ifThere } from "../../files/if_there.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeWhole } from "../../files/write_whole.ts";
import { oneLine } from "../../one_line.ts";

/**
 * A folder of finished work, addressed by what made it. Every entry carries the SHA-256 of its content, so one
 * that a fault has damaged is not there rather than wrong.
 */
export class Store {
  readonly #folder: string;

  /** Opens the store in `folder`, which is made when something is put there. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The stored content of a key; `undefined` where there is none, or it is damaged.
   *
   * @throws {RangeError} Where the key is no plain name, which might lead out of the folder.
   */
  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    const entry = ifThere(() => Deno.readFileSync(this.#path(key)), undefined);
    if (entry === undefined) return undefined;
    const content = entry.subarray(digestLength);
    const digest = new TextDecoder().decode(entry.subarray(0, digestLength));
    return digest === sha256(content) ? content : undefined;
  }

  /**
   * Stores content under a key, whole or not at all.
   *
   * @throws {RangeError} Where the key is no plain name.
   */
  put(key: string, content: Uint8Array): void {
    const entry = new Uint8Array(digestLength + content.length);
    entry.set(new TextEncoder().encode(sha256(content)));
    entry.set(content, digestLength);
    Deno.mkdirSync(this.#folder, { recursive: true });
    writeWhole(this.#path(key), entry);
  }

  /**
   * Removes what is stored under a key; that there is nothing is no error.
   *
   * @throws {RangeError} Where the key is no plain name.
   */
  remove(key: string): void {
    removeIfThere(this.#path(key));
  }

  #path(key: string): string {
    if (!/^[\w-]{1,200}$/.test(key)) {
      throw new RangeError(
        `Cannot look up "${
          oneLine(key)
        }": a key must be up to 200 letters, digits, _ and -: its SHA-256 is one`,
      );
    }
    return join(this.#folder, key);
  }
}

/** The hexadecimal digits in front of every entry. */
const digestLength = 64;
