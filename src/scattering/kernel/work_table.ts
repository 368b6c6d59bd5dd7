import type { CascadeTables } from "./cascade_tables.ts";
import type { GridTable } from "./grid_table.ts";
import { ELEMENT_BYTES, VECTOR_BYTES } from "./tables.ts";

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
  const largest = (of: (grid: GridTable) => number) => Math.max(...cascade.grids.map(of));
  const rowBlock = largest(({ rowBlock, columns }) => rowBlock * columns) * ELEMENT_BYTES;
  const columnBlock = largest(({ columnBlock, rows }) => columnBlock * rows) * ELEMENT_BYTES;
  const mapBytes = finest.rows * finest.step;
  const inFours = (count: number) => Math.ceil(count / 4) * 4;
  const works = Array.from({ length: threads }, () => {
    // The first spectrum is that of the image, which the batch holds.
    const spectra = Array.from({ length: maxOrder }, () => tables.reserve(mapBytes));
    return tables.words([
      tables.reserve(finest.rows * 2 * Math.ceil(finest.columns / 2) * VECTOR_BYTES), // image
      tables.reserve(rowBlock), // fold
      tables.reserve(2 * Math.max(rowBlock, columnBlock)), // transform
      tables.reserve(columnBlock), // real
      tables.reserve(columnBlock), // packed
      tables.reserve(inFours(outputRows) * finest.columns * VECTOR_BYTES), // lowRows
      tables.reserve(inFours(outputColumns) * outputRows * VECTOR_BYTES), // low
      tables.reserve(mapBytes), // map
      tables.reserve(powerBytes), // power
      tables.words([0, ...spectra]),
    ]);
  });
  return tables.words(works);
}
