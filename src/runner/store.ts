import { join } from "@std/path";
import { sha256 } from "../data/digests.ts";
import { writeWhole } from "./write_whole.ts";

/**
 * A folder of finished work, addressed by what made it. Every entry carries the SHA-256 of its content, so one
 * that a fault has damaged is not there rather than wrong.
 */
export class Store {
  readonly #folder: string;

  /** Opens, and makes where it is missing, the store in `folder`. */
  constructor(folder: string) {
    Deno.mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  /** The stored content of a key; `undefined` where there is none, or it is damaged. */
  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    let entry: Uint8Array<ArrayBuffer>;
    try {
      entry = Deno.readFileSync(this.#path(key));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    const content = entry.subarray(digestLength);
    const digest = new TextDecoder().decode(entry.subarray(0, digestLength));
    return digest === sha256(content) ? content : undefined;
  }

  /** Stores content under a key, whole or not at all. */
  put(key: string, content: Uint8Array): void {
    const entry = new Uint8Array(digestLength + content.length);
    entry.set(new TextEncoder().encode(sha256(content)));
    entry.set(content, digestLength);
    writeWhole(this.#path(key), entry);
  }

  #path(key: string): string {
    return join(this.#folder, key);
  }
}

/** The hexadecimal digits in front of every entry. */
const digestLength = 64;
