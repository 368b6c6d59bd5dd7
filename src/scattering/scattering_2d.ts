import { type AdjointTable, writeAdjoint } from "./engine/adjoint_table.ts";
import { CascadeRunner, type RunOptions } from "./engine/cascade_runner.ts";
import { type CascadeFilters, cascadeFilters } from "./engine/cascade_filters.ts";
import { CascadeTables } from "./engine/cascade_tables.ts";
import { type ImageGeometry, imageGeometry } from "./engine/image_geometry.ts";
import { checkCotangent, GradientRunner } from "./engine/gradient_runner.ts";
import { fitsTwoVectors, fittingGradient, fittingThreads, isLarge } from "./engine/memory_need.ts";
import { pathTree } from "./engine/path_tree.ts";
import { SheetRunner, type SheetRunOptions } from "./engine/sheet_runner.ts";
import { type PlanTable, writePlan } from "./engine/plan_table.ts";
import { chooseVectors, findPrecision, type Precision, type RealArray, Tables } from "./engine/tables.ts";
import { adjointOutlets, transformOutlets } from "./engine/transform_plan.ts";
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

/** Tables and threads for one precision and number of vectors. */
interface LaneRunner {
  readonly runner: CascadeRunner;
  readonly plan: PlanTable;
  /** What takes gradients on the same threads, written when it is first asked for. */
  readonly gradient: () => { readonly runner: GradientRunner; readonly table: AdjointTable };
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
  readonly #runners = new Map<string, LaneRunner>();
  readonly #sheetRunners = new Map<Precision, SheetRunner>();
  readonly #canDouble: boolean;
  #disposed = false;

  /**
   * Builds the filters, or for large images prepares to build them one by one. Tables and threads follow with the first batch of each
   * precision, and with the first that fills two vectors.
   *
   * @param options What is computed.
   * @throws {RangeError} Where an option is out of its range, or the transform takes too much memory.
   */
  constructor(options: Scattering2DOptions) {
    const checked = checkScatteringOptions(options);
    const { J, L, shape: [height, width], maxOrder, bank, sampling, boundary } = checked;
    this.#geometry = imageGeometry(height, width, J, sampling, boundary);
    // Before anything is built: where many threads do not fit into the memory, fewer run, which changes no result.
    const size = { ...checked, ...this.#geometry, isOneByOne: bank.oneByOne !== undefined };
    const threads = fittingThreads(size, checked.threads);
    this.#canDouble = fitsTwoVectors(size, threads);
    this.#options = { ...checked, threads };
    this.#filters = cascadeFilters(
      bank,
      { ...this.#geometry.grid, J, L },
      Math.log2(sampling),
      bank.oversampling,
      isLarge(checked.shape) ? "one by one" : "kept",
    );
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
    if (this.isLarge) {
      const [paths, rows, columns] = this.outputShape;
      await this.transformByPath(batch, (image, path, values) => {
        result.set(values, (image * paths + path) * rows * columns);
      }, options);
      return result as T;
    }
    const vectors = this.#canDouble ? chooseVectors(precision, images) : 1;
    const { runner, plan } = this.#runnerFor(precision, vectors, this.#options.threads);
    await runner.run(plan, { outputs, energies: 0 }, batch, (chunk) => {
      result.set(chunk.outputs, chunk.first * outputs);
    }, options);
    return result as T;
  }

  /**
   * Transforms large images, of 512 x 512 pixels or more, and hands over what each path gives when it is known: the result never stands in
   * memory as a whole.
   *
   * @param batch As {@linkcode Scattering2D.transform} takes it.
   * @param receive Takes the coefficients of one path of one image, of shape (rows, columns), in the precision of the batch. Paths come
   * depth first, each after the one that it goes on from.
   * @param options Progress and interruption.
   * @throws {RangeError} Where the images are not large, and where {@linkcode Scattering2D.transform} does.
   */
  async transformByPath<T extends RealArray>(
    batch: T,
    receive: (image: number, path: number, coefficients: T) => void,
    options: SheetRunOptions = {},
  ): Promise<void> {
    if (!this.isLarge) {
      throw new RangeError(
        `Cannot transform the batch path by path: images must have at least 512 x 512 pixels: ` +
          `current shape is ${this.#options.shape.join(" x ")}: use transform()`,
      );
    }
    const precision = findPrecision(batch);
    this.#countImages(batch, undefined);
    const runner = this.#sheetRunnerFor(precision);
    await runner.run(batch, (image, path, values) => receive(image, path, values as T), options);
  }

  /**
   * The gradient of a function of the coefficients: where a loss has the derivatives w = d loss / d S with respect to the coefficients of
   * an image x, it is d loss / d x = S'(x)^T w, the transpose of the linearised transform on w.
   *
   * Each modulus |z| = sqrt(a^2 + b^2) has the gradient z / |z|, and 0 where z is 0 (as it is computed: where z is exactly 0 in the
   * precision of the batch, or so small beside the image that its square is). So the gradient of an image that is 0 everywhere is that of
   * order 0. Where z is 0 but for rounding, its phase, and with it the gradient, is that of the rounding.
   *
   * Paths are computed again, so that beside buffers a thread keeps no more than three maps for each order. As in
   * {@linkcode Scattering2D.transform}, an image gives the same bits in any batch and with any number of threads.
   *
   * @param batch Images of shape (..., height, width), row-major.
   * @param cotangent The derivatives with respect to their coefficients, of the shape that {@linkcode Scattering2D.transform} gives, in the
   * precision of the batch.
   * @param leading The dimensions before height and width, whose product is the number of images; by default one.
   * @param options Progress and interruption.
   * @returns The derivatives with respect to the pixels, of the shape and in the precision of the batch.
   * @throws {TypeError} Where batch and cotangent are not both Float32Array or both Float64Array.
   * @throws {RangeError} Where they are not of these shapes, hold NaN or an infinite number, or take too much memory. Large images
   * take some 700 bytes for each pixel of the padded image and 300 more for each thread after the first.
   * @throws {Error} After {@linkcode Scattering2D.dispose}.
   * @throws The reason of the signal, where it aborts.
   *
   * @example Steepest descent towards the coefficients of another image
   * ```ts
   * import { assert } from "@std/assert";
   *
   * using scattering = new Scattering2D({ J: 2, shape: [16, 16], threads: 1 });
   * const target = await scattering.transform(Float64Array.from({ length: 256 }, (_, i) => Math.sin(i * i)));
   * let image = Float64Array.from({ length: 256 }, (_, i) => Math.cos(i));
   * const losses: number[] = [];
   * for (let step = 0; step < 10; step++) {
   *   const residual = (await scattering.transform(image)).map((value, i) => value - target[i]!);
   *   losses.push(residual.reduce((sum, value) => sum + value ** 2 / 2, 0));
   *   const gradient = await scattering.gradient(image, residual);
   *   image = image.map((value, i) => value - 16 * gradient[i]!);
   * }
   * assert(losses.at(-1)! < losses[0]! / 10);
   * ```
   */
  async gradient<T extends RealArray>(
    batch: T,
    cotangent: T,
    leading?: readonly number[],
    options: RunOptions = {},
  ): Promise<T> {
    const precision = findPrecision(batch);
    const images = this.#countImages(batch, leading);
    const outputs = this.outputShape.reduce((product, side) => product * side);
    checkCotangent(batch, cotangent, images * outputs);
    const gradient = batch.slice() as T;
    const { runner, table } = this.#gradientRunnerFor(precision, images);
    await runner.run(table, batch, cotangent, ({ first, gradients }) => {
      gradient.set(gradients, first * batch.length / images);
    }, options);
    return gradient;
  }

  /** Whether images are so large that they are transformed one by one and path by path. */
  get isLarge(): boolean {
    return isLarge(this.#options.shape);
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
    for (const runner of this.#sheetRunners.values()) runner.dispose();
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

  #sheetRunnerFor(precision: Precision): SheetRunner {
    this.#checkLife();
    const known = this.#sheetRunners.get(precision);
    if (known !== undefined) return known;
    const { J, L, shape: [height, width], maxOrder, sampling, threads } = this.#options;
    const plan = {
      ...this.#geometry,
      height,
      width,
      outputResolution: Math.log2(sampling),
      tree: pathTree(J, L, maxOrder),
      maxOrder,
    };
    const made = new SheetRunner(this.#filters, precision, plan, threads);
    this.#sheetRunners.set(precision, made);
    return made;
  }

  #checkLife(): void {
    if (this.#disposed) {
      throw new Error("Cannot transform the batch: the scattering transform is disposed of");
    }
  }

  #runnerFor(precision: Precision, vectors: 1 | 2, threads: number): LaneRunner {
    this.#checkLife();
    const key = `${precision} ${vectors} ${threads}`;
    const known = this.#runners.get(key);
    if (known !== undefined) return known;
    const { J, L, shape: [height, width], maxOrder, sampling } = this.#options;
    const { samples, sourceRows, sourceColumns } = this.#geometry;
    const cascade = new CascadeTables(new Tables(precision, vectors), this.#filters);
    const parts = pathTree(J, L, maxOrder).map((path) => [path]);
    const images = { height, width, sourceRows, sourceColumns };
    const plan = writePlan(cascade, {
      ...images,
      parts,
      ...transformOutlets(cascade, samples, Math.log2(sampling)),
    });
    const work = { maxOrder, outputRows: samples.rows, outputColumns: samples.columns, powerBytes: 0 };
    const runner = new CascadeRunner(cascade, { height, width }, work, threads);
    let gradient: ReturnType<LaneRunner["gradient"]> | undefined;
    const made = {
      plan,
      runner,
      gradient: () =>
        gradient ??= {
          table: writeAdjoint(cascade, { parts, ...adjointOutlets(cascade, samples, Math.log2(sampling)) }),
          runner: new GradientRunner(cascade, runner, { ...images, ...work, energies: 0 }),
        },
    };
    this.#runners.set(key, made);
    return made;
  }

  #gradientRunnerFor(precision: Precision, images: number): ReturnType<LaneRunner["gradient"]> {
    const { J, L, maxOrder, threads, shape, bank } = this.#options;
    const scales = Array.from({ length: J }, (_, j) => 4 ** -this.#filters.resolutionAfter(j));
    const keptMaps = maxOrder === 0 ? 0 : L * scales.reduce((sum, share) => sum + share, 0);
    const size = { shape, J, L, maxOrder, ...this.#geometry, isOneByOne: bank.oneByOne !== undefined };
    const wanted = this.isLarge ? 1 : chooseVectors(precision, images);
    const fitting = fittingGradient(size, keptMaps, wanted, threads);
    return this.#runnerFor(precision, fitting.vectors, fitting.threads).gradient();
  }
}
