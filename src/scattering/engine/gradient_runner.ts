import { setImmediate } from "node:timers/promises";
import type { ThreadKernel } from "../../compute/thread_pool.ts";
import { largest } from "../../numeric/largest.ts";
import type { AdjointTable } from "./adjoint_table.ts";
import type { CascadeRunner, RunOptions } from "./cascade_runner.ts";
import type { CascadeTables } from "./cascade_tables.ts";
import { LOW_PASS_OUTPUTS, NO_POWER, SCALE_VECTORS, SPECTRUM_FULL } from "./kernel_constants.ts";
import { layout } from "./layout.ts";
import { LARGE_PIXELS } from "./memory_need.ts";
import { NonFiniteError } from "./non_finite_error.ts";
import { type PlanParts, writePlan } from "./plan_table.ts";
import { findPrecision, type RealArray } from "./tables.ts";

/** The buffers of a chunk take about this much memory, or more where each thread would have no group of images of its own. */
const CHUNK_BYTES = 2 ** 23;
const LARGEST_CHUNK_BYTES = 2 ** 28;

/** The images, and what the work space of a thread has to hold. */
export interface GradientSize extends Pick<PlanParts, "height" | "width" | "sourceRows" | "sourceColumns"> {
  /** The largest order. */
  readonly maxOrder: number;
  /** Rows and columns of the output of a path. */
  readonly outputRows: number;
  readonly outputColumns: number;
  /** How many energies a path has at most. */
  readonly energies: number;
}

/** The gradients of some images, valid during the call that hands them over. */
export interface GradientChunk {
  /** The first image. */
  readonly first: number;
  /** The number of images. */
  readonly count: number;
  /** Their gradients, one image after another. */
  readonly gradients: RealArray;
  /** The power of two that image first + n was divided by before its gradient was taken. */
  scale(n: number): number;
}

/** The buffers of one gradient. */
interface Buffers {
  readonly table: AdjointTable;
  readonly cotangentReals: number;
  readonly groups: number;
  readonly images: number;
  readonly imageScales: number;
  readonly cotangents: number;
  readonly cotangentScales: number;
  readonly gradients: number;
  readonly job: number;
}

/**
 * Takes gradients of batches of any size, chunk by chunk, on the threads of a `CascadeRunner`: for an image x and cotangents w of its
 * results R, the vector S'(x)^T w = d<w, R(x)> / dx. As there, the result for an image does not depend on the batch, the chunks or the
 * number of threads, bit for bit.
 */
export class GradientRunner {
  readonly #cascade: CascadeTables;
  readonly #runner: CascadeRunner;
  readonly #size: GradientSize;
  readonly #buffers = new Map<AdjointTable, Buffers>();
  #places: { readonly plan: number; readonly works: number } | undefined;
  /** Ends when the chunk is done that has the buffers. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Work space follows with the first batch.
   *
   * @param cascade Grids and filters.
   * @param runner What has the threads.
   * @param size Images and work space.
   */
  constructor(cascade: CascadeTables, runner: CascadeRunner, size: GradientSize) {
    this.#cascade = cascade;
    this.#runner = runner;
    this.#size = size;
  }

  /**
   * Takes the gradients of a batch.
   *
   * @param table What is differentiated.
   * @param batch Whole images, one after another, in the precision of the kernel.
   * @param cotangents As many for each image, in the same precision.
   * @param receive Takes the gradients of each chunk; called in order.
   * @param options Progress and interruption.
   * @throws {NonFiniteError} Where a pixel is NaN or infinite.
   * @throws {RangeError} Where a cotangent is.
   */
  async run(
    table: AdjointTable,
    batch: RealArray,
    cotangents: RealArray,
    receive: (chunk: GradientChunk) => void,
    { onProgress, signal }: RunOptions = {},
  ): Promise<void> {
    const { tables } = this.#cascade;
    const kernel = await this.#runner.start();
    const total = batch.length / this.#imageReals;
    const buffers = this.#reserveBuffers(table, cotangents.length / total);
    const perChunk = buffers.groups * tables.lanes;
    for (let first = 0; first < total; first += perChunk) {
      // Lets whatever waits have its turn: a signal, a timer, another batch.
      if (first > 0) await setImmediate();
      signal?.throwIfAborted();
      const count = Math.min(perChunk, total - first);
      const done = this.#turn.then(async () => {
        await this.#runChunk(kernel, buffers, batch, cotangents, first, count, (share) => {
          onProgress?.(first + share * count, total);
        }, signal);
        receive({
          first,
          count,
          gradients: tables.view(buffers.gradients, count * this.#imageReals),
          scale: (n) => this.#scaleVector(buffers.imageScales, n, 1),
        });
      });
      this.#turn = done.catch(() => {});
      await done;
      onProgress?.(first + count, total);
    }
  }

  get #imageReals(): number {
    return this.#size.height * this.#size.width;
  }

  async #runChunk(
    kernel: ThreadKernel,
    buffers: Buffers,
    batch: RealArray,
    cotangents: RealArray,
    first: number,
    count: number,
    onShare: (share: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { tables } = this.#cascade;
    const groups = Math.ceil(count / tables.lanes);
    const load = (address: number, values: RealArray, reals: number) => {
      const view = tables.view(address, groups * tables.lanes * reals);
      view.set(values.subarray(first * reals, (first + count) * reals));
      view.fill(0, count * reals);
    };
    load(buffers.images, batch, this.#imageReals);
    load(buffers.cotangents, cotangents, buffers.cotangentReals);
    kernel.run(`adjointOpen${tables.suffix}`, groups, buffers.job);
    for (let n = 0; n < count; n++) {
      if (!Number.isFinite(this.#scaleVector(buffers.imageScales, n, 2))) {
        throw NonFiniteError.inPixels(first + n, imageAt(batch, first + n, this.#imageReals));
      }
      if (!Number.isFinite(this.#scaleVector(buffers.cotangentScales, n, 2))) {
        refuseCotangent(first + n, imageAt(cotangents, first + n, buffers.cotangentReals));
      }
    }
    const { parts } = buffers.table;
    const perStep = this.#imageReals >= LARGE_PIXELS ? this.#runner.threads : parts;
    for (let part = 0; part < parts; part += perStep) {
      if (part > 0) {
        onShare(part / parts);
        await setImmediate();
        signal?.throwIfAborted();
      }
      const some = Math.min(perStep, parts - part);
      const words = new Uint32Array(tables.memory.buffer, buffers.job, layout.AdjointJob.length);
      words[layout.AdjointJob.indexOf("firstPart")] = part;
      words[layout.AdjointJob.indexOf("parts")] = some;
      kernel.run(`adjointPaths${tables.suffix}`, groups * some, buffers.job);
    }
    kernel.run(`adjointImage${tables.suffix}`, groups, buffers.job);
  }

  #scaleVector(scales: number, n: number, vector: number): number {
    const { tables } = this.#cascade;
    const at = (Math.floor(n / tables.lanes) * SCALE_VECTORS + vector) * tables.lanes + n % tables.lanes;
    return tables.view(scales, at + 1)[at]!;
  }

  #reserveBuffers(table: AdjointTable, cotangentReals: number): Buffers {
    const known = this.#buffers.get(table);
    if (known !== undefined) return known;
    const { tables } = this.#cascade;
    const { plan, works } = this.#places ??= { plan: this.#writeForward(), works: this.#writeWorks() };
    const { rows, step } = this.#cascade.gridAfter(-1);
    const imageBytes = tables.realsBytes * this.#imageReals;
    const cotangentBytes = tables.realsBytes * cotangentReals;
    const spectrumBytes = rows * step;
    const groupBytes = 2 * imageBytes + cotangentBytes + spectrumBytes + table.keptBytes;
    const groups = this.#imageReals >= LARGE_PIXELS ? 1 : Math.max(
      1,
      Math.min(this.#runner.threads, Math.floor(LARGEST_CHUNK_BYTES / groupBytes)),
      Math.floor(CHUNK_BYTES / groupBytes),
    );
    const scaleBytes = groups * SCALE_VECTORS * tables.realsBytes;
    const images = tables.reserve(groups * imageBytes);
    const imageScales = tables.reserve(scaleBytes);
    const cotangents = tables.reserve(groups * cotangentBytes);
    const cotangentScales = tables.reserve(scaleBytes);
    const gradients = tables.reserve(groups * imageBytes);
    const forward = tables.record("Job", {
      plan,
      works: this.#runner.works,
      images,
      output: 0,
      outputStep: 0,
      scales: imageScales,
      spectra: tables.reserve(groups * spectrumBytes),
      spectrumBytes,
      energies: 0,
      energyBytes: 0,
    });
    const job = tables.record("AdjointJob", {
      forward,
      plan: table.address,
      works,
      cotangents,
      count: cotangentReals,
      scales: cotangentScales,
      kept: tables.reserve(groups * table.keptBytes),
      keptBytes: table.keptBytes,
      gradients,
      firstPart: 0,
      parts: 0,
    });
    const buffers = {
      ...{ table, cotangentReals, groups, job, gradients },
      ...{ images, imageScales, cotangents, cotangentScales },
    };
    this.#buffers.set(table, buffers);
    return buffers;
  }

  /** The plan that gives the spectrum of an image, and nothing else. */
  #writeForward(): number {
    const { tables } = this.#cascade;
    const outlet = { spectrum: SPECTRUM_FULL, lowPass: 0, smoother: 0, output: 0, power: NO_POWER };
    return writePlan(this.#cascade, {
      ...this.#size,
      parts: [],
      outlet: () => tables.record("Outlet", outlet),
      energies: () => 0,
      powerBytes: 0,
    }).address;
  }

  #writeWorks(): number {
    const { tables, grids } = this.#cascade;
    const { maxOrder, outputRows, outputColumns, energies } = this.#size;
    const { rows, columns, step } = this.#cascade.gridAfter(-1);
    const wholeGroups = (count: number) => Math.ceil(count / LOW_PASS_OUTPUTS) * LOW_PASS_OUTPUTS;
    const columnBlock = largest(grids.map((grid) => wholeGroups(grid.rows) * grid.columnBlock));
    const maps = () => tables.reserve(rows * step);
    const works = Array.from({ length: this.#runner.threads }, () =>
      tables.record("AdjointWork", {
        low: tables.reserve(Math.max(outputRows * outputColumns, energies) * tables.realsBytes),
        lowRows: tables.reserve(wholeGroups(columns) * outputRows * tables.realsBytes),
        real: tables.reserve(columnBlock * tables.realsBytes),
        path: tables.words(new Uint32Array(maxOrder + 1)),
        maps: tables.words([0, ...Array.from({ length: maxOrder }, maps)]),
        sums: tables.words(Array.from({ length: maxOrder + 1 }, maps)),
        image: tables.reserve(this.#imageReals * tables.realsBytes),
      }));
    return tables.words(works);
  }
}

function imageAt<T extends RealArray>(values: T, n: number, reals: number): T {
  return values.subarray(n * reals, (n + 1) * reals) as T;
}

function refuseCotangent(image: number, values: RealArray): never {
  const at = values.findIndex((value) => !Number.isFinite(value));
  throw new RangeError(
    `Cannot take the gradient of image ${image} as every cotangent must be finite: ` +
      `current value of number ${at} is ${values[at]}`,
  );
}

/**
 * Refuses cotangents that do not fit a batch.
 *
 * @param batch The images.
 * @param cotangent The cotangents of their results.
 * @param length How many there must be.
 * @throws {TypeError} Where they are not in the precision of the batch.
 * @throws {RangeError} Where they are more or fewer.
 */
export function checkCotangent(batch: RealArray, cotangent: RealArray, length: number): void {
  if (findPrecision(cotangent) !== findPrecision(batch)) {
    throw new TypeError(
      `Cannot take the gradient as batch and cotangent must be of one precision: current values are ` +
        `${findPrecision(batch)} and ${findPrecision(cotangent)}`,
    );
  }
  if (cotangent.length !== length) {
    throw new RangeError(
      `Cannot take the gradient as the cotangent must hold ${length} numbers, one for each result: ` +
        `current length is ${cotangent.length}`,
    );
  }
}
