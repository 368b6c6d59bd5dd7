/**
 * Matrix products by the training kernels: one operand stays in place, the other is packed into panels of 8
 * columns.
 *
 * @module
 */
import type { kernelArguments } from "../kernel_arguments.ts";
import { ADD, FLOATS, PANEL_COLUMNS, PRODUCT_ROWS, REDUCTION_COLUMNS } from "../kernel_constants.ts";
import type { KernelRecord } from "../kernel_record.ts";
import { floatWord } from "./float_word.ts";
import type { KernelPool } from "./kernel_pool.ts";
import { ScratchMemory } from "./scratch_memory.ts";

/** Floating-point operations that an item should have, so that taking it costs little. */
const itemWork = 2 ** 19;
/** Steps that an item packs. */
const packSteps = 4096;
/** Terms in a part of a sum of columns that the threads share. */
const partRows = 2048;
/**
 * Sums of a product of rows, and of one of columns, are cut into parts beyond so many terms whatever else: of some ten thousand terms of one
 * sign float32 loses the fourth digit.
 */
const longestRow = 2 ** 14;
const longestColumn = 2 ** 18;
/** Terms in a part of such a sum. */
const partTerms = 512;
/** Floats that all parts of the sums of a product should take together. */
const partFloats = 2 ** 24;

/** The operand in place: rows of a matrix or windows of an image; distances in floats. */
export interface Rows {
  /** Address of the first row. */
  readonly pointer: number;
  /** Number of rows. */
  readonly rows: number;
  /** Rows in a line. */
  readonly width: number;
  /** Lines in an image. */
  readonly height: number;
  /** Distance of neighbouring rows. */
  readonly pixelStride: number;
  /** Distance of neighbouring lines. */
  readonly lineStride: number;
  /** Distance of neighbouring images. */
  readonly imageStride: number;
  /** A row is this many runs of floats. */
  readonly segments: number;
  /** Floats in a run. */
  readonly segmentLength: number;
  /** Distance of neighbouring runs. */
  readonly segmentStride: number;
}

/** The operand to be packed: a matrix of `steps` by `columns`, distances in floats. */
export interface Packed {
  /** Address of the first value. */
  readonly pointer: number;
  /** Terms of each sum. */
  readonly steps: number;
  /** Columns of the result. */
  readonly columns: number;
  /** Distance of neighbouring steps. */
  readonly stepStride: number;
  /** Distance of neighbouring columns. */
  readonly columnStride: number;
  /** Steps in a run; all of them by default. */
  readonly run?: number;
  /** Distance of neighbouring runs. */
  readonly runStride?: number;
}

/** A batch of products. */
export interface Batch {
  /** How many. */
  readonly count: number;
  /** Distance of neighbouring operands in place, in floats; 0 where all share one. */
  readonly rows: number;
  /** The same for the packed operands. */
  readonly packed: number;
}

/** What is added to a product and how it ends. */
export interface Epilogue {
  /** Address of a row of floats to add, 0 for none. */
  readonly bias?: number;
  /** Replaces negative results by 0. */
  readonly rectify?: boolean;
}

/** The packed operand, and the parts of a long sum. */
const panelMemory = new ScratchMemory();
const partMemory = new ScratchMemory();

const single: Batch = { count: 1, rows: 0, packed: 0 };

/** The plain matrix with `rows` rows of `columns` floats. */
export function matrixRows(pointer: number, rows: number, columns: number): Rows {
  return {
    pointer,
    rows,
    width: rows,
    height: 1,
    pixelStride: columns,
    lineStride: 0,
    imageStride: 0,
    segments: 1,
    segmentLength: columns,
    segmentStride: 0,
  };
}

/**
 * result = operand times packed, a row of the result for each row of the operand. Very long sums are cut into parts, which are added in
 * float64.
 *
 * @param pool The threads.
 * @param a The operand in place; its row length equals `b.steps`.
 * @param b The operand to be packed.
 * @param result Address of the result, row-major; those of a batch follow each other.
 */
export function multiplyRows(
  pool: KernelPool,
  a: Rows,
  b: Packed,
  result: number,
  batch: Batch = single,
  epilogue: Epilogue = {},
): void {
  const size = batch.count * a.rows * b.columns;
  const parts = b.steps > longestRow ? partsOfRows(a, b, partLength(b.steps, size, longestRow)) : [];
  if (parts.length < 2) return multiplyWholeRows(pool, a, b, result, batch, epilogue);
  const sums = partMemory.reserve(pool, parts.length * size * 4);
  for (const [i, part] of parts.entries()) {
    multiplyWholeRows(pool, part.a, part.b, sums + i * size * 4, batch, {});
  }
  addParts(pool, sums, parts.length, size, result);
  finish(pool, result, size, b.columns, epilogue);
}

/** Adds the bias to rows and rectifies them: apart from the sums, which may be much smaller. */
function finish(
  pool: KernelPool,
  result: number,
  size: number,
  columns: number,
  { bias, rectify }: Epilogue,
): void {
  const { buffer } = pool.bytes();
  const floats = new Float32Array(buffer, result, size);
  if (bias !== undefined) {
    const row = new Float32Array(buffer, bias, columns);
    for (let i = 0; i < size; i++) floats[i] = floats[i]! + row[i % columns]!;
  }
  if (rectify) { for (let i = 0; i < size; i++) floats[i] = Math.max(0, floats[i]!); }
}

function multiplyWholeRows(
  pool: KernelPool,
  a: Rows,
  b: Packed,
  result: number,
  batch: Batch,
  epilogue: Epilogue,
): void {
  const panels = pack(pool, b, batch);
  const tiles = Math.ceil(a.rows / PRODUCT_ROWS);
  const tile = panelTile(b.columns, Math.min(PRODUCT_ROWS, a.rows) * b.steps);
  const items = batch.count * tiles * Math.ceil(panelCount(b.columns) / tile);
  const args = productArguments(a, b, panels, result, batch, epilogue, tile, a.rows * b.columns, a.rows);
  pool.run("multiplyRows", args, items);
}

/** Operands whose products add up to that of two, of at most `length` terms each. */
function partsOfRows(a: Rows, b: Packed, length: number): { readonly a: Rows; readonly b: Packed }[] {
  const { run = 1, runStride = b.stepStride } = b;
  const segment = a.segments > 1 ? a.segmentLength : b.steps;
  const parts = [];
  let first = 0;
  while (first < b.steps) {
    // Within one segment and one run, or of whole ones.
    let steps = withinOrWhole(segment, first, Math.min(length, b.steps - first));
    steps = withinOrWhole(segment, first, withinOrWhole(run, first, steps));
    const offset = Math.floor(first / segment) * a.segmentStride + first % segment;
    const shape = steps > segment
      ? { segments: steps / segment }
      : { segments: 1, segmentLength: steps, segmentStride: 0 };
    const step = Math.floor(first / run) * runStride + (first % run) * b.stepStride;
    parts.push({
      a: { ...a, ...shape, pointer: a.pointer + offset * 4 },
      b: { ...b, steps, pointer: b.pointer + step * 4 },
    });
    first += steps;
  }
  return parts;
}

function withinOrWhole(unit: number, first: number, length: number): number {
  return length < unit ? Math.min(length, unit - first % unit) : length - length % unit;
}

/** Terms of a part: few, unless the parts would take much memory. */
function partLength(terms: number, size: number, most: number): number {
  const parts = Math.max(2, Math.floor(partFloats / size));
  return Math.min(most, Math.max(partTerms, Math.ceil(terms / parts)));
}

/** Adds the parts of the sums of a product in float64. */
function addParts(pool: KernelPool, x: number, parts: number, columns: number, result: number): void {
  pool.run("reduce", {
    x,
    result,
    outer: 1,
    rows: parts,
    columns,
    parts: 1,
    partRows: parts,
    itemOuter: 1,
    from: FLOATS,
    to: FLOATS,
    operation: ADD,
    divisor: 1,
  }, Math.ceil(columns / REDUCTION_COLUMNS));
}

/**
 * result = transposed operand times packed: the sum runs over the rows of both.
 *
 * Sums of many rows and few results are cut into parts of a fixed length, so that the threads share them and the
 * result does not depend on their number.
 */
export function multiplyColumns(
  pool: KernelPool,
  a: Rows,
  b: Packed,
  result: number,
  batch: Batch = single,
): void {
  const size = a.segments * a.segmentLength;
  const isLong = a.rows > longestColumn;
  if (isLong && batch.count > 1) {
    for (let i = 0; i < batch.count; i++) {
      const own = { ...a, pointer: a.pointer + i * batch.rows * 4 };
      const packed = { ...b, pointer: b.pointer + i * batch.packed * 4 };
      multiplyColumns(pool, own, packed, result + i * size * b.columns * 4);
    }
    return;
  }
  const panels = pack(pool, b, batch);
  const tiles = Math.ceil(size / PRODUCT_ROWS);
  const tile = panelTile(b.columns, Math.min(PRODUCT_ROWS, size) * a.rows, 16);
  const items = tiles * Math.ceil(panelCount(b.columns) / tile);
  const cut = isLong || (batch.count === 1 && items < 8 && a.rows > 2 * partRows);
  const length = isLong ? partLength(a.rows, size * b.columns, longestColumn) : cut ? partRows : a.rows;
  const parts = Math.ceil(a.rows / length);
  const to = cut ? partMemory.reserve(pool, parts * size * b.columns * 4) : result;
  const args = productArguments(a, b, panels, to, batch, {}, tile, size * b.columns, length);
  pool.run("multiplyColumns", args, batch.count * parts * items);
  if (isLong) addParts(pool, to, parts, size * b.columns, result);
  else if (cut) {
    pool.run("sumRows", { x: to, rows: parts, columns: size * b.columns, result, partRows: parts }, 1);
  }
}

/** Packs `b` and returns the address of its panels. */
function pack(pool: KernelPool, b: Packed, batch: Batch): number {
  const panels = panelCount(b.columns) * (batch.packed === 0 ? 1 : batch.count);
  const pointer = panelMemory.reserve(pool, panels * b.steps * PANEL_COLUMNS * 4);
  const { run = b.steps, runStride = 0 } = b;
  const steps = run < b.steps ? b.steps : Math.min(b.steps, packSteps);
  const args = {
    source: b.pointer,
    panels: pointer,
    steps: b.steps,
    columns: b.columns,
    stepStride: b.stepStride,
    columnStride: b.columnStride,
    run,
    runStride,
    sourceBatch: batch.packed,
    itemSteps: steps,
  };
  pool.run("pack", args, panels * Math.ceil(b.steps / steps));
  return pointer;
}

function panelCount(columns: number): number {
  return Math.ceil(columns / PANEL_COLUMNS);
}

/** Panels in an item: at least so many that what it copies for all of them costs little. */
function panelTile(columns: number, work: number, least = 4): number {
  const wanted = Math.ceil(itemWork / (16 * work));
  return Math.min(panelCount(columns), Math.max(wanted, least));
}

/** The arguments of both products; their distances are in bytes. */
function productArguments(
  a: Rows,
  b: Packed,
  panels: number,
  result: number,
  batch: Batch,
  epilogue: Epilogue,
  tile: number,
  resultBatch: number,
  partRows: number,
): KernelRecord<typeof kernelArguments.multiplyRows> {
  const bytes = 4;
  return {
    base: a.pointer,
    rows: a.rows,
    width: a.width,
    height: a.height,
    pixelStride: a.pixelStride * bytes,
    lineStride: a.lineStride * bytes,
    imageStride: a.imageStride * bytes,
    segments: a.segments,
    segmentLength: a.segmentLength,
    segmentStride: a.segmentStride * bytes,
    panels,
    columns: b.columns,
    result,
    bias: epilogue.bias ?? 0,
    floor: floatWord(epilogue.rectify ? 0 : -Infinity),
    panelTile: tile,
    baseBatch: batch.rows * bytes,
    panelsBatch: batch.packed === 0 ? 0 : panelCount(b.columns) * b.steps * PANEL_COLUMNS * bytes,
    resultBatch: resultBatch * bytes,
    partRows,
  };
}
