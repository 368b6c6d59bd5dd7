import type { CascadeFilters } from "./cascade_filters.ts";
import { writeFilter } from "./filter_table.ts";
import { type GridTable, writeGrid } from "./grid_table.ts";
import type { Tables } from "./tables.ts";

/**
 * Grids and filters of a cascade in the memory of a kernel. Each is written when it is first asked for.
 */
export class CascadeTables {
  /** The memory. */
  readonly tables: Tables;
  /** The filters. */
  readonly filters: CascadeFilters;
  readonly #grids = new Map<number, GridTable>();
  readonly #wavelets = new Map<number, number>();

  /**
   * @param tables The memory.
   * @param filters The filters.
   */
  constructor(tables: Tables, filters: CascadeFilters) {
    this.tables = tables;
    this.filters = filters;
  }

  /** The grids so far. */
  get grids(): readonly GridTable[] {
    return [...this.#grids.values()];
  }

  /** The grid at a resolution. */
  grid(resolution: number): GridTable {
    const { height, width } = this.filters;
    const known = this.#grids.get(resolution);
    if (known !== undefined) return known;
    const grid = writeGrid(this.tables, height / 2 ** resolution, width / 2 ** resolution);
    this.#grids.set(resolution, grid);
    return grid;
  }

  /** The grid of maps after scale j; that of the image for j = -1. */
  gridAfter(j: number): GridTable {
    return this.grid(this.#resolutionAfter(j));
  }

  /**
   * The filter from maps after one scale to maps after a larger one.
   *
   * @param lastScale The scale of the map that is filtered; -1 for the image.
   * @param j The scale of the wavelet.
   * @param theta The orientation of the wavelet.
   * @returns The address of a `Filter` of the kernel.
   */
  wavelet(lastScale: number, j: number, theta: number): number {
    const resolution = this.#resolutionAfter(lastScale);
    const key = (resolution * this.filters.J + j) * this.filters.L + theta;
    const known = this.#wavelets.get(key);
    if (known !== undefined) return known;
    const psi = this.filters.psi(j, theta, resolution);
    const address = writeFilter(this.tables, psi, this.grid(resolution), this.gridAfter(j));
    this.#wavelets.set(key, address);
    return address;
  }

  #resolutionAfter(j: number): number {
    return j < 0 ? 0 : this.filters.resolutionAfter(j);
  }
}
