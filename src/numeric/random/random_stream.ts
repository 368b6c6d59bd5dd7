/**
 * Named streams of random numbers.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";

/**
 * Opens the stream that `label` and `seed` name. The first 128 bits of SHA-256(label, 0, seed in decimal) are
 * the state of a xoroshiro128+ generator, so streams with different names share nothing: one more number from
 * one of them shifts no other.
 *
 * @param label What the numbers are for, such as `"init/layer3"`.
 * @param seed A safe integer >= 0.
 * @returns The stream at its beginning.
 * @throws {RangeError} Where the seed is not a safe integer >= 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const stream = randomStream("dice", 1);
 * assertEquals([stream.integer(6), stream.integer(6), stream.integer(6)], [1, 4, 1]);
 * ```
 */
export function randomStream(label: string, seed: number): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(
      `Cannot open the random stream "${label}": the seed must be a safe integer >= 0: current value is ${seed}`,
    );
  }
  const digest = createHash("sha256").update(`${label}\0${seed}`).digest();
  return new RandomStream([0, 4, 8, 12].map((offset) => digest.readInt32BE(offset)));
}

/** Random numbers of a few distributions; every method takes from, and so advances, the same generator. */
export class RandomStream {
  readonly #generator: JumpableRandomGenerator;
  /** The second value of the last pair of normal deviates, until it is asked for. */
  #spareNormal: number | undefined;

  /**
   * Use {@linkcode randomStream}, which derives the state from a name.
   *
   * @param state Four 32-bit integers, not all zero.
   */
  constructor(state: readonly number[]) {
    this.#generator = xoroshiro128plusFromState(state);
  }

  /** A multiple of 2^-53, uniform in [0, 1). */
  uniform(): number {
    // The upper bits of two words, since the lowest bits of xoroshiro128+ are the weakest.
    const high = this.#generator.next() >>> 5;
    const low = this.#generator.next() >>> 6;
    return (high * 0x4000000 + low) * 2 ** -53;
  }

  /**
   * An integer in [0, n), each equally likely.
   *
   * @param n An integer in [1, 2^32].
   * @throws {RangeError} Where `n` is not.
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`Cannot sample an integer in [0, n): n must be in 1..2^32: current value is ${n}`);
    }
    if (n === 1) return 0;
    // As many upper bits as n - 1 has, taken again until the value lies below n: no bias, two words at most on average.
    const shift = Math.clz32(n - 1);
    let value: number;
    do value = this.#generator.next() >>> shift; while (value >= n);
    return value;
  }

  /**
   * A normal deviate of mean 0 and variance 1, by the polar method of Marsaglia and Bray (SIAM Review 6, 1964).
   * `Math.log` is the only function of the engine in it that is not correctly rounded by definition.
   */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    let x: number;
    let y: number;
    let squaredRadius: number;
    do {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      squaredRadius = x * x + y * y;
    } while (squaredRadius >= 1 || squaredRadius === 0);
    const scale = Math.sqrt(-2 * Math.log(squaredRadius) / squaredRadius);
    this.#spareNormal = y * scale;
    return x * scale;
  }

  /** Puts `array` in random order, in place, every order equally likely (Fisher-Yates), and returns it. */
  shuffle<T extends unknown[] | Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array>(
    array: T,
  ): T {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i]!;
      array[i] = array[j]!;
      array[j] = kept;
    }
    return array;
  }

  /**
   * The integers 0..n-1 in random order.
   *
   * @param n An integer >= 0.
   */
  permutation(n: number): Uint32Array {
    return this.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  }
}
