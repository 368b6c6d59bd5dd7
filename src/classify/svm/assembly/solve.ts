// Sequential minimal optimisation over the working set of a problem, by second-order selection (Fan, Chen and Lin
// 2005, WSS 2), and the residuals of all points afterwards.

import { canFall, canRise, Pair } from "./pair";
import { scratchOf } from "./scratch";
import { LARGEST_SET } from "./working_set";

/** Least curvature along a step, for points that coincide; as in LIBSVM. */
const LEAST_CURVATURE: f64 = 1e-12;
/** The sub-problem is solved to this part of the gap that it was chosen for. */
const INNER_PART: f64 = 0.1;
/** Steps after which the working set is chosen anew. */
const MOST_STEPS: i32 = 10000;

/** Offsets in the work space: kernel of the working set (float32), residuals, alphas (float64). */
const RESIDUAL: usize = (<usize>LARGEST_SET) * LARGEST_SET * 4;
const ALPHA: usize = RESIDUAL + LARGEST_SET * 8;
/** Rounded up to 4: strips of the points that changed, and what y alpha changed by. */
const STRIP: usize = ALPHA + LARGEST_SET * 8;
const CHANGE: usize = STRIP + LARGEST_SET * 8;

/** Item: improves a problem on its working set. */
export function solveWorkingSet(item: i32, thread: i32, args: usize, base: usize): void {
  const pair = changetype<Pair>(load<usize>(load<usize>(args) + (item << 2)));
  const scratch = scratchOf(base, thread);
  const size = pair.size;
  for (let s = 0; s < size; s++) {
    const t = pointOf(pair, s);
    store<f64>(scratch + RESIDUAL + (s << 3), load<f64>(pair.residual + (t << 3)));
    store<f64>(scratch + ALPHA + (s << 3), load<f64>(pair.alpha + (t << 3)));
    for (let r = 0; r < size; r++) {
      store<f32>(scratch + ((s * LARGEST_SET + r) << 2), kernelBetween(pair, s, pointOf(pair, r)));
    }
  }
  pair.steps += <f64>optimise(pair, scratch, max(INNER_PART * (pair.up - pair.low), 0.5 * pair.tolerance));
  let changed = 0;
  for (let s = 0; s < size; s++) {
    const t = pointOf(pair, s);
    const alpha = load<f64>(scratch + ALPHA + (s << 3));
    const change = alpha - load<f64>(pair.alpha + (t << 3));
    if (change == 0) continue;
    store<f64>(pair.alpha + (t << 3), alpha);
    store<u64>(scratch + STRIP + (changed << 3), load<u64>(pair.strips + (s << 3)));
    store<f64>(scratch + CHANGE + (changed << 3), t < pair.border ? change : -change);
    changed++;
  }
  for (; (changed & 3) != 0; changed++) {
    store<u64>(scratch + STRIP + (changed << 3), load<u64>(scratch + STRIP));
    store<f64>(scratch + CHANGE + (changed << 3), 0);
  }
  subtractStrips(scratch, 0, changed, pair.residual, pair.positives);
  subtractStrips(scratch, 4, changed, pair.residual + (pair.border << 3), pair.negatives);
}

@inline
function pointOf(pair: Pair, s: i32): i32 {
  return load<i32>(pair.workingSet + (s << 2));
}

/** The kernel between number s of the working set and a point of the problem. */
@inline
function kernelBetween(pair: Pair, s: i32, point: i32): f32 {
  const strips = pair.strips + (s << 3);
  return point < pair.border
    ? load<f32>(load<usize>(strips) + (point << 2))
    : load<f32>(load<usize>(strips, 4) + ((point - pair.border) << 2));
}

/** Steps until the gap of the working set is at most `tolerance`; returns how many. */
function optimise(pair: Pair, scratch: usize, tolerance: f64): i32 {
  const size = pair.size;
  const C = pair.C;
  const residual = scratch + RESIDUAL;
  const alpha = scratch + ALPHA;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    let i = -1;
    let up = -Infinity;
    for (let s = 0; s < size; s++) {
      const value = load<f64>(residual + (s << 3));
      if (value > up && canRise(pointOf(pair, s) < pair.border, load<f64>(alpha + (s << 3)), C)) {
        up = value;
        i = s;
      }
    }
    if (i < 0) return steps;
    const kernel = scratch + ((i * LARGEST_SET) << 2);
    let j = -1;
    let low = Infinity;
    let best: f64 = 0;
    for (let s = 0; s < size; s++) {
      const value = load<f64>(residual + (s << 3));
      if (value >= up || !canFall(pointOf(pair, s) < pair.border, load<f64>(alpha + (s << 3)), C)) continue;
      low = min(low, value);
      const decrease = (up - value) * (up - value) / curvature(kernel, s);
      if (decrease > best) {
        best = decrease;
        j = s;
      }
    }
    if (j < 0 || up - low <= tolerance) return steps;
    const step = min(
      (up - load<f64>(residual + (j << 3))) / curvature(kernel, j),
      min(room(pair, alpha, i, true), room(pair, alpha, j, false)),
    );
    move(pair, alpha, i, step, true);
    move(pair, alpha, j, step, false);
    const other = scratch + ((j * LARGEST_SET) << 2);
    for (let s = 0; s < size; s++) {
      const difference = <f64>load<f32>(kernel + (s << 2)) - <f64>load<f32>(other + (s << 2));
      store<f64>(residual + (s << 3), load<f64>(residual + (s << 3)) - step * difference);
    }
  }
  return MOST_STEPS;
}

/** K_ii + K_jj - 2 K_ij with K_ii = 1. */
@inline
function curvature(kernel: usize, s: i32): f64 {
  return max(2 - 2 * <f64>load<f32>(kernel + (s << 2)), LEAST_CURVATURE);
}

/** Whether alpha itself grows as y alpha rises or falls. */
@inline
function grows(pair: Pair, s: i32, rises: bool): bool {
  return (pointOf(pair, s) < pair.border) == rises;
}

/** How far y alpha can go. */
@inline
function room(pair: Pair, alpha: usize, s: i32, rises: bool): f64 {
  const value = load<f64>(alpha + (s << 3));
  return grows(pair, s, rises) ? pair.C - value : value;
}

/** Moves y alpha; one that has used all its room stands on the bound exactly. */
@inline
function move(pair: Pair, alpha: usize, s: i32, step: f64, rises: bool): void {
  const value = load<f64>(alpha + (s << 3));
  const isGrowing = grows(pair, s, rises);
  const isAtBound = step >= room(pair, alpha, s, rises);
  const moved = isGrowing ? (isAtBound ? pair.C : value + step) : (isAtBound ? 0 : value - step);
  store<f64>(alpha + (s << 3), moved);
}

/** residual -= the sum over strips of change times strip, 4 strips at a time. */
function subtractStrips(scratch: usize, half: usize, changed: i32, residual: usize, count: i32): void {
  const bytes = ((count + 3) & ~3) << 2;
  for (let k = 0; k < changed; k += 4) {
    const strip = scratch + STRIP + (k << 3) + half;
    const k0 = load<usize>(strip, 0);
    const k1 = load<usize>(strip, 8);
    const k2 = load<usize>(strip, 16);
    const k3 = load<usize>(strip, 24);
    const change = scratch + CHANGE + (k << 3);
    const c0 = v128.load64_splat(change, 0);
    const c1 = v128.load64_splat(change, 8);
    const c2 = v128.load64_splat(change, 16);
    const c3 = v128.load64_splat(change, 24);
    for (let at = 0; at < bytes; at += 8) {
      const to = residual + (at << 1);
      const first = f64x2.add(f64x2.mul(c0, promote(k0 + at)), f64x2.mul(c1, promote(k1 + at)));
      const second = f64x2.add(f64x2.mul(c2, promote(k2 + at)), f64x2.mul(c3, promote(k3 + at)));
      v128.store(to, f64x2.sub(v128.load(to), f64x2.add(first, second)));
    }
  }
}

@inline
function promote(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}
