import { setImmediate } from "node:timers/promises";
import { type ThreadKernel, ThreadPool } from "../../compute/thread_pool.ts";
import type { CascadeTables } from "./cascade_tables.ts";
import { SCALE_VECTORS } from "./kernel_constants.ts";
import { kernelModule } from "./kernel_module.ts";
import { LARGE_PIXELS } from "./memory_need.ts";
import { NonFiniteError } from "./non_finite_error.ts";
import type { PlanSlice, PlanTable } from "./plan_table.ts";
import type { RealArray } from "./tables.ts";
import { type WorkSize, writeWorks } from "./work_table.ts";

/** Images, outputs and spectra of one chunk take about this much memory; one group of images at least. */
const CHUNK_BYTES = 2 ** 23;

/** How a run tells what it has done, and is told to stop. */
export interface RunOptions {
  /** Called with the number of images that are done, with a fraction where they are large, and that of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the run between two chunks, and where images are large between two groups of paths. */
  readonly signal?: AbortSignal;
}

/** What a plan gives for each image. */
export interface PlanResults {
  /** The numbers of the output. */
  readonly outputs: number;
  /** The number of energies. */
  readonly energies: number;
}

/** The results of some images, valid during the call that hands them over. */
export interface ChunkResults {
  /** The first image. */
  readonly first: number;
  /** The number of images. */
  readonly count: number;
  /** Their outputs, one image after another. */
  readonly outputs: RealArray;
  /** Energy i of image first + n, divided by {@linkcode ChunkResults.scale}. */
  energy(n: number, i: number): number;
  /** The power of two that image first + n was divided by before its energies were taken. */
  scale(n: number): number;
}

/** The buffers of one plan. */
interface Buffers extends PlanResults {
  readonly plan: PlanTable;
  readonly groups: number;
  readonly images: number;
  readonly output: number;
  readonly scales: number;
  readonly energyBase: number;
  readonly job: number;
  /** The job in steps, of which each is short enough to be waited for. */
  readonly steps: readonly { readonly job: number; readonly parts: number }[];
}

/**
 * Runs plans on batches of any size, chunk by chunk, on all threads. An image stands in one lane of the kernel's
 * vectors and meets the same operations in every lane and chunk, so that its result does not depend on the
 * batch, the chunks or the number of threads, bit for bit.
 */
export class CascadeRunner {
  /** The address of the list of the threads' `Work` of the kernel. */
  readonly works: number;
  readonly #cascade: CascadeTables;
  readonly #pool: ThreadPool;
  readonly #buffers = new Map<PlanTable, Buffers>();
  readonly #imageReals: number;
  /** Ends when the chunk is done that has the buffers. */
  #turn: Promise<unknown> = Promise.resolve();
  #kernel: Promise<ThreadKernel> | undefined;

  /**
   * Reserves work space and starts the threads. All grids must have been written, since they size the work space.
   *
   * @param cascade Grids and filters.
   * @param images Rows and columns of the images.
   * @param work What the work space has to hold.
   * @param threads The number of threads.
   */
  constructor(
    cascade: CascadeTables,
    images: { readonly height: number; readonly width: number },
    work: WorkSize,
    threads: number,
  ) {
    this.#cascade = cascade;
    this.#imageReals = images.height * images.width;
    this.works = writeWorks(cascade, work, threads);
    this.#pool = new ThreadPool(threads);
  }

  /** The number of threads. */
  get threads(): number {
    return this.#pool.threads;
  }

  /** The kernel, when every thread is ready for it. */
  start(): Promise<ThreadKernel> {
    return this.#kernel ??= this.#pool.attach(kernelModule(), this.#cascade.tables.memory);
  }

  /**
   * Runs a plan on a batch.
   *
   * @param plan The plan.
   * @param results What it gives for each image.
   * @param batch Whole images, one after another, in the precision of the kernel.
   * @param receive Takes the results of each chunk; called in order.
   * @param options Progress and interruption.
   * @throws {NonFiniteError} Where a pixel is NaN or infinite.
   */
  async run(
    plan: PlanTable,
    results: PlanResults,
    batch: RealArray,
    receive: (chunk: ChunkResults) => void,
    { onProgress, signal }: RunOptions = {},
  ): Promise<void> {
    const { tables } = this.#cascade;
    const kernel = await this.start();
    const buffers = this.#reserveBuffers(plan, results);
    const total = batch.length / this.#imageReals;
    const perChunk = buffers.groups * tables.lanes;
    for (let first = 0; first < total; first += perChunk) {
      // Lets whatever waits have its turn: a signal, a timer, another batch.
      if (first > 0) await setImmediate();
      signal?.throwIfAborted();
      const count = Math.min(perChunk, total - first);
      await this.#inTurn(async () => {
        await this.#runChunk(kernel, buffers, batch, first, count, (share) => {
          onProgress?.(first + share * count, total);
        }, signal);
        receive(this.#readResults(buffers, first, count));
      });
      onProgress?.(first + count, total);
    }
  }

  /** Batches share buffers, so that a chunk waits for that of another one. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => {});
    return done;
  }

  /** Ends the threads. */
  dispose(): void {
    this.#pool.dispose();
  }

  #reserveBuffers(plan: PlanTable, results: PlanResults): Buffers {
    const known = this.#buffers.get(plan);
    if (known !== undefined) return known;
    const { tables } = this.#cascade;
    const { rows, step } = this.#cascade.gridAfter(-1);
    const imageBytes = tables.lanes * this.#imageReals * tables.realBytes;
    const outputBytes = tables.lanes * results.outputs * tables.realBytes;
    const energyBytes = results.energies * tables.realsBytes;
    const spectrumBytes = rows * step;
    const groupBytes = imageBytes + outputBytes + spectrumBytes + energyBytes;
    const isLarge = this.#imageReals >= LARGE_PIXELS;
    const groups = isLarge ? 1 : Math.max(this.#pool.threads, Math.floor(CHUNK_BYTES / groupBytes));
    const images = tables.reserve(groups * imageBytes);
    const output = tables.reserve(groups * outputBytes);
    const scales = tables.reserve(groups * SCALE_VECTORS * tables.realsBytes);
    const energyBase = tables.reserve(groups * energyBytes);
    const spectra = tables.reserve(groups * spectrumBytes);
    const jobOf = ({ address }: PlanSlice) =>
      tables.record("Job", {
        plan: address,
        works: this.works,
        images,
        output,
        outputStep: results.outputs * tables.realBytes,
        scales,
        spectra,
        spectrumBytes,
        energies: energyBase,
        energyBytes,
      });
    const job = jobOf(plan);
    const steps = (isLarge ? plan.slices(this.#pool.threads) : [plan]).map((slice) => ({
      job: slice === plan ? job : jobOf(slice),
      parts: slice.parts,
    }));
    const buffers = { ...results, plan, groups, images, output, scales, energyBase, job, steps };
    this.#buffers.set(plan, buffers);
    return buffers;
  }

  async #runChunk(
    kernel: ThreadKernel,
    buffers: Buffers,
    batch: RealArray,
    first: number,
    count: number,
    onShare: (share: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { tables } = this.#cascade;
    const groups = Math.ceil(count / tables.lanes);
    const images = tables.view(buffers.images, groups * tables.lanes * this.#imageReals);
    images.set(batch.subarray(first * this.#imageReals, (first + count) * this.#imageReals));
    images.fill(0, count * this.#imageReals);
    const { suffix } = tables;
    kernel.run(`open${suffix}`, groups, buffers.job);
    for (let n = 0; n < count; n++) {
      if (!Number.isFinite(this.#scaleVector(buffers, n, 2))) {
        const pixels = batch.subarray((first + n) * this.#imageReals, (first + n + 1) * this.#imageReals);
        throw NonFiniteError.inPixels(first + n, pixels);
      }
    }
    if (buffers.plan.parts === 0) return;
    for (const [i, { job, parts }] of buffers.steps.entries()) {
      if (i > 0) {
        onShare(i / buffers.steps.length);
        await setImmediate();
        signal?.throwIfAborted();
      }
      kernel.run(`scatter${suffix}`, groups * parts, job);
    }
  }

  #readResults(buffers: Buffers, first: number, count: number): ChunkResults {
    const { tables } = this.#cascade;
    const { lanes } = tables;
    const groups = Math.ceil(count / lanes);
    const energies = tables.view(buffers.energyBase, groups * buffers.energies * lanes);
    return {
      first,
      count,
      outputs: tables.view(buffers.output, count * buffers.outputs),
      energy: (n, i) => energies[(Math.floor(n / lanes) * buffers.energies + i) * lanes + n % lanes]!,
      scale: (n) => this.#scaleVector(buffers, n, 1),
    };
  }

  #scaleVector(buffers: Buffers, n: number, vector: number): number {
    const { tables } = this.#cascade;
    const at = (Math.floor(n / tables.lanes) * SCALE_VECTORS + vector) * tables.lanes + n % tables.lanes;
    return tables.view(buffers.scales, at + 1)[at]!;
  }
}
