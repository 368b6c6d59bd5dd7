import { createHash } from "node:crypto";

/** Digests of one sequence of bytes, in lower-case hexadecimal: those that its publisher gives, and SHA-256. */
export interface Digests {
  /** SHA-256. */
  readonly sha256?: string;
  /** SHA-1, where the publisher gives only that. */
  readonly sha1?: string;
  /** MD5, where the publisher gives only that. */
  readonly md5?: string;
}

const algorithms = ["sha256", "sha1", "md5"] as const;

/**
 * The SHA-256 of all parts one after the other, text as UTF-8, in lower-case hexadecimal.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sha256("a", "bc").slice(0, 8), "ba7816bf");
 * ```
 */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** A running computation of some of the digests of a stream of bytes. */
export class DigestCheck {
  readonly #expected: Digests;
  readonly #hashes: readonly { algorithm: keyof Digests; hash: ReturnType<typeof createHash> }[];

  /**
   * Begins with no bytes.
   *
   * @param expected What the digests should be; those that are given are computed.
   */
  constructor(expected: Digests) {
    this.#expected = expected;
    this.#hashes = algorithms
      .filter((algorithm) => expected[algorithm] !== undefined)
      .map((algorithm) => ({ algorithm, hash: createHash(algorithm) }));
  }

  /** Takes the next bytes of the stream. */
  update(bytes: Uint8Array): void {
    for (const { hash } of this.#hashes) hash.update(bytes);
  }

  /** Ends the computation: the first digest that differs, as `algorithm actual instead of expected`, or null. */
  mismatch(): string | null {
    for (const { algorithm, hash } of this.#hashes) {
      const actual = hash.digest("hex");
      const expected = this.#expected[algorithm];
      if (actual !== expected) return `${algorithm} is ${actual} instead of ${expected}`;
    }
    return null;
  }
}

/**
 * The first digest of `bytes` that is not as expected, as `algorithm is actual instead of expected`; null where all agree.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(digestMismatch(new Uint8Array(), { md5: "d41d8cd98f00b204e9800998ecf8427e" }), null);
 * ```
 */
export function digestMismatch(bytes: Uint8Array, expected: Digests): string | null {
  const check = new DigestCheck(expected);
  check.update(bytes);
  return check.mismatch();
}
