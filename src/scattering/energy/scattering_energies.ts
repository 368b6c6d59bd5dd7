import type { EnergyCascadeOptions } from "./energy_grid.ts";
import { CascadeRunner, type RunOptions } from "../engine/cascade_runner.ts";
import { cascadeFilters } from "../engine/cascade_filters.ts";
import { CascadeTables } from "../engine/cascade_tables.ts";
import { countPowerBytes, energyOutlets, type EnergyPlace, firstJ } from "./energy_plan.ts";
import { imageGeometry } from "../engine/image_geometry.ts";
import { checkCotangent, GradientRunner } from "../engine/gradient_runner.ts";
import { countPaths, LARGE_PIXELS } from "../engine/memory_need.ts";
import { type PathNode, pathTree } from "../engine/path_tree.ts";
import { type AdjointTable, writeAdjoint } from "../engine/adjoint_table.ts";
import { divideByEnergy, energyAdjointOutlets } from "./energy_gradient.ts";
import { type PlanTable, writePlan } from "../engine/plan_table.ts";
import { chooseVectors, findPrecision, type Precision, type RealArray, Tables } from "../engine/tables.ts";
import { splineBank } from "../banks/spline_bank.ts";

/** What a {@linkcode ScatteringEnergies} measures. */
export interface ScatteringEnergiesOptions extends EnergyCascadeOptions {
  /** The number of threads; every core where it is not given. */
  readonly threads?: number;
}

/** Whether the energies of orders or of single paths are measured. */
type Rows = "orders" | "paths";

/** A plan, what it gives, and where. */
interface EnergyPlan {
  readonly plan: PlanTable;
  readonly results: number;
  readonly places: readonly EnergyPlace[];
  readonly rows: number;
}

/** Memory, plans and threads for one precision. */
interface EnergyRunner {
  readonly cascade: CascadeTables;
  readonly runner: CascadeRunner;
  readonly planFor: (rows: Rows, maxOrder: number) => EnergyPlan;
  readonly gradientFor: (rows: Rows, maxOrder: number) => EnergyGradient;
}

/** What takes gradients, on the same threads. */
interface EnergyGradient {
  readonly runner: GradientRunner;
  readonly table: AdjointTable;
  /** The energies of an image under one low-pass. */
  readonly rows: number;
}

/**
 * The scattering energies of images, on every core: the numbers of `EnergyCascade`,
 *
 *     E[J][m] = 100 sum_p ||U[p] x * phi_J||^2 / ||x||^2
 *
 * for every scale J and order m in one cascade, in the precision of the batch. The result for an image is the
 * same, bit for bit, whatever the other images of its batch and the number of threads. Two float64 images cost as
 * much as one, four float32 images as much as one.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const options = { height: 8, width: 8, J: 1, L: 6, maxOrder: 1, threads: 1 };
 * using energies = new ScatteringEnergies(options);
 * const checkerboard = Float64Array.from({ length: 64 }, (_, i) => (Math.floor(i / 8) + i) % 2 - 0.5);
 * const [order0, order1] = await energies.measure(checkerboard);
 * assertAlmostEquals(order0!, 0, 1e-2);
 * assertAlmostEquals(order0! + order1!, 100); // |x * psi| is constant, so that nothing is left for order 2
 * ```
 */
export class ScatteringEnergies {
  /** What is measured. */
  readonly options: ScatteringEnergiesOptions;
  readonly #runners = new Map<string, EnergyRunner>();
  #disposed = false;

  /**
   * Checks the options; tables and threads follow with the first batch of each precision.
   *
   * @param options What is measured.
   * @throws {RangeError} Where `maxOrder` is out of its range; other options are checked with the first batch.
   */
  constructor(options: ScatteringEnergiesOptions) {
    this.options = options;
    checkOrder(options.maxOrder, options.J);
  }

  /**
   * Measures the energies of each order. The mean of an image is part of it: subtract it first where the table is
   * about the rest.
   *
   * @param batch Images of shape (height, width), one after another.
   * @param maxOrder The largest order m that is wanted.
   * @param options Progress and interruption.
   * @returns Per cent of the energy of each image, of shape (images, J, maxOrder + 1), J = 1 first.
   * @throws {TypeError} Where the batch is not a Float32Array or a Float64Array.
   * @throws {RangeError} Where it is empty or of another shape, an image is zero or holds a number that is not
   * finite, or `maxOrder` is beyond that of the options.
   * @throws {Error} After {@linkcode ScatteringEnergies.dispose}.
   * @throws The reason of the signal, where it aborts.
   */
  measure(
    batch: RealArray,
    maxOrder: number = this.options.maxOrder,
    options: RunOptions = {},
  ): Promise<Float64Array> {
    checkOrder(maxOrder, this.options.maxOrder);
    return this.#measure("orders", batch, maxOrder, options);
  }

  /**
   * Measures the energy of each path, at the cost of one weighted sum for each path and scale.
   *
   * @param batch Images of shape (height, width), one after another.
   * @param options Progress and interruption.
   * @returns Per cent of the energy of each image, of shape (images, J, paths); paths as
   * `scatteringPaths` lists them, 0 for those that end at a scale j >= J.
   * @throws {TypeError} As {@linkcode ScatteringEnergies.measure}.
   * @throws {RangeError} As {@linkcode ScatteringEnergies.measure}.
   * @throws {Error} As {@linkcode ScatteringEnergies.measure}.
   */
  measurePaths(batch: RealArray, options: RunOptions = {}): Promise<Float64Array> {
    return this.#measure("paths", batch, this.options.maxOrder, options);
  }

  /**
   * The gradient of a function of the energies of orders: where a loss has the derivatives w with respect to the energies E of an image x, it is
   * d loss / d x = E'(x)^T w. It is perpendicular to the image, since energies are per cent of the image's own. The gradient of a modulus is
   * that of `Scattering2D.gradient`, 0 where the map is.
   *
   * @param batch Images of shape (height, width), one after another.
   * @param cotangent The derivatives with respect to the energies, of the shape that {@linkcode ScatteringEnergies.measure} gives.
   * @param maxOrder The largest order m that is wanted.
   * @param options Progress and interruption.
   * @returns The derivatives with respect to the pixels, of the shape and in the precision of the batch.
   * @throws {TypeError} As {@linkcode ScatteringEnergies.measure}.
   * @throws {RangeError} As {@linkcode ScatteringEnergies.measure}, and where the cotangent has another shape or is not finite in the precision of
   * the batch.
   * @throws {Error} As {@linkcode ScatteringEnergies.measure}.
   *
   * @example The energy that order 1 has under the largest low-pass
   * ```ts
   * import { assertAlmostEquals } from "@std/assert";
   *
   * using energies = new ScatteringEnergies({ height: 8, width: 8, J: 2, L: 6, maxOrder: 1, threads: 1 });
   * const image = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
   * const gradient = await energies.gradient(image, Float64Array.of(0, 0, 0, 1));
   * assertAlmostEquals(gradient.reduce((sum, value, i) => sum + value * image[i]!, 0), 0, 1e-12);
   * const step = async (size: number) => (await energies.measure(image.map((x, i) => x + size * gradient[i]!)))[3]!;
   * const slope = (await step(1e-6) - await step(-1e-6)) / 2e-6;
   * assertAlmostEquals(slope, gradient.reduce((sum, value) => sum + value ** 2, 0), 1e-4 * slope);
   * ```
   */
  gradient<T extends RealArray>(
    batch: T,
    cotangent: RealArray,
    maxOrder: number = this.options.maxOrder,
    options: RunOptions = {},
  ): Promise<T> {
    checkOrder(maxOrder, this.options.maxOrder);
    return this.#gradient("orders", batch, cotangent, maxOrder, options);
  }

  /**
   * The same of the energies of paths.
   *
   * @param batch Images of shape (height, width), one after another.
   * @param cotangent The derivatives with respect to the energies, of the shape that {@linkcode ScatteringEnergies.measurePaths} gives; those
   * of paths that end at a scale j >= J count nothing.
   * @param options Progress and interruption.
   * @returns As {@linkcode ScatteringEnergies.gradient}.
   * @throws {TypeError} As {@linkcode ScatteringEnergies.gradient}.
   * @throws {RangeError} As {@linkcode ScatteringEnergies.gradient}.
   * @throws {Error} As {@linkcode ScatteringEnergies.gradient}.
   */
  gradientPaths<T extends RealArray>(
    batch: T,
    cotangent: RealArray,
    options: RunOptions = {},
  ): Promise<T> {
    return this.#gradient("paths", batch, cotangent, this.options.maxOrder, options);
  }

  /** Ends the threads, which keep the process alive; nothing can be measured afterwards. */
  dispose(): void {
    this.#disposed = true;
    for (const { runner } of this.#runners.values()) runner.dispose();
  }

  /** {@linkcode ScatteringEnergies.dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  async #gradient<T extends RealArray>(
    of: Rows,
    batch: T,
    cotangent: RealArray,
    maxOrder: number,
    options: RunOptions,
  ): Promise<T> {
    const { height, width, J } = this.options;
    const pixels = height * width;
    const precision = findPrecision(batch);
    const images = this.#countImages(batch);
    const { runner, table, rows } = this.#runnerFor(precision, images).gradientFor(of, maxOrder);
    const inPrecision = precision === "float32" ? Float32Array.from(cotangent) : Float64Array.from(cotangent);
    checkCotangent(batch, inPrecision, images * J * rows);
    const gradient = batch.slice() as T;
    await runner.run(table, batch, inPrecision, ({ first, count, gradients, scale }) => {
      gradient.set(gradients, first * pixels);
      for (let n = 0; n < count; n++) {
        const part = [(first + n) * pixels, (first + n + 1) * pixels] as const;
        const norm = divideByEnergy(batch.subarray(...part), scale(n), gradient.subarray(...part));
        if (norm === 0) refuseZero(first + n);
      }
    }, options);
    return gradient;
  }

  #countImages(batch: RealArray): number {
    const { height, width } = this.options;
    const images = batch.length / (height * width);
    if (images === 0 || !Number.isInteger(images)) {
      throw new RangeError(
        `Cannot measure the batch as it must hold one or more images of ${height} x ${width} pixels: ` +
          `current length is ${batch.length}`,
      );
    }
    return images;
  }

  async #measure(of: Rows, batch: RealArray, maxOrder: number, options: RunOptions): Promise<Float64Array> {
    const { height, width, J } = this.options;
    const pixels = height * width;
    const precision = findPrecision(batch);
    const images = this.#countImages(batch);
    const { runner, planFor } = this.#runnerFor(precision, images);
    const { plan, results, places, rows } = planFor(of, maxOrder);
    const energies = new Float64Array(images * J * rows);
    await runner.run(plan, { outputs: 0, energies: results }, batch, (chunk) => {
      for (let n = 0; n < chunk.count; n++) {
        const image = chunk.first + n;
        const scale = chunk.scale(n);
        let norm = 0;
        for (const value of batch.subarray(image * pixels, (image + 1) * pixels)) {
          norm += (value / scale) ** 2;
        }
        if (norm === 0) refuseZero(image);
        for (const { row, j, result } of places) {
          for (let i = 0; i < J + 1 - firstJ(j); i++) {
            const cell = (image * J + firstJ(j) - 1 + i) * rows + row;
            energies[cell]! += 100 * chunk.energy(n, result + i) / norm;
          }
        }
      }
    }, options);
    return energies;
  }

  #runnerFor(precision: Precision, images: number): EnergyRunner {
    if (this.#disposed) throw new Error("Cannot measure the batch: the scattering energies are disposed of");
    const { height, width, J, L, maxOrder, bank = splineBank, oversampling } = this.options;
    const vectors = height * width < LARGE_PIXELS ? chooseVectors(precision, images) : 1;
    const key = `${precision} ${vectors}`;
    const known = this.#runners.get(key);
    if (known !== undefined) return known;
    const { threads = navigator.hardwareConcurrency } = this.options;
    const filters = cascadeFilters(bank, { height, width, J, L }, Infinity, oversampling);
    const cascade = new CascadeTables(new Tables(precision, vectors), filters);
    const lowPassAt = (scale: number, resolution: number) => {
      const coarse = { height: height / 2 ** resolution, width: width / 2 ** resolution };
      return bank.lowPass(coarse, scale - resolution);
    };
    const { sourceRows, sourceColumns } = imageGeometry(height, width, J, 1, "periodic");
    const size = { height, width, sourceRows, sourceColumns };
    // One part for each first orientation: of nearly the same size, and as many whatever the threads.
    const partsUpTo = (order: number) => {
      const tree = pathTree(J, L, order);
      return Array.from({ length: order === 0 ? 0 : L }, (_, l) => tree.filter(({ theta }) => theta === l));
    };
    const plans = new Map<string, EnergyPlan>();
    const planFor = (of: Rows, order: number): EnergyPlan => {
      const ready = plans.get(`${of} ${order}`);
      if (ready !== undefined) return ready;
      const outlets = energyOutlets(cascade, order, lowPassAt, of === "paths");
      const plan = writePlan(cascade, { ...size, parts: partsUpTo(order), ...outlets });
      const rows = 1 + outlets.places.reduce((largest, { row }) => Math.max(largest, row), 0);
      const made = { plan, rows, results: outlets.results, places: outlets.places };
      plans.set(`${of} ${order}`, made);
      return made;
    };
    const work = {
      maxOrder,
      outputRows: 0,
      outputColumns: 0,
      powerBytes: countPowerBytes(cascade, maxOrder),
    };
    const runner = new CascadeRunner(cascade, { height, width }, work, threads);
    let gradientRunner: GradientRunner | undefined;
    const gradients = new Map<string, EnergyGradient>();
    const gradientFor = (of: Rows, order: number): EnergyGradient => {
      const ready = gradients.get(`${of} ${order}`);
      if (ready !== undefined) return ready;
      gradientRunner ??= new GradientRunner(cascade, runner, { ...size, ...work, energies: J });
      const rows = of === "orders" ? order + 1 : countPaths({ J, L, maxOrder: order });
      const rowOf = (path: PathNode | undefined) => (of === "orders" ? path?.order : path?.index) ?? 0;
      const outlets = energyAdjointOutlets(cascade, lowPassAt, rowOf, rows);
      const table = writeAdjoint(cascade, { parts: partsUpTo(order), ...outlets });
      const made = { runner: gradientRunner, table, rows };
      gradients.set(`${of} ${order}`, made);
      return made;
    };
    const made = { cascade, runner, planFor, gradientFor };
    this.#runners.set(key, made);
    return made;
  }
}

function refuseZero(image: number): never {
  throw new RangeError(`Cannot measure the energies of image ${image} as it is zero everywhere`);
}

/** Refuses an order that is no integer from 0 to `largest`. */
function checkOrder(maxOrder: number, largest: number): void {
  if (!Number.isSafeInteger(maxOrder) || maxOrder < 0 || maxOrder > largest) {
    throw new RangeError(
      `Cannot measure energies as the order must be an integer from 0 to ${largest}: current value is ${maxOrder}`,
    );
  }
}
