import { pixels, side } from "./coefficients.ts";

/** What is done to a digit before it is classified. */
export type Transformation =
  | { readonly kind: "shift"; readonly by: number }
  | { readonly kind: "rotation"; readonly by: number }
  | { readonly kind: "dilation"; readonly by: number };

/** Every transformation that is tried, in the order in which it is shown. */
export const transformations: readonly Transformation[] = [
  { kind: "shift", by: 1 },
  { kind: "shift", by: 2 },
  { kind: "shift", by: 3 },
  { kind: "rotation", by: 10 },
  { kind: "rotation", by: 20 },
  { kind: "rotation", by: 30 },
  { kind: "dilation", by: 0.8 },
  { kind: "dilation", by: 1.25 },
];

/** Its name in cells. */
export function nameOf({ kind, by }: Transformation): string {
  return `${kind}=${by}`;
}

/** Right, down, left, up. */
const directions = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

/**
 * Images under a transformation: shifted by so many pixels, right, down, left and up in turn; turned by so many degrees, to either side in
 * turn; or made larger by a factor. Turned and enlarged about the middle, by bilinear interpolation; 0 comes in from outside.
 *
 * @param images `(n, 32, 32)`.
 * @param transformation What is done.
 * @returns `(n, 32, 32)`.
 */
export function transformImages(images: Float32Array, transformation: Transformation): Float32Array {
  const result = new Float32Array(images.length);
  for (let image = 0; image * pixels < images.length; image++) {
    const from = sourceOf(transformation, image);
    const at = image * pixels;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        result[at + y * side + x] = interpolate(images, at, from(x - middle, y - middle));
      }
    }
  }
  return result;
}

const middle = (side - 1) / 2;

type Point = readonly [x: number, y: number];

/** Where a pixel of the result comes from, about the middle. */
function sourceOf({ kind, by }: Transformation, image: number): (x: number, y: number) => Point {
  if (kind === "shift") {
    const [right, down] = directions[image % 4]!;
    return (x, y) => [x - by * right, y - by * down];
  }
  if (kind === "dilation") return (x, y) => [x / by, y / by];
  const angle = (image % 2 === 0 ? by : -by) * Math.PI / 180;
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return (x, y) => [c * x + s * y, c * y - s * x];
}

function interpolate(images: Float32Array, at: number, [fromX, fromY]: Point): number {
  const x = fromX + middle;
  const y = fromY + middle;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const bottom = y - top;
  const pixel = (column: number, row: number) =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : images[at + row * side + column]!;
  return (1 - bottom) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top)) +
    bottom * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1));
}
