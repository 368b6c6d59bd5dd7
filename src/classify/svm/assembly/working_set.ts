// The choice of the points that are changed next: those that violate the optimality conditions most, and some of
// the last choice.

import { LARGEST_WORKING_SET } from "../kernel_constants";
import { canFall, canRise, Pair } from "./pair";
import { scratchOf } from "./scratch";

/** Most points of a working set, and most that are new in one. */
export const LARGEST_SET: i32 = LARGEST_WORKING_SET;
const LARGEST_NEW: i32 = 32;

/** A list of the best points so far, best first: a float64 and an i32 each. */
const ENTRY: i32 = 16;
const LIST_BYTES: usize = 1024;

/** Item: chooses the working set of a problem; its size is 0 where the problem is solved. */
export function selectWorkingSet(item: i32, thread: i32, args: usize, base: usize): void {
  const pair = changetype<Pair>(load<usize>(load<usize>(args) + (item << 2)));
  const rising = scratchOf(base, thread);
  const falling = rising + LIST_BYTES;
  const chosen = falling + LIST_BYTES;
  const wanted = pair.size == 0 ? LARGEST_SET : LARGEST_NEW;
  const half = wanted >> 1;
  let risers = 0;
  let fallers = 0;
  const points = pair.border + pair.negatives;
  for (let t = 0; t < points; t++) {
    if (t == pair.positives) t = pair.border;
    const positive = t < pair.border;
    const alpha = load<f64>(pair.alpha + (t << 3));
    const residual = load<f64>(pair.residual + (t << 3));
    if (canRise(positive, alpha, pair.C)) risers = offer(rising, risers, half, residual, t);
    if (canFall(positive, alpha, pair.C)) fallers = offer(falling, fallers, half, -residual, t);
  }
  pair.up = risers == 0 ? -Infinity : load<f64>(rising);
  pair.low = fallers == 0 ? Infinity : -load<f64>(falling);
  if (pair.up - pair.low <= pair.tolerance) {
    pair.size = 0;
    return;
  }
  let size = 0;
  for (let i = 0; i < half; i++) {
    if (i < risers && load<f64>(rising + i * ENTRY) > pair.low) {
      size = choose(pair, chosen, size, load<i32>(rising + i * ENTRY, 8));
    }
    if (i < fallers && -load<f64>(falling + i * ENTRY) < pair.up) {
      size = choose(pair, chosen, size, load<i32>(falling + i * ENTRY, 8));
    }
  }
  for (let i = 0; i < pair.size && size < LARGEST_SET; i++) {
    size = choose(pair, chosen, size, load<i32>(pair.workingSet + (i << 2)));
  }
  for (let i = 0; i < size; i++) {
    const t = load<i32>(chosen + (i << 2));
    store<u8>(pair.marks + t, 0);
    store<i32>(pair.workingSet + (i << 2), t);
  }
  pair.size = size;
}

/** Puts a point in its place of a sorted list of at most `most`, and returns the length of the list. */
function offer(list: usize, count: i32, most: i32, value: f64, point: i32): i32 {
  if (count == most) {
    if (value <= load<f64>(list + (most - 1) * ENTRY)) return count;
    count--;
  }
  let at = list + count * ENTRY;
  for (; at > list && load<f64>(at - ENTRY) < value; at -= ENTRY) {
    v128.store(at, v128.load(at - ENTRY));
  }
  store<f64>(at, value);
  store<i32>(at, point, 8);
  return count + 1;
}

/** Adds a point that is not yet chosen, and returns how many are. */
function choose(pair: Pair, chosen: usize, size: i32, point: i32): i32 {
  if (load<u8>(pair.marks + point) != 0) return size;
  store<u8>(pair.marks + point, 1);
  store<i32>(chosen + (size << 2), point);
  return size + 1;
}
