import { CascadeRunner, type RunOptions } from "./engine/cascade_runner.ts";
import { type CascadeFilters, cascadeFilters } from "./engine/cascade_filters.ts";
import { CascadeTables } from "./engine/cascade_tables.ts";
import { type ImageGeometry, imageGeometry } from "./engine/image_geometry.ts";
import { fittingThreads } from "./engine/memory_need.ts";
import { pathTree } from "./engine/path_tree.ts";
import { type PlanTable, writePlan } from "./engine/plan_table.ts";
import { findPrecision, type Precision, type RealArray, Tables } from "./engine/tables.ts";
import { transformOutlets } from "./engine/transform_plan.ts";
import { type ScatteringPath, scatteringPaths } from "./paths.ts";
import { checkScatteringOptions, type Scattering2DOptions } from "./scattering_options.ts";

/** Where one coefficient of the output comes from. */
export interface PathDescription {
  /** The order m. */
  readonly order: number;
  /** The scale of each wavelet on the path. */
  readonly j: readonly number[];
  /** The orientation of each, from 0 to L - 1. */
  readonly theta: readonly number[];
  /** The direction of the centre frequency of each, in radians from the first axis (rows) to the second. */
  readonly angle: readonly number[];
  /** The length of the centre frequency of each, in radians per sample. */
  readonly frequency: readonly number[];
}

/**
 * The scattering transform of images, on every core:
 *
 *     S_J[p] x = U[p] x * phi_J,   U[lambda_1, ..., lambda_m] x = |...||x * psi_lambda_1| * psi_lambda_2|...|
 *
 * over the paths p whose scales strictly increase (Bruna and Mallat 2013, section 2.2). With `kymatioBank` it
 * is the transform of kymatio (`kymatioReference`): the same padding, sub-sampling, paths and order. The other
 * banks follow `referenceScattering` on the padded grid, with maps sub-sampled where that changes little.
 *
 * `reflect` and `zero` put kymatio's frame around the image (`paddedShape`) and drop the samples that lie in it;
 * `periodic` takes the image as one period and has no frame.
 *
 * float32 images are transformed in float32, float64 images in float64. Each is scaled by a power of two, so that
 * neither very large nor very small ones lose accuracy. The result for an image is the same, bit for bit, whatever
 * the other images of its batch and the number of threads.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * using scattering = new Scattering2D({ J: 2, shape: [32, 32], threads: 1 });
 * assertEquals(scattering.outputShape, [81, 8, 8]);
 * assertEquals(scattering.paths()[17]!.j, [0, 1]);
 * const images = new Float32Array(3 * 32 * 32).map((_, i) => i % 7);
 * const coefficients = await scattering.transform(images, [3]);
 * assertEquals(coefficients.length, 3 * 81 * 8 * 8);
 * ```
 */
export class Scattering2D {
  /** Paths, rows and columns of the output of an image. */
  readonly outputShape: readonly [paths: number, height: number, width: number];
  readonly #options: Required<Scattering2DOptions>;
  readonly #geometry: ImageGeometry;
  readonly #filters: CascadeFilters;
  readonly #paths: readonly ScatteringPath[];
  readonly #runners = new Map<Precision, { readonly runner: CascadeRunner; readonly plan: PlanTable }>();
  #disposed = false;

  /**
   * Builds the filters. Tables and threads follow with the first batch of each precision.
   *
   * @param options What is computed.
   * @throws {RangeError} Where an option is out of its range, or the transform takes too much memory.
   */
  constructor(options: Scattering2DOptions) {
    const checked = checkScatteringOptions(options);
    const { J, L, shape: [height, width], maxOrder, bank, sampling, boundary } = checked;
    this.#geometry = imageGeometry(height, width, J, sampling, boundary);
    // Before anything is built: where many threads do not fit into the memory, fewer run, which changes no result.
    const threads = fittingThreads({ ...checked, ...this.#geometry }, checked.threads);
    this.#options = { ...checked, threads };
    this.#filters = cascadeFilters(bank, { ...this.#geometry.grid, J, L }, Math.log2(sampling));
    this.#paths = scatteringPaths(this.#filters.wavelets, maxOrder);
    this.outputShape = [this.#paths.length, this.#geometry.samples.rows, this.#geometry.samples.columns];
  }

  /**
   * Transforms a batch.
   *
   * @param batch Images of shape (..., height, width), row-major.
   * @param leading The dimensions before height and width, whose product is the number of images; by default one.
   * @param options Progress and interruption.
   * @returns Coefficients of shape (..., paths, rows, columns), paths as {@linkcode Scattering2D.paths} lists
   * them, in the precision of the batch.
   * @throws {TypeError} Where the batch is not a Float32Array or a Float64Array.
   * @throws {RangeError} Where it is empty, or not of that shape, or holds NaN or an infinite number.
   * @throws {Error} After {@linkcode Scattering2D.dispose}.
   * @throws The reason of the signal, where it aborts.
   */
  async transform<T extends RealArray>(
    batch: T,
    leading?: readonly number[],
    options: RunOptions = {},
  ): Promise<T> {
    const precision = findPrecision(batch);
    const images = this.#countImages(batch, leading);
    const outputs = this.outputShape.reduce((product, side) => product * side);
    const result = precision === "float32"
      ? new Float32Array(images * outputs)
      : new Float64Array(images * outputs);
    const { runner, plan } = this.#runnerFor(precision);
    await runner.run(plan, { outputs, energies: 0 }, batch, (chunk) => {
      result.set(chunk.outputs, chunk.first * outputs);
    }, options);
    return result as T;
  }

  /**
   * Describes the coefficients.
   *
   * @returns One description for each path, in the order of the output.
   */
  paths(): PathDescription[] {
    return this.#paths.map(({ order, wavelets }) => ({
      order,
      j: wavelets.map(({ j }) => j),
      theta: wavelets.map(({ theta }) => theta),
      angle: wavelets.map(({ angle }) => angle),
      frequency: wavelets.map(({ centreFrequency }) => centreFrequency),
    }));
  }

  /** Ends the threads, which keep the process alive; the transform cannot be used afterwards. */
  dispose(): void {
    this.#disposed = true;
    for (const { runner } of this.#runners.values()) runner.dispose();
  }

  /** {@linkcode Scattering2D.dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #countImages(batch: RealArray, leading: readonly number[] | undefined): number {
    const [height, width] = this.#options.shape;
    const images = batch.length / (height * width);
    if (batch.length === 0 || !Number.isInteger(images)) {
      throw new RangeError(
        `Cannot transform the batch as it must hold one or more images of ${height} x ${width} pixels: ` +
          `current length is ${batch.length}`,
      );
    }
    if (leading !== undefined && leading.reduce((product, side) => product * side, 1) !== images) {
      throw new RangeError(
        `Cannot transform the batch as its leading dimensions must give ${images} images: ` +
          `current dimensions are (${leading.join(", ")})`,
      );
    }
    return images;
  }

  #runnerFor(precision: Precision): { runner: CascadeRunner; plan: PlanTable } {
    if (this.#disposed) {
      throw new Error("Cannot transform the batch: the scattering transform is disposed of");
    }
    const known = this.#runners.get(precision);
    if (known !== undefined) return known;
    const { J, L, shape: [height, width], maxOrder, sampling, threads } = this.#options;
    const { samples, sourceRows, sourceColumns } = this.#geometry;
    const cascade = new CascadeTables(new Tables(precision), this.#filters);
    const plan = writePlan(cascade, {
      height,
      width,
      sourceRows,
      sourceColumns,
      parts: pathTree(J, L, maxOrder).map((path) => [path]),
      ...transformOutlets(cascade, samples, Math.log2(sampling)),
    });
    const work = { maxOrder, outputRows: samples.rows, outputColumns: samples.columns, powerBytes: 0 };
    const made = { plan, runner: new CascadeRunner(cascade, { height, width }, work, threads) };
    this.#runners.set(precision, made);
    return made;
  }
}
