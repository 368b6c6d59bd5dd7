// Covariances of channels, and their combination: by blocks of pixels, which stay in the cache, and groups of four channels.

import { BLOCK, Job, padded } from "./job";

@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

@inline
function lanes(a: v128): f32 {
  return (f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** Item: a block. The sums of the products of all groups that are paired, in float32. */
export function covary(item: i32, _thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const groups = job.wavelets + 1;
  const size = job.planeBytes;
  const first = job.channels + ((<usize>(item * BLOCK)) << 2);
  const pixels = (<usize>min(BLOCK, job.N * job.N - item * BLOCK)) << 2;
  let to = job.partials + ((<usize>item) * ((groups * (groups + 1)) / 2) << 6);
  for (let a = 0; a < groups; a++) {
    for (let b = a; b < groups; b++, to += 64) {
      if (load<u8>(job.isPaired + a * groups + b) == 0) continue;
      const x = first + (<usize>(4 * a)) * size;
      const y = first + (<usize>(4 * b)) * size;
      tile(x, y, size, pixels, to);
      tile(x + 2 * size, y, size, pixels, to + 32);
    }
  }
}

/** Two channels with four. */
function tile(x: usize, y: usize, size: usize, pixels: usize, to: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  const y2 = y + 2 * size;
  for (let at: usize = 0; at < pixels; at += 16) {
    const a = v128.load(x + at);
    const b = v128.load(x + size + at);
    const c0 = v128.load(y + at);
    a0 = madd(a0, a, c0);
    b0 = madd(b0, b, c0);
    const c1 = v128.load(y + size + at);
    a1 = madd(a1, a, c1);
    b1 = madd(b1, b, c1);
    const c2 = v128.load(y2 + at);
    a2 = madd(a2, a, c2);
    b2 = madd(b2, b, c2);
    const c3 = v128.load(y2 + size + at);
    a3 = madd(a3, a, c3);
    b3 = madd(b3, b, c3);
  }
  store<f32>(to, lanes(a0));
  store<f32>(to, lanes(a1), 4);
  store<f32>(to, lanes(a2), 8);
  store<f32>(to, lanes(a3), 12);
  store<f32>(to, lanes(b0), 16);
  store<f32>(to, lanes(b1), 20);
  store<f32>(to, lanes(b2), 24);
  store<f32>(to, lanes(b3), 28);
}

/** Item: a group. The sums over all blocks, in float64, of its tiles. */
export function sumBlocks(item: i32, _thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const groups = job.wavelets + 1;
  const R = 4 * groups;
  const tiles = (groups * (groups + 1)) / 2;
  // Tiles of the groups before this one.
  const before = item * groups - (item * (item - 1)) / 2;
  for (let b = item; b < groups; b++) {
    if (load<u8>(job.isPaired + item * groups + b) == 0) continue;
    for (let i = 0; i < 16; i++) {
      let sum: f64 = 0;
      let from = job.partials + ((<usize>(before + b - item)) << 6) + (i << 2);
      for (let block = 0; block < job.blocks; block++, from += (<usize>tiles) << 6) sum += <f64>load<f32>(from);
      const row = 4 * item + (i >> 2);
      const column = 4 * b + (i & 3);
      store<f64>(job.products + ((<usize>(row * R + column)) << 3), sum);
    }
  }
}

/** Item: a block. The combination of all channels, where a channel is positive, as the gradients of the filtered fields. */
export function combine(item: i32, _thread: i32, args: usize): void {
  const job = changetype<Job>(args);
  const groups = job.wavelets + 1;
  const size = job.planeBytes;
  const start = (<usize>(item * BLOCK)) << 2;
  const pixels = (<usize>min(BLOCK, job.N * job.N - item * BLOCK)) << 2;
  for (let a = 0; a < groups; a++) {
    for (let at = start; at < start + pixels; at += 32) combineGroup(job, groups, size, a, at);
  }
}

function combineGroup(job: Job, groups: i32, size: usize, a: i32, at: usize): void {
  const row = (<usize>groups) << 4;
  const offsets = job.offsets + (a << 4);
  let p0 = v128.load32_splat(offsets);
  let q0 = v128.load32_splat(offsets, 4);
  let r0 = v128.load32_splat(offsets, 8);
  let s0 = v128.load32_splat(offsets, 12);
  let p1 = p0;
  let q1 = q0;
  let r1 = r0;
  let s1 = s0;
  let weights = job.combination + row * (<usize>(4 * a));
  let channel = job.channels + at;
  for (let b = 0; b < groups; b++) {
    if (load<u8>(job.isPaired + a * groups + b) == 0) {
      weights += 16;
      channel += 4 * size;
      continue;
    }
    for (let i = 0; i < 4; i++, weights += 4, channel += size) {
      const low = v128.load(channel);
      const high = v128.load(channel, 16);
      const p = v128.load32_splat(weights);
      p0 = madd(p0, p, low);
      p1 = madd(p1, p, high);
      const q = v128.load32_splat(weights + row);
      q0 = madd(q0, q, low);
      q1 = madd(q1, q, high);
      const r = v128.load32_splat(weights + 2 * row);
      r0 = madd(r0, r, low);
      r1 = madd(r1, r, high);
      const s = v128.load32_splat(weights + 3 * row);
      s0 = madd(s0, s, low);
      s1 = madd(s1, s, high);
    }
  }
  const own = job.channels + (<usize>(4 * a)) * size + at;
  const to = padded(job.gradients, job, 2 * a) + at;
  if (a == job.wavelets) {
    const low = v128.load32_splat(job.inverseSigma + (a << 2));
    const whole = v128.load32_splat(job.inverseSigma + ((a + 1) << 2));
    storeDifference(to, own, own + size, p0, q0, low);
    storeDifference(to + 16, own + 16, own + size + 16, p1, q1, low);
    storeDifference(to + size, own + 2 * size, own + 3 * size, r0, s0, whole);
    storeDifference(to + size + 16, own + 2 * size + 16, own + 3 * size + 16, r1, s1, whole);
  } else {
    // Phases: right, down, left, up.
    const scale = v128.load32_splat(job.inverseSigma + (a << 2));
    storeDifference(to, own, own + 2 * size, p0, r0, scale);
    storeDifference(to + 16, own + 16, own + 2 * size + 16, p1, r1, scale);
    storeDifference(to + size, own + 3 * size, own + size, s0, q0, scale);
    storeDifference(to + size + 16, own + 3 * size + 16, own + size + 16, s1, q1, scale);
  }
}

/** Gradient of a value by those of its positive and its negative part, each where it is positive. */
@inline
function storeDifference(to: usize, positive: usize, negative: usize, p: v128, n: v128, scale: v128): void {
  const zero = f32x4.splat(0);
  const above = v128.and(p, f32x4.gt(v128.load(positive), zero));
  const below = v128.and(n, f32x4.gt(v128.load(negative), zero));
  v128.store(to, f32x4.mul(scale, f32x4.sub(above, below)));
}
