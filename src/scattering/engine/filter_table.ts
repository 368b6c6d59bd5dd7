import type { GridTable } from "./grid_table.ts";
import { negligible } from "./negligible.ts";
import type { Tables } from "./tables.ts";

/**
 * Writes a filter from one grid to a coarser one: multiplication in the Fourier domain, then the mean over the aliases of
 * each frequency, and the factor of the inverse transform that follows.
 *
 * Values below 1/64 of the rounding error of the largest are left out: they cost time and change nothing.
 *
 * @param tables The memory.
 * @param filter Real, in the Fourier domain, of the shape of the source grid.
 * @param source The grid of the spectrum.
 * @param target The grid of the result; its sides divide those of the source.
 * @returns The address of a `Filter` of the kernel.
 */
export function writeFilter(
  tables: Tables,
  filter: Float64Array,
  source: GridTable,
  target: GridTable,
): number {
  const smallest = negligible(filter, tables.precision);
  // The kernel keeps spectra doubled.
  const factor = 1 / (2 * source.rows * source.columns);
  const blocks: { row: number; rows: number; groups: number; first: number }[] = [];
  for (let row = 0; row < target.rows; row += target.rowBlock) {
    const rows = Math.min(target.rowBlock, target.rows - row);
    const groups = groupsOfBlock(tables, filter, smallest, factor, source, target, row, rows);
    const records = groups.map(({ sources, count, offsets, values }) => ({
      sources,
      count,
      offsets: tables.words(offsets),
      values: tables.reals(values),
    }));
    const first = records.length > 0 ? tables.records("Group", records) : 0;
    blocks.push({ row, rows, groups: records.length, first });
  }
  return tables.record("Filter", {
    grid: target.address,
    blocks: blocks.length,
    first: tables.records("Block", blocks),
  });
}

/** The elements of a block that have the same number of sources. */
interface ElementGroup {
  readonly sources: number;
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly values: Float64Array;
}

/** No groups where the block vanishes. */
function groupsOfBlock(
  { elementBytes }: Tables,
  filter: Float64Array,
  smallest: number,
  factor: number,
  source: GridTable,
  target: GridTable,
  row: number,
  rows: number,
): ElementGroup[] {
  // The frequencies of the band, each with the element of the block that it falls on.
  const elements: number[] = [];
  const offsets: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let k = row + r; k < source.rows; k += target.rows) {
      for (let l = 0; l < source.columns; l++) {
        const value = filter[k * source.columns + l]!;
        if (Math.abs(value) <= smallest) continue;
        elements.push((l % target.columns) * rows + r);
        offsets.push(k * source.step + l * elementBytes);
        values.push(value * factor);
      }
    }
  }
  if (elements.length === 0) return [];
  const sources = new Uint16Array(rows * target.columns);
  for (const element of elements) sources[element]!++;

  const groups = new Map<number, { sources: number; count: number }>();
  // The place of each element in its group, in the order of memory.
  const places = Uint32Array.from(sources, (count) => {
    const group = groups.get(count) ?? { sources: count, count: 0 };
    groups.set(count, group);
    return group.count++;
  });
  const made = new Map(Array.from(groups.values(), ({ sources, count }) => [sources, {
    sources,
    count,
    offsets: new Uint32Array(count * (sources + 1)),
    values: new Float64Array(count * sources),
  }]));
  sources.forEach((count, element) => {
    made.get(count)!.offsets[places[element]! * (count + 1)] = element * elementBytes;
  });
  const taken = new Uint16Array(sources.length);
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i]!;
    const count = sources[element]!;
    const group = made.get(count)!;
    const nth = taken[element]!++;
    group.values[places[element]! * count + nth] = values[i]!;
    group.offsets[places[element]! * (count + 1) + 1 + nth] = offsets[i]!;
  }
  return [...made.values()];
}
