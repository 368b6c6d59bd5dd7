/**
 * What the tests of this folder share.
 *
 * @module
 */
import { randomStream } from "../numeric/random/random_stream.ts";

/** A map of independent normal deviates, the same for the same label. */
export function noise(size: number, label: string): Float64Array {
  const stream = randomStream(label, 0);
  return Float64Array.from({ length: size }, () => stream.normal());
}

/** Sum of squares over one or more maps. */
export function sumOfSquares(...maps: readonly Float64Array[]): number {
  return maps.reduce((total, map) => map.reduce((sum, value) => sum + value * value, total), 0);
}

/** ||a - b|| over lists of maps. */
export function distance(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  return Math.sqrt(sumOfSquares(...a.map((map, n) => map.map((value, i) => value - b[n]![i]!))));
}

/** The map moved by (down, right) on the torus. */
export function shifted(
  map: Float64Array,
  height: number,
  width: number,
  down: number,
  right: number,
): Float64Array {
  const moved = new Float64Array(map.length);
  map.forEach((value, i) => {
    moved[((Math.floor(i / width) + down) % height) * width + ((i % width) + right) % width] = value;
  });
  return moved;
}
