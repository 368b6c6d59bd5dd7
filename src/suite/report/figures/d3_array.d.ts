/** The part of d3-array 3.2.5 that this project uses; the package ships no types. */

/** About `count` round values from `start` to `stop`. */
export function ticks(start: number, stop: number, count: number): number[];
/** The interval widened to round values. */
export function nice(start: number, stop: number, count: number): [number, number];
