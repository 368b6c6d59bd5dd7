import { type RandomStream, randomStream } from "../../numeric/random/random_stream.ts";
import type { LabelledImages } from "../readers/labelled_images.ts";
import { digitStrokes, type Point, type Stroke } from "./digit_strokes.ts";

/** Rows and columns of an image, as in MNIST. */
const side = 28;

/** Pixels that the longer side of a digit spans at most, as in MNIST. */
const span = 20;

/** Straight pieces between two points of a stroke. */
const pieces = 6;

/**
 * Synthesises digits: strokes through points that are shaken a little, bent by a smooth random field, sheared, turned and
 * scaled, written with a pen of random width and a soft edge, and centred by their mass. Each ten in a row hold every
 * digit once, and the first n images do not depend on how many there are.
 *
 * `Math.sin` and `Math.cos` of the engine shape the field and the turn.
 *
 * @param count How many, >= 0.
 * @param seed Seed of the stream `stand-in/digits`.
 * @returns `(count, 1, 28, 28)`, white on black, and labels.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { images, labels } = synthesiseDigits(10, 1);
 * assertEquals(images.length, 10 * 28 * 28);
 * assertEquals([...labels].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 */
export function synthesiseDigits(count: number, seed: number): LabelledImages {
  const stream = randomStream("stand-in/digits", seed);
  const images = new Uint8Array(count * side * side);
  const labels = new Uint8Array(count);
  let order: Uint32Array = new Uint32Array();
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) order = stream.permutation(10);
    labels[i] = order[i % 10]!;
    writeDigit(labels[i]!, stream, images.subarray(i * side * side, (i + 1) * side * side));
  }
  return { count, channels: 1, height: side, width: side, images, labels };
}

/** Writes one digit into `(28, 28)` zeros. */
function writeDigit(digit: number, stream: RandomStream, image: Uint8Array): void {
  const ways = digitStrokes[digit]!;
  const strokes = ways[stream.integer(ways.length)]!;
  const shaken = strokes.map((stroke) => stroke.map((point) => shake(point, 0.035, stream)));
  const deform = elasticAffine(stream);
  const curves = fitToImage(shaken.map((stroke) => smoothCurve(stroke).map(deform)), stream);
  const lines = curves.flatMap(segments);
  const halfWidth = 0.9 + 0.7 * stream.uniform();
  const blur = 1 + 0.6 * stream.uniform();
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const ink = Math.min(1, Math.max(0, (halfWidth - distanceTo(lines, x + 0.5, y + 0.5)) / blur + 0.5));
      image[y * side + x] = Math.round(255 * ink * ink * (3 - 2 * ink));
    }
  }
}

function shake([x, y]: Point, amount: number, stream: RandomStream): Point {
  return [x + amount * stream.normal(), y + amount * stream.normal()];
}

/** A random map of the plane: a smooth displacement field of two waves, then shear, scale and turn. */
function elasticAffine(stream: RandomStream): (point: Point) => Point {
  const waves = Array.from({ length: 2 }, () => ({
    frequency: [2 + 3 * stream.uniform(), 2 + 3 * stream.uniform()] as const,
    phase: 2 * Math.PI * stream.uniform(),
    shift: [0.06 * stream.normal(), 0.06 * stream.normal()] as const,
  }));
  const shear = 0.25 * stream.normal();
  const narrow = 0.7 + 0.35 * stream.uniform();
  const angle = 0.15 * stream.normal();
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return ([x, y]) => {
    let bentX = x - 0.5;
    let bentY = y - 0.5;
    for (const { frequency, phase, shift } of waves) {
      const wave = Math.sin(frequency[0] * x + frequency[1] * y + phase);
      bentX += shift[0] * wave;
      bentY += shift[1] * wave;
    }
    const leaning = narrow * (bentX - shear * bentY);
    return [cos * leaning - sin * bentY, sin * leaning + cos * bentY];
  };
}

/** Points on a smooth curve through those of a stroke (Catmull-Rom), its ends repeated. */
function smoothCurve(stroke: Stroke): Stroke {
  const at = (i: number) => stroke[Math.min(stroke.length - 1, Math.max(0, i))]!;
  const curve: Point[] = [at(0)];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 1; k <= pieces; k++) {
      const t = k / pieces;
      const along = (axis: 0 | 1) =>
        from[axis] + t / 2 * (to[axis] - before[axis] +
            t * (2 * before[axis] - 5 * from[axis] + 4 * to[axis] - after[axis] +
                t * (3 * (from[axis] - to[axis]) + after[axis] - before[axis])));
      curve.push([along(0), along(1)]);
    }
  }
  return curve;
}

/** Scales curves to about `span` pixels and moves the centre of their mass, the length, to the middle of the image. */
function fitToImage(curves: readonly Stroke[], stream: RandomStream): readonly Stroke[] {
  const points = curves.flat();
  const extent = (axis: 0 | 1) =>
    Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis]));
  const scale = (span - 2) * (0.9 + 0.1 * stream.uniform()) / Math.max(extent(0), extent(1));
  let [mass, massX, massY] = [0, 0, 0];
  for (const [[fromX, fromY], [toX, toY]] of curves.flatMap(segments)) {
    const length = Math.sqrt((toX - fromX) ** 2 + (toY - fromY) ** 2);
    mass += length;
    massX += length * (fromX + toX) / 2;
    massY += length * (fromY + toY) / 2;
  }
  return curves.map((curve) =>
    curve.map(([x, y]) => [side / 2 + scale * (x - massX / mass), side / 2 + scale * (y - massY / mass)])
  );
}

/** The straight pieces of a curve. */
function segments(curve: Stroke): readonly (readonly [from: Point, to: Point])[] {
  return curve.slice(1).map((to, i) => [curve[i]!, to]);
}

/** The distance of a point to the nearest of some straight pieces. */
function distanceTo(lines: readonly (readonly [from: Point, to: Point])[], x: number, y: number): number {
  let nearest = Infinity;
  for (const [[fromX, fromY], [toX, toY]] of lines) {
    const dx = toX - fromX;
    const dy = toY - fromY;
    const squaredLength = dx * dx + dy * dy;
    const along = squaredLength === 0 ? 0 : ((x - fromX) * dx + (y - fromY) * dy) / squaredLength;
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, (x - fromX - t * dx) ** 2 + (y - fromY - t * dy) ** 2);
  }
  return Math.sqrt(nearest);
}
