import type { PathDescription } from "./scattering_2d.ts";

/** A sector of a ring. Radii in [0, 1], angles in radians from the x axis, counter-clockwise; value in [0, 1]. */
export interface PolarSector {
  /** The inner radius. */
  readonly inner: number;
  /** The outer radius. */
  readonly outer: number;
  /** Where it begins. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** The coefficient, as a share of the largest of its order. */
  readonly value: number;
}

/** A part of the plane of frequencies that a wavelet, or several, see. */
type Region = Omit<PolarSector, "value">;

/** A path with what is shown of it. */
interface Shown {
  readonly path: PathDescription;
  /** The squared norm of its response to a Dirac. */
  readonly area: number;
  /** The index of its coefficients. */
  readonly index: number;
}

/**
 * The scattering coefficients of an image as discs, one for each sample of the output, as in figure 7 of Bruna and
 * Mallat (2013). A disc is the plane of frequencies: the first wavelet of a path is a ring, the finest scale
 * outermost, and in it the direction of its frequency as the image shows it (x to the right, y upwards), with the
 * opposite direction, which gives the same modulus. The second wavelet divides that sector: its scale the radius, its
 * direction the angle, the middle being the direction of the first (section 2.3 and figure 3). Rings have areas in
 * proportion to the squared norms of the responses to a Dirac, and so have the parts of a sector; the sectors of a
 * ring are equally wide, so that their angles stay those of the wavelets.
 *
 * Each coefficient is multiplied by `2^(j_m / 2)`, j_m the last scale of its path, as the authors' program does for its
 * figure (ScatNet, `l2_renorm`), and divided by the largest of its order.
 *
 * @param coefficients The coefficients of one image, (paths, rows, columns), as `Scattering2D` gives them.
 * @param dirac Those of an image that is 1 at one pixel near the middle and 0 elsewhere.
 * @param paths What `Scattering2D.paths` says of them.
 * @param order Which order is shown.
 * @returns The sectors of rows x columns discs, row by row.
 * @throws {RangeError} Where the lengths do not match, or there is no path of that order.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const wavelet = (angle: number) => ({ order: 1, j: [0], theta: [0], angle: [angle], frequency: [2] });
 * const [disc] = polarDiscs([3, 1], [1, 1], [wavelet(0), wavelet(Math.PI / 2)], 1);
 * assertEquals(disc!.map(({ inner, outer, value }) => [inner, outer, value]), [
 *   [0, 1, 1],
 *   [0, 1, 1],
 *   [0, 1, 1 / 3],
 *   [0, 1, 1 / 3],
 * ]);
 * ```
 */
export function polarDiscs(
  coefficients: ArrayLike<number>,
  dirac: ArrayLike<number>,
  paths: readonly PathDescription[],
  order: 1 | 2,
): PolarSector[][] {
  const samples = coefficients.length / paths.length;
  if (!Number.isInteger(samples) || samples === 0 || dirac.length !== coefficients.length) {
    throw new RangeError(
      `Cannot show ${coefficients.length} coefficients and ${dirac.length} of a Dirac: both must be ` +
        `(${paths.length}, rows, columns)`,
    );
  }
  const shown = paths.flatMap((path, index): Shown[] => {
    if (path.order !== order) return [];
    let area = 0;
    for (let u = 0; u < samples; u++) area += dirac[index * samples + u]! ** 2;
    return [{ path, area, index }];
  });
  if (shown.length === 0) throw new RangeError(`Cannot show order ${order}: the transform has no path of it`);
  const regions = layOut(shown);
  const heights = regions.map(({ path, index }) => {
    const weight = Math.sqrt(2 ** path.j.at(-1)!);
    return Array.from({ length: samples }, (_, u) => weight * coefficients[index * samples + u]!);
  });
  const largest = heights.flat().reduce((most, value) => Math.max(most, value), 0);
  return Array.from({ length: samples }, (_, u) =>
    regions.map(({ region }, i) => ({
      ...region,
      // The modulus of an image of zeros is zero; rounding may leave the least bit below.
      value: largest === 0 ? 0 : Math.max(0, heights[i]![u]! / largest),
    })));
}

/** Where each path lies: in two opposite places. */
function layOut(shown: readonly Shown[]): { path: PathDescription; index: number; region: Region }[] {
  const whole = { inner: 0, outer: 1, from: 0, to: 2 * Math.PI };
  return rings(shown, 0, whole).flatMap(({ members, region: ring }) => {
    const directions = Map.groupBy(members, ({ path }) => path.angle[0]!);
    const half = Math.PI / directions.size / 2;
    return [...directions].flatMap(([angle, members]) =>
      // Half a turn lies between a wavelet's frequency and its opposite. The image shows rows downwards.
      [angle - Math.PI / 2, angle + Math.PI / 2].flatMap((middle) => {
        const sector = { ...ring, from: middle - half, to: middle + half };
        return members[0]!.path.order === 1
          ? members.map((member) => ({ ...member, region: sector }))
          : divide(members, sector);
      })
    );
  });
}

/** The parts of a first wavelet's sector. */
function divide(members: readonly Shown[], sector: Region): (Shown & { region: Region })[] {
  return rings(members, 1, sector).flatMap(({ members, region: { inner, outer } }) => {
    const total = sum(members);
    let from = sector.from;
    return members.toSorted((a, b) => turn(a.path) - turn(b.path)).map((member, i) => {
      const to = i === members.length - 1
        ? sector.to
        : from + (sector.to - sector.from) * member.area / total;
      const region = { inner, outer, from, to };
      from = to;
      return { ...member, region };
    });
  });
}

/** Divides the radius by the scale of one wavelet of the paths, the coarsest innermost, by area. */
function rings(
  shown: readonly Shown[],
  position: 0 | 1,
  { inner, outer, from, to }: Region,
): { members: Shown[]; region: Region }[] {
  const total = sum(shown);
  const scales = [...Map.groupBy(shown, ({ path }) => path.j[position]!)].sort(([a], [b]) => b - a);
  let below = 0;
  let start = inner;
  return scales.map(([, members], i) => {
    below += sum(members);
    const end = i === scales.length - 1
      ? outer
      : Math.sqrt(inner ** 2 + (outer ** 2 - inner ** 2) * below / total);
    const region = { inner: start, outer: end, from, to };
    start = end;
    return { members, region };
  });
}

/** How far the second direction is turned from the first, in [-pi / 2, pi / 2). */
function turn({ angle }: PathDescription): number {
  const halfTurns = (angle[1]! - angle[0]!) / Math.PI;
  // Directions are multiples of pi / L: rounding must not throw a right angle from one end to the other.
  return (halfTurns - Math.floor(halfTurns + 0.5 + 1e-9)) * Math.PI;
}

function sum(shown: readonly Shown[]): number {
  return shown.reduce((total, { area }) => total + area, 0);
}
