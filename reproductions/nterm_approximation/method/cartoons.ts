/**
 * The cartoons: indicators of sets with an edge of known smoothness, and controls.
 *
 * @module
 */
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { paintPolygon, type Polygon } from "./paint_polygon.ts";

/** Curves that are twice continuously differentiable: analytic ones, and one whose third derivative jumps. */
export const smoothEdges = ["trefoil", "ellipse", "third-derivative"] as const;

/** The name of a curve. */
export type SmoothEdge = typeof smoothEdges[number];

/** All cartoons: the curves, and the controls: an edge of dimension log 4 / log 3, and bumps without an edge. */
export const cartoons = [...smoothEdges, "koch", "smooth"] as const;

/** The name of a cartoon. */
export type CartoonName = typeof cartoons[number];

/** The dimension of the Koch curve. */
export const kochDimension = Math.log(4) / Math.log(3);

/** Where a cartoon lies. */
export interface Placement {
  /** How far it is turned, in radians. */
  readonly angle: number;
  /** Its centre, in units of the side. */
  readonly x: number;
  /** Downwards. */
  readonly y: number;
}

/** A placement at random: any angle, a centre within a 20th of the side of the middle. */
export function samplePlacement(stream: RandomStream): Placement {
  const angle = 2 * Math.PI * stream.uniform();
  const x = 0.45 + 0.1 * stream.uniform();
  const y = 0.45 + 0.1 * stream.uniform();
  return { angle, x, y };
}

/**
 * Paints a cartoon, each pixel the mean over its square (of `smooth`, its value at the centre).
 *
 * @param name Which.
 * @param side Pixels of a side.
 * @param placement Where.
 * @returns `(side, side)`.
 */
export function paintCartoon(name: CartoonName, side: number, placement: Placement): Float64Array {
  if (name === "smooth") return paintBumps(side, placement);
  return paintPolygon(name === "koch" ? koch(side, placement) : curve(name, side, placement), side);
}

/** The points of a curve around its centre, at a parameter t in [0, 2 pi). */
const points: Readonly<Record<SmoothEdge, (t: number) => readonly [x: number, y: number]>> = {
  "trefoil": (t) => atRadius(0.28 * (1 + 0.12 * Math.cos(3 * t) + 0.05 * Math.cos(2 * t)), t),
  "ellipse": (t) => [0.36 * Math.cos(t), 0.2 * Math.sin(t)],
  // |s|^3 has two continuous derivatives at s = 0, and a third one that jumps there.
  "third-derivative": (t) => {
    const s = Math.abs(Math.sin(1.5 * t));
    return atRadius(0.26 * (1 + 0.25 * s * s * s), t);
  },
};

function atRadius(radius: number, t: number): readonly [x: number, y: number] {
  return [radius * Math.cos(t), radius * Math.sin(t)];
}

/** Corners on a curve for each pixel of the side: an edge of the polygon then leaves the curve by some 1e-3 / side^2 of the side. */
const cornersPerPixel = 24;

function curve(name: SmoothEdge, side: number, placement: Placement): Polygon {
  const corners = cornersPerPixel * side;
  const place = placer(placement);
  return polygon(Array.from({ length: corners }, (_, i) => {
    const [x, y] = points[name](2 * Math.PI * i / corners);
    return place(x, y);
  }));
}

/** The side of the triangle that the Koch curve begins with. */
const kochSide = 0.55;

/** The Koch snowflake, its edges divided until they are shorter than half a pixel. */
function koch(side: number, placement: Placement): Polygon {
  const radius = kochSide / Math.sqrt(3);
  let corners = [0, 1, 2].map((i) => atRadius(radius, -2 * Math.PI * i / 3));
  for (let length = kochSide; length * side > 0.5; length /= 3) {
    corners = corners.flatMap(([x, y], i) => {
      const [toX, toY] = corners[(i + 1) % corners.length]!;
      const dx = (toX - x) / 3;
      const dy = (toY - y) / 3;
      const half = Math.sqrt(3) / 2;
      return [
        [x, y],
        [x + dx, y + dy],
        [x + 1.5 * dx - half * dy, y + 1.5 * dy + half * dx],
        [x + 2 * dx, y + 2 * dy],
      ] as const;
    });
  }
  const place = placer(placement);
  return polygon(corners.map(([x, y]) => place(x, y)));
}

function placer({ angle, x, y }: Placement): (x: number, y: number) => readonly [x: number, y: number] {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return (u, v) => [x + cosine * u - sine * v, y + sine * u + cosine * v];
}

function polygon(corners: readonly (readonly [x: number, y: number])[]): Polygon {
  return { x: Float64Array.from(corners, ([x]) => x), y: Float64Array.from(corners, ([, y]) => y) };
}

/** Two periodic analytic bumps: without an edge. */
function paintBumps(side: number, placement: Placement): Float64Array {
  const place = placer(placement);
  const [x, y] = place(0.2, 0);
  const bump = (u: number, v: number, centreX: number, centreY: number, sharpness: number) =>
    Math.exp(
      sharpness * (Math.cos(2 * Math.PI * (u - centreX)) + Math.cos(2 * Math.PI * (v - centreY)) - 2),
    );
  return Float64Array.from({ length: side * side }, (_, i) => {
    const u = (i % side + 0.5) / side;
    const v = (Math.floor(i / side) + 0.5) / side;
    return bump(u, v, placement.x, placement.y, 4) - bump(u, v, x, y, 12);
  });
}
