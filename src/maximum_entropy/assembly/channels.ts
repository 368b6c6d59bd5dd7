// From a field to its rectified channels, and from their gradients to that of the field.

import { loadStrip, storeStrip, storeTransposed, transformStrip } from "./fourier";
import { Job, padded, plane } from "./job";

/** The work space of a thread: two complex planes, then two strips. */
@inline
function scratchOf(job: Job, thread: i32): usize {
  return job.scratch + (<usize>thread) * job.scratchBytes;
}

@inline
function stripOf(job: Job, scratch: usize): usize {
  return plane(scratch, job.N, 4);
}

/** A strip's work space holds two of them. */
@inline
function transform(job: Job, strip: usize): usize {
  return transformStrip(strip, strip + ((<usize>job.N) << 6), job.N, job.roots);
}

/** The spectrum of the field. */
export function openField(_item: i32, thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const N = job.N;
  const scratch = scratchOf(job, thread);
  const strip = stripOf(job, scratch);
  const re = plane(scratch, N, 0);
  const im = plane(scratch, N, 1);
  memory.fill(im, 0, (<usize>(N * N)) << 2);
  for (let column = 0; column < N; column += 8) {
    loadStrip(job.field, im, N, column, strip);
    storeTransposed(transform(job, strip), N, column, plane(scratch, N, 2), plane(scratch, N, 3));
  }
  for (let column = 0; column < N; column += 8) {
    loadStrip(plane(scratch, N, 2), plane(scratch, N, 3), N, column, strip);
    storeStrip(transform(job, strip), N, column, job.spectrum, plane(job.spectrum, N, 1));
  }
}

/** The channels of one wavelet, or of the low-pass and of the field: filters, transforms back, rectifies. */
export function rectify(item: i32, thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const N = job.N;
  const scratch = scratchOf(job, thread);
  const re = plane(scratch, N, 2);
  const im = plane(scratch, N, 3);
  const strips = N >> 3;
  for (let at = 0; at < strips; at++) {
    if (load<u8>(job.isEmpty + item * strips + at) != 0) {
      // A strip that is empty becomes 8 rows of zeros.
      const bytes = (<usize>(8 * N)) << 2;
      memory.fill(re + bytes * at, 0, bytes);
      memory.fill(im + bytes * at, 0, bytes);
      continue;
    }
    const strip = stripOf(job, scratch);
    loadFiltered(job, item, 8 * at, strip);
    storeTransposed(transform(job, strip), N, 8 * at, im, re);
  }
  const scale = load<f32>(job.inverseSigma + (item << 2)) / <f32>(N * N);
  const isLowPass = item == job.wavelets;
  const sums = job.sums + (item << 5);
  for (let i = 0; i < 4; i++) store<f64>(sums + (i << 3), 0);
  for (let column = 0; column < N; column += 8) {
    const strip = stripOf(job, scratch);
    // Real and imaginary parts change places: the transform back.
    loadStrip(im, re, N, column, strip);
    const found = transform(job, strip);
    if (isLowPass) splitStrip(job, found, column, scale, sums);
    else rectifyStrip(job, item, found, column, scale, sums);
  }
}

/** The spectrum times a filter, with its parts exchanged. */
function loadFiltered(job: Job, item: i32, column: i32, strip: usize): void {
  const row = (<usize>job.N) << 2;
  const re = job.spectrum;
  const im = plane(job.spectrum, job.N, 1);
  const filter = plane(job.filters, job.N, item);
  let from = (<usize>column) << 2;
  for (let k = 0; k < job.N; k++, from += row, strip += 64) {
    const low = v128.load(filter + from);
    const high = v128.load(filter + from, 16);
    v128.store(strip, f32x4.mul(v128.load(im + from), low));
    v128.store(strip, f32x4.mul(v128.load(im + from, 16), high), 16);
    v128.store(strip, f32x4.mul(v128.load(re + from), low), 32);
    v128.store(strip, f32x4.mul(v128.load(re + from, 16), high), 48);
  }
}

/** Adds four float32 to a sum in float64. */
@inline
function addLanes(to: usize, values: v128): void {
  const pairs = f64x2.add(
    f64x2.promote_low_f32x4(values),
    f64x2.promote_low_f32x4(v128.shuffle<f32>(values, values, 2, 3, 2, 3)),
  );
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1));
}

/** Four phases of a strip, whose parts are exchanged, as columns of their channels. */
function rectifyStrip(job: Job, item: i32, strip: usize, column: i32, scale: f32, sums: usize): void {
  const N = job.N;
  const row = (<usize>N) << 2;
  const size = job.planeBytes;
  const zero = f32x4.splat(0);
  const positive = f32x4.splat(scale);
  const negative = f32x4.splat(-scale);
  let right = zero;
  let down = zero;
  let left = zero;
  let up = zero;
  let to = padded(job.channels, job, 4 * item) + ((<usize>column) << 2);
  for (let k = 0; k < N; k++, to += row, strip += 64) {
    for (let half: usize = 0; half < 32; half += 16) {
      const re = v128.load(strip + half, 32);
      const im = v128.load(strip + half);
      const a = f32x4.max(f32x4.mul(re, positive), zero);
      const b = f32x4.max(f32x4.mul(im, negative), zero);
      const c = f32x4.max(f32x4.mul(re, negative), zero);
      const d = f32x4.max(f32x4.mul(im, positive), zero);
      v128.store(to + half, a);
      v128.store(to + half + size, b);
      v128.store(to + half + 2 * size, c);
      v128.store(to + half + 3 * size, d);
      right = f32x4.add(right, a);
      down = f32x4.add(down, b);
      left = f32x4.add(left, c);
      up = f32x4.add(up, d);
    }
  }
  addLanes(sums, right);
  addLanes(sums + 8, down);
  addLanes(sums + 16, left);
  addLanes(sums + 24, up);
}

/** Positive and negative parts of the low-pass and of the field. */
function splitStrip(job: Job, strip: usize, column: i32, scale: f32, sums: usize): void {
  const N = job.N;
  const row = (<usize>N) << 2;
  const size = job.planeBytes;
  const zero = f32x4.splat(0);
  const low = f32x4.splat(scale);
  const whole = f32x4.splat(load<f32>(job.inverseSigma + ((job.wavelets + 1) << 2)));
  let lowSum = zero;
  let lowNegative = zero;
  let wholeSum = zero;
  let wholeNegative = zero;
  let at = (<usize>column) << 2;
  const to = padded(job.channels, job, 4 * job.wavelets);
  for (let k = 0; k < N; k++, at += row, strip += 64) {
    for (let half: usize = 0; half < 32; half += 16) {
      const x = f32x4.mul(v128.load(strip + half, 32), low);
      const y = f32x4.mul(v128.load(job.field + at + half), whole);
      const a = f32x4.max(x, zero);
      const b = f32x4.max(f32x4.neg(x), zero);
      const c = f32x4.max(y, zero);
      const d = f32x4.max(f32x4.neg(y), zero);
      v128.store(to + at + half, a);
      v128.store(to + at + half + size, b);
      v128.store(to + at + half + 2 * size, c);
      v128.store(to + at + half + 3 * size, d);
      lowSum = f32x4.add(lowSum, a);
      lowNegative = f32x4.add(lowNegative, b);
      wholeSum = f32x4.add(wholeSum, c);
      wholeNegative = f32x4.add(wholeNegative, d);
    }
  }
  addLanes(sums, lowSum);
  addLanes(sums + 8, lowNegative);
  addLanes(sums + 16, wholeSum);
  addLanes(sums + 24, wholeNegative);
}

/** The gradient of one filtered field, transformed and filtered in place: transposed. */
export function passBack(item: i32, thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const N = job.N;
  const scratch = scratchOf(job, thread);
  const strip = stripOf(job, scratch);
  const re = padded(job.gradients, job, 2 * item);
  let im = padded(job.gradients, job, 2 * item + 1);
  if (item == job.wavelets) {
    // The low-pass is real; the plane behind it is the gradient of the field itself.
    im = plane(scratch, N, 0);
    memory.fill(im, 0, (<usize>(N * N)) << 2);
  }
  for (let column = 0; column < N; column += 8) {
    loadStrip(re, im, N, column, strip);
    storeTransposed(transform(job, strip), N, column, plane(scratch, N, 2), plane(scratch, N, 3));
  }
  const filter = plane(job.filters, N, item);
  const strips = N >> 3;
  const toIm = item == job.wavelets ? padded(job.gradients, job, 2 * item + 2) : im;
  for (let at = 0; at < strips; at++) {
    if (load<u8>(job.isEmpty + item * strips + at) != 0) continue;
    loadStrip(plane(scratch, N, 2), plane(scratch, N, 3), N, 8 * at, strip);
    storeFiltered(transform(job, strip), filter, N, 8 * at, re, toIm);
  }
}

function storeFiltered(strip: usize, filter: usize, N: i32, column: i32, re: usize, im: usize): void {
  const row = (<usize>N) << 2;
  let to = (<usize>column) << 2;
  for (let k = 0; k < N; k++, to += row, strip += 64) {
    const low = v128.load(filter + to);
    const high = v128.load(filter + to, 16);
    v128.store(re + to, f32x4.mul(v128.load(strip), low));
    v128.store(re + to, f32x4.mul(v128.load(strip, 16), high), 16);
    v128.store(im + to, f32x4.mul(v128.load(strip, 32), low));
    v128.store(im + to, f32x4.mul(v128.load(strip, 48), high), 16);
  }
}

/** A strip of the spectrum of the gradient: what passed all filters, and what follows from the power spectrum, with its parts exchanged; transformed back over rows. */
export function gather(item: i32, thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const N = job.N;
  const row = (<usize>N) << 2;
  const strip = stripOf(job, scratchOf(job, thread));
  const strips = N >> 3;
  const column = 8 * item;
  const first = (<usize>column) << 2;
  const spectrumIm = plane(job.spectrum, N, 1);
  for (let k = 0; k < N; k++) {
    const at = first + row * (<usize>k);
    const to = strip + ((<usize>k) << 6);
    for (let half: usize = 0; half < 32; half += 16) {
      const factor = v128.load(job.byPower + at + half);
      v128.store(to + half, f32x4.mul(factor, v128.load(spectrumIm + at + half)));
      v128.store(to + half, f32x4.mul(factor, v128.load(job.spectrum + at + half)), 32);
    }
  }
  for (let filter = 0; filter <= job.wavelets; filter++) {
    if (load<u8>(job.isEmpty + filter * strips + item) != 0) continue;
    const re = padded(job.gradients, job, 2 * filter);
    const im = padded(job.gradients, job, filter == job.wavelets ? 2 * filter + 2 : 2 * filter + 1);
    for (let k = 0; k < N; k++) {
      const at = first + row * (<usize>k);
      const to = strip + ((<usize>k) << 6);
      for (let half: usize = 0; half < 32; half += 16) {
        v128.store(to + half, f32x4.add(v128.load(to + half), v128.load(im + at + half)));
        v128.store(to + half, f32x4.add(v128.load(to + half, 32), v128.load(re + at + half)), 32);
      }
    }
  }
  // Into the planes of the channels, which nobody needs any more.
  storeTransposed(transform(job, strip), N, column, job.channels, padded(job.channels, job, 1));
}

/** A strip of the gradient. */
export function closeField(item: i32, thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const N = job.N;
  const row = (<usize>N) << 2;
  const strip = stripOf(job, scratchOf(job, thread));
  loadStrip(job.channels, padded(job.channels, job, 1), N, 8 * item, strip);
  let found = transform(job, strip);
  const scale = f32x4.splat(1 / <f32>(N * N));
  const direct = padded(job.gradients, job, 2 * job.wavelets + 1);
  let at = (<usize>(8 * item)) << 2;
  for (let k = 0; k < N; k++, at += row, found += 64) {
    for (let half: usize = 0; half < 32; half += 16) {
      const filtered = f32x4.mul(v128.load(found + half, 32), scale);
      v128.store(job.result + at + half, f32x4.add(filtered, v128.load(direct + at + half)));
    }
  }
}
