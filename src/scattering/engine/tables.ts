import { type KernelRecord, recordWords } from "../../compute/kernel_record.ts";
import { VECTOR_BYTES } from "./kernel_constants.ts";
import { kernelModule } from "./kernel_module.ts";
import { layout, type RecordName } from "./layout.ts";

/** A floating-point array type of the kernel. */
export type RealArray = Float32Array | Float64Array;

/** The number formats that the kernel computes in, named as in .npy files. */
export type Precision = "float32" | "float64";

/** Bytes of a number. */
const numberBytes = { float32: 4, float64: 8 } as const;

/** Every address is a multiple of this many bytes. */
const ALIGNMENT = 32;

/** The largest memory that 32-bit addresses reach, in pages. */
const MAXIMUM_PAGES = 65_536;
const PAGE_BYTES = 65_536;
/** Memory grows by 16 MiB at least, since each time costs a call of the system. */
const GROWTH_PAGES = 256;

/**
 * The memory of a kernel, and what is written into it: tables of words and of real numbers, and work space.
 * Nothing is ever moved or freed; work space costs nothing until it is touched.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tables = new Tables("float32");
 * const address = tables.reals([0.5, 2]);
 * assertEquals([...tables.view(address, 2)], [0.5, 2]);
 * assertEquals([...new Uint32Array(tables.memory.buffer, tables.words([7, address]), 2)], [7, address]);
 * ```
 */
export class Tables {
  /** The memory, shared with the workers. */
  readonly memory: WebAssembly.Memory;
  /** The format of real numbers. */
  readonly precision: Precision;
  /** Bytes of a real number. */
  readonly realBytes: 4 | 8;
  /** How many vectors of images stand side by side. */
  readonly vectors: 1 | 2;
  /** How many images stand side by side, one in each lane. */
  readonly lanes: number;
  /** Bytes of a real number of each of these images. */
  readonly realsBytes: number;
  /** Bytes of a complex number of each of them. */
  readonly elementBytes: number;
  /** What the names of the kernel's functions for these numbers and vectors end in. */
  readonly suffix: string;
  /** Address 0 stands for nothing. */
  #end = ALIGNMENT;

  /**
   * @param precision The format of real numbers.
   * @param vectors How many vectors of images stand side by side: two are for batches of more images than one holds.
   * @throws {UsageError} Where the runtime cannot run the kernel.
   */
  constructor(precision: Precision, vectors: 1 | 2 = 1) {
    kernelModule(); // says what the runtime lacks, before the memory fails without a reason
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
    this.precision = precision;
    this.realBytes = numberBytes[precision];
    this.vectors = vectors;
    this.realsBytes = vectors * VECTOR_BYTES;
    this.elementBytes = 2 * this.realsBytes;
    this.lanes = this.realsBytes / this.realBytes;
    this.suffix = (precision === "float32" ? "32" : "64") + (vectors === 2 ? "Double" : "");
  }

  /**
   * Reserves memory, which is zero.
   *
   * @param bytes How much.
   * @returns Its address, a multiple of 32 bytes.
   * @throws {RangeError} Where the memory of one kernel, 4 GiB, is used up.
   */
  reserve(bytes: number): number {
    const address = this.#end;
    const end = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    const pages = Math.ceil(end / PAGE_BYTES) - this.memory.buffer.byteLength / PAGE_BYTES;
    if (end > MAXIMUM_PAGES * PAGE_BYTES) {
      throw new RangeError(
        `Cannot plan the scattering transform: it needs more than the 4 GiB that a kernel can reach; ` +
          `take smaller images, fewer scales or fewer orientations`,
      );
    }
    if (pages > 0) {
      const largest = MAXIMUM_PAGES - this.memory.buffer.byteLength / PAGE_BYTES;
      this.memory.grow(Math.min(Math.max(pages, GROWTH_PAGES), largest));
    }
    this.#end = end;
    return address;
  }

  /** Writes words and returns their address. */
  words(values: ArrayLike<number>): number {
    const address = this.reserve(values.length * 4);
    new Uint32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** Writes records of one kind, one after another, and returns the address of the first. */
  records<Name extends RecordName>(
    name: Name,
    records: readonly KernelRecord<(typeof layout)[Name]>[],
  ): number {
    return this.words(records.flatMap((record) => recordWords(layout[name], record)));
  }

  /** Writes a record and returns its address. */
  record<Name extends RecordName>(name: Name, record: KernelRecord<(typeof layout)[Name]>): number {
    return this.records(name, [record]);
  }

  /** Writes real numbers and returns their address. */
  reals(values: ArrayLike<number>): number {
    const address = this.reserve(values.length * this.realBytes);
    this.view(address, values.length).set(values);
    return address;
  }

  /** Real numbers in memory. The view is good until the next reservation. */
  view(address: number, length: number): RealArray {
    return this.precision === "float32"
      ? new Float32Array(this.memory.buffer, address, length)
      : new Float64Array(this.memory.buffer, address, length);
  }
}

/**
 * How many vectors of images should stand side by side. Two are worth the lanes that stay empty where these are at most a
 * fifth of all: V8 can handle the two at once.
 *
 * @param precision The format of real numbers.
 * @param images How many images a batch has.
 * @returns One or two.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([4, 5, 8, 9, 64].map((images) => chooseVectors("float32", images)), [1, 2, 2, 1, 2]);
 * ```
 */
export function chooseVectors(precision: Precision, images: number): 1 | 2 {
  const whole = Math.ceil(images * numberBytes[precision] / VECTOR_BYTES);
  const filled = 2 * Math.ceil(whole / 2);
  return whole / filled >= 0.8 ? 2 : 1;
}

/**
 * The precision of an array.
 *
 * @param array What is to be computed with.
 * @returns Its precision.
 * @throws {TypeError} Where it is neither a Float32Array nor a Float64Array.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findPrecision(new Float32Array(1)), "float32");
 * ```
 */
export function findPrecision(array: RealArray): Precision {
  if (array instanceof Float32Array) return "float32";
  if (array instanceof Float64Array) return "float64";
  throw new TypeError(
    `Cannot transform the batch as it must be a Float32Array or a Float64Array: current type is ${
      Object.prototype.toString.call(array).slice(8, -1)
    }`,
  );
}
