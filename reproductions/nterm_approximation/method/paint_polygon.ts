/** A closed polygon: x and y of its corners, in units of the image's side. */
export interface Polygon {
  /** Rightwards, in [0, 1]. */
  readonly x: Float64Array;
  /** Downwards, in [0, 1]. */
  readonly y: Float64Array;
}

/**
 * The indicator of a polygon that does not cross itself, averaged over each pixel exactly: every edge adds, row by row, the area to its right
 * as differences along the row, and the sum of the differences is the share of a pixel that lies inside.
 *
 * @param polygon Inside the image.
 * @param side Pixels of a side.
 * @returns `(side, side)`, values in [0, 1] but for rounding.
 */
export function paintPolygon({ x, y }: Polygon, side: number): Float64Array {
  // One column more than the image has: an edge in the last pixel adds to the next one.
  const width = side + 1;
  const differences = new Float64Array(side * width);
  for (let from = 0; from < x.length; from++) {
    const to = from + 1 === x.length ? 0 : from + 1;
    addEdge(differences, side, x[from]! * side, y[from]! * side, x[to]! * side, y[to]! * side);
  }
  const image = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    let sum = 0;
    for (let column = 0; column < side; column++) {
      sum += differences[row * width + column]!;
      image[row * side + column] = Math.abs(sum);
    }
  }
  return image;
}

function addEdge(
  differences: Float64Array,
  side: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  if (y0 === y1) return;
  const direction = y0 < y1 ? 1 : -1;
  const top = Math.min(y0, y1);
  const bottom = Math.max(y0, y1);
  const slope = (x1 - x0) / (y1 - y0);
  const xAt = (y: number) => x0 + (y - y0) * slope;
  for (let row = Math.floor(top); row < bottom; row++) {
    const from = Math.max(row, top);
    const to = Math.min(row + 1, bottom);
    const a = xAt(from);
    const b = xAt(to);
    addPiece(differences, row * (side + 1), Math.min(a, b), Math.max(a, b), direction * (to - from));
  }
}

/** A piece of an edge within a row, from `left` to `right`, of signed height `height`. */
function addPiece(differences: Float64Array, row: number, left: number, right: number, height: number): void {
  const first = Math.floor(left);
  let covered = 0;
  for (let column = first;; column++) {
    // What of this pixel lies to the right of the piece, which covers all of the pixels beyond its end.
    const share = shareToTheRight(left, right, column);
    differences[row + column]! += height * (share - covered);
    covered = share;
    if (column >= right) break;
  }
}

/** The share of a pixel of height 1 that lies to the right of a straight line, which crosses the height from `left` to `right`. */
function shareToTheRight(left: number, right: number, column: number): number {
  return cumulated(left, right, column + 1) - cumulated(left, right, column);
}

/** The area between the line and x to its right: the integral up to x of the share of heights where the line lies to the left. */
function cumulated(left: number, right: number, x: number): number {
  if (x <= left) return 0;
  if (x >= right) return x - (left + right) / 2;
  return (x - left) ** 2 / (2 * (right - left));
}
