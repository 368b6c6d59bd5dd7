// The dual problem of two classes. Its points are numbered from 0: first those of the class with y = +1, filled up
// to a whole number of panels, then those with y = -1.

/** A problem. */
@unmanaged
export class Pair {
  /** Upper bound of alpha. */
  C: f64;
  /** The gap at which the problem is solved. */
  tolerance: f64;
  /** Out: the largest residual that may rise and the least one that may fall; their difference is the gap. */
  up: f64;
  low: f64;
  /** Out: steps so far. */
  steps: f64;
  positives: i32;
  /** Number of the first point with y = -1. */
  border: i32;
  negatives: i32;
  /** Of each point: alpha, and the residual y - sum y' alpha' K (float64); 1 byte that is 0 between jobs. */
  alpha: usize;
  residual: usize;
  marks: usize;
  /** Numbers of the points of the working set, and how many. */
  workingSet: usize;
  size: i32;
  /** Of each of them: addresses of its two strips. */
  strips: usize;
}

/** Whether y alpha of a point can rise: I_up of Fan, Chen and Lin. */
@inline
export function canRise(positive: bool, alpha: f64, C: f64): bool {
  return positive ? alpha < C : alpha > 0;
}

/** Whether it can fall: I_low. */
@inline
export function canFall(positive: bool, alpha: f64, C: f64): bool {
  return positive ? alpha > 0 : alpha < C;
}
