// The cascade of one large image alone. Lanes hold V neighbouring columns of it, so that nothing stands in memory but this image, and all
// threads share each map: a path is four jobs, whose items are blocks of rows or of columns. Each signal meets the operations that it
// meets in cascade.ts, in the same order, so that the bits are the same.
//
// A complex map ("sheet") has for each V columns of a row a vector of one and, 16 bytes on, one of the other part. Of spectra, whose
// imaginary part stands first as in spectrum.ts, the rows 0 to rows / 2 are kept; the others are their mirror image.

import { MODULUS, PLAIN } from "./butterflies";
import { fft } from "./fft";
import { OUTSIDE, Sheet, SheetJob, SheetWork, word } from "./layout";
import { lowPass } from "./low_pass";
import { add, lanes, mul, sub } from "./vector";

/** Bytes of the V columns of a row, of which each is a complex number. */
const ELEMENT: usize = 32;
const REAL: usize = 16;

/** How many words tell where the values of a row of a filter stand. */
const ROW_WORDS: usize = 5;

@inline
function workOf(job: SheetJob, thread: usize): SheetWork {
  return changetype<SheetWork>(word(job.works, thread));
}

/** Item: V rows of the target. The filtered spectrum, folded, and its inverse transform along the rows. */
export function sheetRows<T>(item: usize, thread: usize, job: SheetJob): void {
  const target = job.target, work = workOf(job, thread), first = item * lanes<T>();
  const rows = min(lanes<T>(), target.rows - first);
  memory.fill(work.lines, 0, target.columns * ELEMENT);
  let isZero = true;
  for (let v: usize = 0; v < rows; v++) {
    if (foldRow<T>(job, first + v, work.lines + v * sizeof<T>())) isZero = false;
  }
  const map = job.map + first * target.step;
  if (isZero) {
    memory.fill(map, 0, rows * target.step);
    return;
  }
  fft<T>(target.along, PLAIN, work.lines, ELEMENT, ELEMENT, work.moved, ELEMENT, ELEMENT, 1, work.transform);
  toColumns<T>(work.moved, target, map, rows);
}

/** Adds what falls on one row of the target to its lane of the line; false where nothing does. */
function foldRow<T>(job: SheetJob, row: usize, line: usize): bool {
  const source = job.source, target = job.target, half = source.rows >> 1;
  let isAny = false;
  for (let k = row; k < source.rows; k += target.rows) {
    const at = job.filter + k * ROW_WORDS * 4;
    const start0 = word(at, 0), count0 = word(at, 1), start1 = word(at, 2), count1 = word(at, 3);
    if (count0 + count1 == 0) continue;
    isAny = true;
    const values = job.values + word(at, 4) * sizeof<T>();
    if (k <= half) {
      const x = job.spectrum + k * source.step;
      foldPart<T>(x, start0, count0, values, target.columns, line);
      foldPart<T>(x, start1, count1, values + count0 * sizeof<T>(), target.columns, line);
    } else {
      const x = job.spectrum + (source.rows - k) * source.step;
      foldMirror<T>(x, source.columns, start0, count0, values, target.columns, line);
      foldMirror<T>(x, source.columns, start1, count1, values + count0 * sizeof<T>(), target.columns, line);
    }
  }
  return isAny;
}

/** Where the first part of the number in a column stands, from the first column of a row on. */
@inline
function place<T>(column: usize): usize {
  return (column / lanes<T>()) * ELEMENT + (column & (lanes<T>() - 1)) * sizeof<T>();
}

function foldPart<T>(x: usize, start: usize, count: usize, values: usize, columns: usize, line: usize): void {
  let y = start % columns;
  for (let l = start; l < start + count; l++, values += sizeof<T>()) {
    const at = x + place<T>(l), to = line + y * ELEMENT, f = load<T>(values);
    store<T>(to, load<T>(to) + f * load<T>(at, REAL));
    store<T>(to, load<T>(to, REAL) + f * load<T>(at), REAL);
    if (++y == columns) y = 0;
  }
}

/** The same of a row that is the mirror image of one that is kept. */
function foldMirror<T>(x: usize, length: usize, start: usize, count: usize, values: usize, columns: usize, line: usize): void {
  let y = start % columns;
  for (let l = start; l < start + count; l++, values += sizeof<T>()) {
    const at = x + place<T>(l ? length - l : 0), to = line + y * ELEMENT, f = load<T>(values);
    store<T>(to, load<T>(to) + f * load<T>(at, REAL));
    store<T>(to, load<T>(to, REAL) + f * -load<T>(at), REAL);
    if (++y == columns) y = 0;
  }
}

/** Item: a block of columns of the map. Their modulus, its low-passed rows, and its transform down the columns. */
export function sheetColumns<T>(item: usize, thread: usize, job: SheetJob): void {
  const sheet = job.target, work = workOf(job, thread), first = item * sheet.block;
  const count = min(sheet.block, sheet.groups - first);
  fft<T>(sheet.across, MODULUS, job.map + first * ELEMENT, sheet.step, ELEMENT, work.real, count * REAL, REAL, count, work.transform);
  takeSheetColumns<T>(job, work, first, count);
}

/** The same of the image itself, padded and multiplied by the power of two that `job.scale` is. */
export function sheetImage<T>(item: usize, thread: usize, job: SheetJob): void {
  const sheet = job.target, work = workOf(job, thread), first = item * sheet.block;
  const count = min(sheet.block, sheet.groups - first), scale = load<T>(job.scale);
  const column0 = first * lanes<T>();
  let y = work.real;
  for (let r: usize = 0; r < sheet.rows; r++) {
    const row = word(job.sourceRows, r);
    for (let c = column0; c < column0 + count * lanes<T>(); c++, y += sizeof<T>()) {
      const column = c < sheet.columns ? word(job.sourceColumns, c) : OUTSIDE;
      store<T>(y, row != OUTSIDE && column != OUTSIDE ? load<T>(job.image + (row * job.width + column) * sizeof<T>()) * scale : 0);
    }
  }
  takeSheetColumns<T>(job, work, first, count);
}

function takeSheetColumns<T>(job: SheetJob, work: SheetWork, first: usize, count: usize): void {
  const sheet = job.target, low = job.lowPass, step = count * REAL;
  if (changetype<usize>(low)) {
    lowPass<T>(low.rowMatrix, (low.rows + 3) & ~3, sheet.rows, work.real, step, REAL, count, job.lowRows + first * REAL, sheet.groups * REAL);
  }
  if (!job.spectrumOut) return;
  // Two columns are one complex signal: those at even places its real, those at odd ones its imaginary part.
  const pairs = count >> 1;
  for (let i: usize = 0, x = work.real, y = work.packed; i < sheet.rows * pairs; i++, x += 2 * REAL, y += ELEMENT) {
    const a = v128.load(x), b = v128.load(x, REAL);
    v128.store(y, evens<T>(a, b));
    v128.store(y, odds<T>(a, b), REAL);
  }
  fft<T>(sheet.across, PLAIN, work.packed, pairs * ELEMENT, ELEMENT, work.moved, pairs * ELEMENT, ELEMENT, pairs, work.transform);
  const n = sheet.rows;
  for (let k: usize = 0; k <= n >> 1; k++) {
    let p = work.moved + k * pairs * ELEMENT, q = work.moved + (k ? n - k : 0) * pairs * ELEMENT;
    let y = job.map + k * sheet.step + first * ELEMENT;
    for (let i: usize = 0; i < pairs; i++, p += ELEMENT, q += ELEMENT, y += 2 * ELEMENT) {
      const pr = v128.load(p), pi = v128.load(p, REAL), qr = v128.load(q), qi = v128.load(q, REAL);
      const a = sub<T>(qi, pi), b = sub<T>(pr, qr), c = add<T>(pr, qr), d = add<T>(pi, qi);
      v128.store(y, lower<T>(a, b));
      v128.store(y, lower<T>(c, d), REAL);
      v128.store(y, upper<T>(a, b), ELEMENT);
      v128.store(y, upper<T>(c, d), ELEMENT + REAL);
    }
  }
}

/** Item: V rows of the kept half of the spectrum: its transform along the rows. */
export function sheetSpectrum<T>(item: usize, thread: usize, job: SheetJob): void {
  const sheet = job.target, work = workOf(job, thread), first = item * lanes<T>();
  const rows = min(lanes<T>(), (sheet.rows >> 1) + 1 - first);
  toRows<T>(job.map + first * sheet.step, sheet.step, rows, sheet.groups, work.lines);
  fft<T>(sheet.along, PLAIN, work.lines, ELEMENT, ELEMENT, work.moved, ELEMENT, ELEMENT, 1, work.transform);
  toColumns<T>(work.moved, sheet, job.spectrumOut + first * sheet.step, rows);
}

/** Item: V rows of the output, low-passed along the rows too. */
export function sheetLow<T>(item: usize, thread: usize, job: SheetJob): void {
  const sheet = job.target, work = workOf(job, thread), low = job.lowPass, first = item * lanes<T>();
  const rows = min(lanes<T>(), low.rows - first);
  // V rows of the low-passed map, of which the last may be those that its matrix is filled up with.
  for (let g: usize = 0; g < sheet.groups; g++) {
    turn<T>(job.lowRows + first * sheet.groups * REAL + g * REAL, sheet.groups * REAL, work.lines + g * lanes<T>() * REAL, REAL);
  }
  lowPass<T>(low.columnMatrix, (low.columns + 3) & ~3, sheet.columns, work.lines, REAL, 0, 1, work.packed, REAL);
  const scale = v128.load_splat<T>(job.scale, sizeof<T>());
  for (let c: usize = 0; c < low.columns; c++) {
    v128.store(work.moved, mul<T>(scale, v128.load(work.packed + c * REAL)));
    for (let v: usize = 0; v < rows; v++) {
      store<T>(job.output + ((first + v) * low.columns + c) * sizeof<T>(), load<T>(work.moved + v * sizeof<T>()));
    }
  }
}

/** Item: a block of columns of a low-passed map: its inverse transform, and the samples that are kept. */
export function sheetSamples<T>(item: usize, thread: usize, job: SheetJob): void {
  const sheet = job.target, work = workOf(job, thread), first = item * sheet.block;
  const count = min(sheet.block, sheet.groups - first), scale = load<T>(job.scale, sizeof<T>());
  fft<T>(sheet.across, PLAIN, job.map + first * ELEMENT, sheet.step, ELEMENT, work.packed, count * ELEMENT, ELEMENT, count, work.transform);
  const begin = first * lanes<T>(), end = min(begin + count * lanes<T>(), sheet.columns);
  for (let c: usize = 0; c < job.keptColumns; c++) {
    const column = job.keptFirst + c * job.keptStride;
    if (column < begin || column >= end) continue;
    const x = work.packed + place<T>(column - begin);
    for (let r: usize = 0; r < job.keptRows; r++) {
      const value = load<T>(x + (job.keptFirst + r * job.keptStride) * count * ELEMENT);
      store<T>(job.output + (r * job.keptColumns + c) * sizeof<T>(), scale * value);
    }
  }
}

/** A line whose lanes are rows to rows whose lanes are columns, with zeros beyond the last column, for which the line has room. */
function toColumns<T>(line: usize, sheet: Sheet, map: usize, rows: usize): void {
  const V = lanes<T>(), columns = sheet.groups * V, step = sheet.step;
  memory.fill(line + sheet.columns * ELEMENT, 0, (columns - sheet.columns) * ELEMENT);
  for (let c: usize = 0; c < columns; c += V, map += ELEMENT) {
    if (rows == V) {
      turn<T>(line + c * ELEMENT, ELEMENT, map, step);
      turn<T>(line + c * ELEMENT + REAL, ELEMENT, map + REAL, step);
    } else {
      for (let v: usize = 0; v < rows; v++) {
        for (let i: usize = 0; i < V; i++) {
          const x = line + (c + i) * ELEMENT + v * sizeof<T>(), y = map + v * step + i * sizeof<T>();
          store<T>(y, load<T>(x));
          store<T>(y, load<T>(x, REAL), REAL);
        }
      }
    }
  }
}

/** Rows whose lanes are columns to a line whose lanes are rows; lanes without a row are zero. */
function toRows<T>(map: usize, step: usize, rows: usize, groups: usize, line: usize): void {
  const V = lanes<T>();
  for (let g: usize = 0; g < groups; g++, map += ELEMENT, line += V * ELEMENT) {
    if (rows == V) {
      turn<T>(map, step, line, ELEMENT);
      turn<T>(map + REAL, step, line + REAL, ELEMENT);
    } else {
      memory.fill(line, 0, V * ELEMENT);
      for (let v: usize = 0; v < rows; v++) {
        for (let i: usize = 0; i < V; i++) {
          const x = map + v * step + i * sizeof<T>(), y = line + i * ELEMENT + v * sizeof<T>();
          store<T>(y, load<T>(x));
          store<T>(y, load<T>(x, REAL), REAL);
        }
      }
    }
  }
}

/** V vectors as the columns of V others. */
@inline
function turn<T>(x: usize, xs: usize, y: usize, ys: usize): void {
  if (sizeof<T>() == 4) {
    const a = v128.load(x), b = v128.load(x + xs), c = v128.load(x + 2 * xs), d = v128.load(x + 3 * xs);
    const ab = lower<T>(a, b), AB = upper<T>(a, b), cd = lower<T>(c, d), CD = upper<T>(c, d);
    v128.store(y, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(y + ys, v128.shuffle<i64>(ab, cd, 1, 3));
    v128.store(y + 2 * ys, v128.shuffle<i64>(AB, CD, 0, 2));
    v128.store(y + 3 * ys, v128.shuffle<i64>(AB, CD, 1, 3));
  } else {
    const a = v128.load(x), b = v128.load(x + xs);
    v128.store(y, lower<T>(a, b));
    v128.store(y + ys, upper<T>(a, b));
  }
}

/** The lower halves of two vectors, alternating; the upper ones; the elements at even places, and at odd ones. */
@inline
function lower<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 4, 1, 5) : v128.shuffle<i64>(a, b, 0, 2);
}

@inline
function upper<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 2, 6, 3, 7) : v128.shuffle<i64>(a, b, 1, 3);
}

@inline
function evens<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 2, 4, 6) : v128.shuffle<i64>(a, b, 0, 2);
}

@inline
function odds<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 1, 3, 5, 7) : v128.shuffle<i64>(a, b, 1, 3);
}
