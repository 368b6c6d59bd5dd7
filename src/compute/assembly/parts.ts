// Two vectors side by side, and vectors of which some floats may be missing at the end of a row.

/**
 * Writes two vectors, the upper one first: so V8's pass from 128 to 256 bits makes one store of them. It wants what they
 * are made of to be loaded before, with nothing stored between.
 */
@inline
export function storePair(at: usize, first: v128, second: v128): void {
  v128.store(at, second, 16);
  v128.store(at, first);
}

/** Four floats, or as many as are left, with zeros for the others. */
@inline
export function loadPart(at: usize, left: i32): v128 {
  if (left >= 4) return v128.load(at);
  let part = v128.load32_zero(at);
  if (left > 1) part = v128.load32_lane(at + 4, part, 1);
  if (left > 2) part = v128.load32_lane(at + 8, part, 2);
  return part;
}

/** Writes four floats, or as many as are left. */
@inline
export function storePart(at: usize, left: i32, part: v128): void {
  if (left >= 4) return v128.store(at, part);
  v128.store32_lane(at, part, 0);
  if (left > 1) v128.store32_lane(at + 4, part, 1);
  if (left > 2) v128.store32_lane(at + 8, part, 2);
}
