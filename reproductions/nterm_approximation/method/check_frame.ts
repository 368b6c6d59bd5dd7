import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import type { CurveletFrame, Wedge } from "./curvelet_frame.ts";

/** How far a frame is from a tight one with the constant 1. */
export interface Tightness {
  /** The largest | ||T f||^2 - ||f||^2 | / ||f||^2. */
  readonly energy: number;
  /** The largest ||T* T f - f||^2 / ||f||^2. */
  readonly reconstruction: number;
}

/**
 * Measures it on images that would show a fault: a cartoon, noise, a delta, and waves at the ends of the axes of the frequency plane, where a
 * frequency is its own opposite and a half turn of wedges can lose it or take it twice.
 *
 * @param frame The curvelets.
 * @param cartoon `(side, side)`.
 * @param stream Noise is sampled from it.
 */
export function checkFrame(frame: CurveletFrame, cartoon: Float64Array, stream: RandomStream): Tightness {
  const { side } = frame;
  const image = (value: (row: number, column: number) => number) =>
    Float64Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side));
  const sign = (n: number) => n % 2 === 0 ? 1 : -1;
  const images = [
    cartoon,
    image(() => stream.normal()),
    image((row, column) => row === 3 && column === 5 ? 1 : 0),
    image(() => 1),
    image((row, column) => sign(row + column)),
    image((row) => sign(row)),
    image((_, column) => sign(column)),
    image((row, column) => sign(row) * Math.cos(2 * Math.PI * 5 * column / side + 1)),
    image((row, column) => Math.cos(2 * Math.PI * 7 * row / side + 2) * sign(column)),
    image((row, column) => Math.cos(2 * Math.PI * (side / 2 - 1) * (row - column) / side + 0.5)),
  ];
  let energy = 0;
  let reconstruction = 0;
  for (const f of images) {
    const squaredNorm = f.reduce((sum, value) => sum + value * value, 0);
    const coefficients = new Map<Wedge, Float64Array>();
    let transformed = 0;
    frame.analyse(f, (wedge, its) => {
      coefficients.set(wedge, its);
      transformed += its.reduce((sum, value) => sum + value * value, 0);
    });
    const again = frame.synthesise((wedge) => coefficients.get(wedge)!);
    const difference = again.reduce((sum, value, i) => sum + (value - f[i]!) ** 2, 0);
    energy = Math.max(energy, Math.abs(transformed / squaredNorm - 1));
    reconstruction = Math.max(reconstruction, difference / squaredNorm);
  }
  return { energy, reconstruction };
}
