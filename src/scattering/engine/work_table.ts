import { largest } from "../../numeric/largest.ts";
import type { CascadeTables } from "./cascade_tables.ts";
import type { GridTable } from "./grid_table.ts";
import { LOW_PASS_OUTPUTS } from "./kernel_constants.ts";

/** What the work space of a thread has to hold. */
export interface WorkSize {
  /** The largest order. */
  readonly maxOrder: number;
  /** Rows and columns of the output of a path. */
  readonly outputRows: number;
  readonly outputColumns: number;
  /** Bytes of power spectra. */
  readonly powerBytes: number;
}

/**
 * Reserves the work space of each thread.
 *
 * @param cascade Grids: all of them must have been written.
 * @param size What it has to hold.
 * @param threads The number of threads.
 * @returns The address of a list of `Work` addresses of the kernel.
 */
export function writeWorks(
  cascade: CascadeTables,
  { maxOrder, outputRows, outputColumns, powerBytes }: WorkSize,
  threads: number,
): number {
  const { tables } = cascade;
  const finest = cascade.gridAfter(-1);
  const ofGrids = (of: (grid: GridTable) => number) => largest(cascade.grids.map(of));
  const rowBlock = ofGrids(({ rowBlock, columns }) => rowBlock * columns) * tables.elementBytes;
  const columnBlock = ofGrids(({ columnBlock, rows }) => columnBlock * rows) * tables.elementBytes;
  const mapBytes = finest.rows * finest.step;
  const wholeGroups = (count: number) => Math.ceil(count / LOW_PASS_OUTPUTS) * LOW_PASS_OUTPUTS;
  const works = Array.from({ length: threads }, () => {
    // The first spectrum is that of the image, which the batch holds.
    const spectra = Array.from({ length: maxOrder }, () => tables.reserve(mapBytes));
    return tables.record("Work", {
      image: tables.reserve(finest.rows * 2 * Math.ceil(finest.columns / 2) * tables.realsBytes),
      fold: tables.reserve(rowBlock),
      transform: tables.reserve(2 * Math.max(rowBlock, columnBlock)),
      real: tables.reserve(columnBlock),
      packed: tables.reserve(columnBlock),
      lowRows: tables.reserve(wholeGroups(outputRows) * finest.columns * tables.realsBytes),
      low: tables.reserve(wholeGroups(outputColumns) * outputRows * tables.realsBytes),
      map: tables.reserve(mapBytes),
      power: tables.reserve(powerBytes),
      spectra: tables.words([0, ...spectra]),
    });
  });
  return tables.words(works);
}
