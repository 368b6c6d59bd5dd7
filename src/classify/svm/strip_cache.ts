/**
 * A bounded store of strips of the kernel matrix: slots of equal size, of which the one unused for longest is given
 * away first.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cache = new StripCache(1000, 10, 2);
 * assertEquals([cache.take(7), cache.take(8), cache.find(7)], [1000, 1010, 1000]);
 * assertEquals([cache.take(9), cache.find(8), cache.find(7)], [1010, undefined, 1000]);
 * ```
 */
export class StripCache {
  /** The number of slots. */
  readonly slots: number;
  readonly #pointer: number;
  readonly #slotBytes: number;
  /** Slot of each key; a map keeps the order in which its keys were set, so the oldest comes first. */
  readonly #slotByKey = new Map<number, number>();

  /**
   * @param pointer Address of the first slot.
   * @param slotBytes Bytes of a slot.
   * @param slots How many.
   */
  constructor(pointer: number, slotBytes: number, slots: number) {
    this.slots = slots;
    this.#pointer = pointer;
    this.#slotBytes = slotBytes;
  }

  /** The address of a strip that is kept, which is used by that; undefined where it is not kept. */
  find(key: number): number | undefined {
    const slot = this.#slotByKey.get(key);
    if (slot === undefined) return undefined;
    this.#slotByKey.delete(key);
    return this.#use(key, slot);
  }

  /** The address for a strip that is not kept yet: a free slot, or the one whose strip was used least recently. */
  take(key: number): number {
    if (this.#slotByKey.size < this.slots) return this.#use(key, this.#slotByKey.size);
    const [oldest, slot] = this.#slotByKey.entries().next().value!;
    this.#slotByKey.delete(oldest);
    return this.#use(key, slot);
  }

  #use(key: number, slot: number): number {
    this.#slotByKey.set(key, slot);
    return this.#pointer + slot * this.#slotBytes;
  }
}
