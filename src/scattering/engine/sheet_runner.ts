import { setImmediate } from "node:timers/promises";
import { type ThreadKernel, ThreadPool } from "../../compute/thread_pool.ts";
import type { CascadeFilters } from "./cascade_filters.ts";
import type { RunOptions } from "./cascade_runner.ts";
import type { ImageGeometry } from "./image_geometry.ts";
import { LOW_PASS_OUTPUTS, VECTOR_BYTES } from "./kernel_constants.ts";
import { kernelModule } from "./kernel_module.ts";
import { layout } from "./layout.ts";
import { separateLowPass, writeLowPass } from "./low_pass_table.ts";
import { NonFiniteError } from "./non_finite_error.ts";
import type { PathNode } from "./path_tree.ts";
import { type SheetFilter, sheetFilter } from "./sheet_filter.ts";
import { type Precision, type RealArray, Tables } from "./tables.ts";
import { writeTransform } from "./transform_table.ts";

/** A complex number of each lane. */
const ELEMENT_BYTES = 2 * VECTOR_BYTES;

/** Elements of columns that are transformed at once: with their copies on the way they fit the second cache. */
const BLOCK_ELEMENTS = 8192;

/** With the filters that are kept from path to path the memory of the kernel is at most this, and they at least and at most so much. */
const KEPT_WITH_KERNEL_BYTES = 640 * 2 ** 20;
const LEAST_KEPT_BYTES = 2 ** 24;
const MOST_KEPT_BYTES = 2 ** 27;

/** What is computed of each image. */
export interface SheetPlan extends ImageGeometry {
  /** Rows and columns of the images. */
  readonly height: number;
  readonly width: number;
  /** The logarithm to base 2 of the distance between outputs. */
  readonly outputResolution: number;
  /** The paths of order 1, with those that go on from them. */
  readonly tree: readonly PathNode[];
  /** The largest order. */
  readonly maxOrder: number;
}

/** A resolution, in the memory of the kernel. */
interface Sheet {
  readonly resolution: number;
  readonly rows: number;
  readonly columns: number;
  readonly step: number;
  /** How many items its columns are. */
  readonly blocks: number;
  readonly block: number;
  readonly address: number;
}

/** What makes the output of the maps of one resolution: a separable low-pass, or one that goes through the spectrum. */
type Average =
  | { readonly lowPass: number }
  | { readonly filter: SheetFilter; readonly target: Sheet; readonly first: number; readonly stride: number };

/** How a run tells what it has done, and is told to stop. */
export interface SheetRunOptions extends RunOptions {
  /** Called when the batch is not read any more. */
  readonly onRead?: () => void;
}

type JobFields = Partial<Record<(typeof layout)["SheetJob"][number], number>>;

/**
 * Transforms large images one by one, path by path: all threads share each map, a number of the image stands in memory once and not once for
 * each lane, and filters are built when they are needed. The bits are those of `CascadeRunner`.
 */
export class SheetRunner {
  readonly #tables: Tables;
  readonly #filters: CascadeFilters;
  readonly #plan: SheetPlan;
  readonly #pool: ThreadPool;
  readonly #sheets = new Map<number, Sheet>();
  readonly #averages = new Map<Sheet, Average>();
  readonly #kept = new Map<string, SheetFilter>();
  readonly #isSeparable: boolean;
  /** How many there are, with the empty one. */
  #paths = 1;
  readonly #places: {
    readonly job: number;
    readonly region: number;
    readonly rows: number;
    readonly scale: number;
  };
  readonly #spectra: readonly number[];
  /** How many more bytes of filters may be kept. */
  #room: number;
  /** The filter that is in the memory of the kernel. */
  #loaded: SheetFilter | undefined;
  #kernel: Promise<ThreadKernel> | undefined;
  /** Ends when the batch is done that has the memory. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Reserves memory and starts the threads.
   *
   * @param filters Filters, each to be used before the next one is asked for.
   * @param precision The format that is computed in.
   * @param plan What is computed.
   * @param threads The number of threads.
   */
  constructor(filters: CascadeFilters, precision: Precision, plan: SheetPlan, threads: number) {
    this.#tables = new Tables(precision);
    this.#filters = filters;
    this.#plan = plan;
    const tables = this.#tables;
    const { height, width, samples, sourceRows, sourceColumns, maxOrder, tree } = plan;
    const { height: rows, width: columns } = filters;
    forEachNode(tree, () => this.#paths++);
    const finest = this.#sheet(0);
    const map = tables.reserve(rows * finest.step);
    const phi = filters.phi(0, new Float64Array(tables.memory.buffer, map, rows * columns));
    this.#isSeparable = separateLowPass(phi, rows, columns) !== undefined;
    const halfBytes = (Math.floor(rows / 2) + 1) * finest.step;
    // A map whose low-pass goes through its spectrum needs one, also where no path goes on from it.
    const spectra = this.#isSeparable ? Math.max(1, maxOrder) : maxOrder + 1;
    this.#spectra = Array.from({ length: spectra }, () => tables.reserve(halfBytes));
    const lowRows = Math.ceil(samples.rows / LOW_PASS_OUTPUTS) * LOW_PASS_OUTPUTS;
    this.#places = {
      job: tables.record("SheetJob", {
        ...Object.fromEntries(layout.SheetJob.map((name) => [name, 0])) as Record<
          (typeof layout)["SheetJob"][number],
          number
        >,
        map,
        lowRows: tables.reserve(this.#isSeparable ? lowRows * finest.step / 2 : 0),
        output: tables.reserve(samples.rows * samples.columns * tables.realBytes),
        width,
        sourceRows: tables.words(sourceRows),
        sourceColumns: tables.words(sourceColumns),
        keptRows: samples.rows,
        keptColumns: samples.columns,
        works: this.#writeWorks(threads),
      }),
      // First the image, and when its spectrum is known one filter after another.
      region: tables.reserve(Math.max(height * width, rows * columns) * tables.realBytes),
      rows: tables.reserve(5 * 4 * rows),
      scale: tables.reserve(2 * tables.realBytes),
    };
    const room = KEPT_WITH_KERNEL_BYTES - tables.memory.buffer.byteLength;
    this.#room = Math.min(Math.max(room, LEAST_KEPT_BYTES), MOST_KEPT_BYTES);
    this.#pool = new ThreadPool(threads);
  }

  /**
   * Transforms images.
   *
   * @param batch Whole images, one after another, in the precision of the kernel.
   * @param receive Takes the output of one path of one image; the array is its own.
   * @param options Progress and interruption.
   * @throws {NonFiniteError} Where a pixel is NaN or infinite.
   */
  async run(
    batch: RealArray,
    receive: (image: number, path: number, values: RealArray) => void,
    options: SheetRunOptions = {},
  ): Promise<void> {
    this.#kernel ??= this.#pool.attach(kernelModule(), this.#tables.memory);
    const kernel = await this.#kernel;
    const pixels = this.#plan.height * this.#plan.width;
    const total = batch.length / pixels;
    const done = this.#turn.then(async () => {
      for (let image = 0; image < total; image++) {
        const take = (path: number, values: RealArray) => receive(image, path, values);
        const tell = (share: number) => options.onProgress?.(image + share, total);
        await this.#transform(kernel, batch, image, take, tell, options);
      }
    });
    this.#turn = done.catch(() => {});
    await done;
  }

  /** Ends the threads. */
  dispose(): void {
    this.#pool.dispose();
  }

  async #transform(
    kernel: ThreadKernel,
    batch: RealArray,
    image: number,
    take: (path: number, values: RealArray) => void,
    tell: (share: number) => void,
    { signal, onRead }: SheetRunOptions,
  ): Promise<void> {
    const { height, width, tree } = this.#plan;
    this.#loaded = undefined;
    const run = async (name: string, items: number) => {
      // Lets whatever waits have its turn: a signal, a timer.
      await setImmediate();
      signal?.throwIfAborted();
      kernel.run(`${name}${this.#tables.precision === "float32" ? "32" : "64"}`, items, this.#places.job);
    };
    let done = 0;
    const finish = async (path: PathNode | undefined, sheet: Sheet, depth: number) => {
      await this.#finish(run, sheet, depth, path === undefined ? tree.length > 0 : path.children.length > 0);
      const { samples } = this.#plan;
      const output = this.#job("output");
      take(path?.index ?? 0, this.#tables.view(output, samples.rows * samples.columns).slice());
      tell(++done / this.#paths);
    };
    const visit = async (path: PathNode, source: Sheet) => {
      const target = this.#sheet(this.#filters.resolutionAfter(path.j));
      this.#load(this.#filter(path, source), { source, target, depth: path.order - 1 });
      await run("sheetRows", itemsOf(target.rows, this.#tables.lanes));
      this.#prepare(target, path.order, path.children.length > 0);
      await run("sheetColumns", target.blocks);
      await finish(path, target, path.order);
      for (const child of path.children) await visit(child, target);
    };
    const finest = this.#sheet(0);
    // They are built where the map will stand.
    this.#average(finest);
    forEachNode(tree, ({ j }) => this.#average(this.#sheet(this.#filters.resolutionAfter(j))));
    this.#openImage(batch.subarray(image * height * width, (image + 1) * height * width), image);
    if (image === batch.length / (height * width) - 1) onRead?.();
    this.#prepare(finest, 0, tree.length > 0);
    await run("sheetImage", finest.blocks);
    await finish(undefined, finest, 0);
    for (const path of tree) await visit(path, finest);
  }

  /** Copies an image and writes the power of two that brings its largest modulus to [1, 2), and the inverse of it. */
  #openImage(pixels: RealArray, image: number): void {
    let peak = 0;
    for (let i = 0; i < pixels.length; i++) {
      const modulus = Math.abs(pixels[i]!);
      if (!(modulus < Infinity)) throw new NonFiniteError(image, i, pixels[i]!);
      if (modulus > peak) peak = modulus;
    }
    const scale = scaleExponent(peak, this.#tables.precision);
    this.#tables.view(this.#places.scale, 2).set([2 ** -scale, 2 ** scale]);
    this.#tables.view(this.#places.region, pixels.length).set(pixels);
    this.#set({ image: this.#places.region, scale: this.#places.scale });
  }

  /** What the columns of a map are asked for. */
  #prepare(sheet: Sheet, depth: number, goesOn: boolean): void {
    const average = this.#average(sheet);
    const isNeeded = goesOn || !("lowPass" in average);
    this.#set({
      target: sheet.address,
      spectrumOut: isNeeded ? this.#spectra[depth]! : 0,
      lowPass: "lowPass" in average ? average.lowPass : 0,
    });
  }

  /** After the columns of a map: its spectrum and its output. */
  async #finish(
    run: (name: string, items: number) => Promise<void>,
    sheet: Sheet,
    depth: number,
    goesOn: boolean,
  ): Promise<void> {
    const { lanes } = this.#tables;
    const { samples } = this.#plan;
    const average = this.#average(sheet);
    const isSeparable = "lowPass" in average;
    if (goesOn || !isSeparable) await run("sheetSpectrum", itemsOf(Math.floor(sheet.rows / 2) + 1, lanes));
    if (isSeparable) {
      await run("sheetLow", itemsOf(samples.rows, lanes));
      return;
    }
    const { filter, target, first, stride } = average;
    this.#load(filter, { source: sheet, target, depth });
    this.#set({ keptFirst: first, keptStride: stride });
    await run("sheetRows", itemsOf(target.rows, lanes));
    await run("sheetSamples", target.blocks);
  }

  /** Puts a filter where the kernel reads it. */
  #load(
    filter: SheetFilter,
    { source, target, depth }: { readonly source: Sheet; readonly target: Sheet; readonly depth: number },
  ): void {
    const { region, rows } = this.#places;
    if (this.#loaded !== filter) {
      if (filter.values.byteOffset !== region || filter.values.buffer !== this.#tables.memory.buffer) {
        this.#tables.view(region, filter.values.length).set(filter.values);
      }
      new Uint32Array(this.#tables.memory.buffer, rows, filter.rows.length).set(filter.rows);
      this.#loaded = filter;
    }
    this.#set({
      source: source.address,
      spectrum: this.#spectra[depth]!,
      filter: rows,
      values: region,
      target: target.address,
    });
  }

  /** The filter of the last step of a path: kept where it is small enough, built where the kernel reads it where it is not. */
  #filter({ j, theta }: PathNode, source: Sheet): SheetFilter {
    const key = `${source.resolution} ${j} ${theta}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const dense = this.#filters.psi(j, theta, source.resolution, this.#place());
    const there = this.#compact(dense, source, this.#region());
    const bytes = there.values.byteLength + there.rows.byteLength;
    // The filters of a scale that fit alone leave no room for those of coarser ones, which are smaller and have as many uses.
    if (bytes > Math.min(this.#room, MOST_KEPT_BYTES / this.#filters.L)) return there;
    const kept = { ...there, values: there.values.slice() };
    this.#kept.set(key, kept);
    this.#room -= bytes;
    return kept;
  }

  /** A filter is built where a map will stand: no map does while one is. */
  #place(): Float64Array {
    const { height, width } = this.#filters;
    return new Float64Array(this.#tables.memory.buffer, this.#job("map"), height * width);
  }

  #region(): RealArray {
    const { height, width } = this.#filters;
    return this.#tables.view(this.#places.region, height * width);
  }

  #compact(filter: Float64Array, source: Sheet, place?: RealArray): SheetFilter {
    // What stands there is no longer the filter that was there.
    if (place !== undefined) this.#loaded = undefined;
    // The kernel keeps spectra doubled.
    const factor = 1 / (2 * source.rows * source.columns);
    return sheetFilter(filter, source.columns, factor, this.#tables.precision, place);
  }

  #average(sheet: Sheet): Average {
    const known = this.#averages.get(sheet);
    if (known !== undefined) return known;
    const made = this.#writeAverage(sheet);
    this.#averages.set(sheet, made);
    return made;
  }

  #writeAverage(sheet: Sheet): Average {
    const { samples, outputResolution } = this.#plan;
    const phi = this.#filters.phi(sheet.resolution, this.#place());
    const at = (resolution: number) => ({
      first: samples.first / 2 ** resolution,
      stride: samples.stride / 2 ** resolution,
    });
    if (this.#isSeparable) {
      const factors = separateLowPass(phi, sheet.rows, sheet.columns)!;
      return { lowPass: writeLowPass(this.#tables, factors, sheet, { ...samples, ...at(sheet.resolution) }) };
    }
    // Where the samples do not divide the grid, the coarsest grid that does is computed, and some of it kept.
    let coarse = outputResolution;
    while (this.#filters.height % 2 ** coarse !== 0 || this.#filters.width % 2 ** coarse !== 0) coarse--;
    return { filter: this.#compact(phi, sheet), target: this.#sheet(coarse), ...at(coarse) };
  }

  #sheet(resolution: number): Sheet {
    const known = this.#sheets.get(resolution);
    if (known !== undefined) return known;
    const rows = this.#filters.height / 2 ** resolution;
    const columns = this.#filters.width / 2 ** resolution;
    const groups = 2 * Math.ceil(columns / this.#tables.lanes / 2);
    const block = Math.min(groups, blockOf(rows));
    // One element more, so that a column does not fall on few cache sets.
    const step = (groups + 1) * ELEMENT_BYTES;
    const along = writeTransform(this.#tables, columns);
    const across = rows === columns ? along : writeTransform(this.#tables, rows);
    const address = this.#tables.record("Sheet", { rows, columns, groups, step, block, along, across });
    const sheet = { resolution, rows, columns, step, block, blocks: Math.ceil(groups / block), address };
    this.#sheets.set(resolution, sheet);
    return sheet;
  }

  #writeWorks(threads: number): number {
    const tables = this.#tables;
    const { samples } = this.#plan;
    const { height, width } = this.#filters;
    const line = (width + 2 * tables.lanes) * ELEMENT_BYTES;
    // Coarse grids have longer blocks, of at most as many elements, but for the shortest one.
    const columns = Math.max(BLOCK_ELEMENTS, blockOf(height) * height) * ELEMENT_BYTES;
    const outputs = (samples.columns + LOW_PASS_OUTPUTS) * VECTOR_BYTES;
    const works = Array.from({ length: threads }, () =>
      tables.record("SheetWork", {
        lines: tables.reserve(line),
        moved: tables.reserve(Math.max(line, columns)),
        transform: tables.reserve(2 * Math.max(line, columns)),
        real: tables.reserve(columns / 2),
        packed: tables.reserve(Math.max(columns, outputs)),
      }));
    return tables.words(works);
  }

  #set(fields: JobFields): void {
    const words = this.#jobWords();
    for (const [name, value] of Object.entries(fields)) words[indexOfField(name as keyof JobFields)] = value;
  }

  #job(name: keyof JobFields): number {
    return this.#jobWords()[indexOfField(name)]!;
  }

  #jobWords(): Uint32Array {
    return new Uint32Array(this.#tables.memory.buffer, this.#places.job, layout.SheetJob.length);
  }
}

function indexOfField(name: keyof JobFields): number {
  return layout.SheetJob.indexOf(name);
}

/** An even number of groups of columns, of which a block has so many. */
function blockOf(rows: number): number {
  return 2 * Math.max(1, Math.floor(BLOCK_ELEMENTS / rows / 2));
}

function itemsOf(count: number, lanes: number): number {
  return Math.ceil(count / lanes);
}

function forEachNode(nodes: readonly PathNode[], act: (node: PathNode) => void): void {
  for (const node of nodes) {
    act(node);
    forEachNode(node.children, act);
  }
}

/** The exponent of the power of two below a modulus; zero and subnormal numbers count as the smallest normal ones. */
function scaleExponent(peak: number, precision: Precision): number {
  const [smallest, largest] = precision === "float32" ? [-126, 126] : [-1022, 1022];
  const [, high] = new Uint32Array(Float64Array.of(peak).buffer);
  return Math.min(Math.max((high! >>> 20) - 1023, smallest), largest);
}
