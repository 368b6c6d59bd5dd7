import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import { gaussianLike, phasesLike } from "./fields.ts";
import { sideOf } from "./grid.ts";

/**
 * What has the spectrum of a texture: Gaussian fields have it on average, fields with the phases of noise exactly. A texture has
 * its own spectrum exactly too, so that it varies less than the first and as much as the second.
 */
export type FieldKind = "gaussian" | "phases";

/** rho(m) = ||S X1 - E S X2||^2 / E||S X2 - E S X2||^2 over the coefficients of order m, and each without one of the fields. */
export interface Separation {
  /** For m = 1, 2. */
  readonly rho: readonly [number, number];
  /** The same without each of the fields in turn: what the jackknife takes the standard error from. */
  readonly without: readonly (readonly [number, number])[];
}

/**
 * Tells a texture from fields of its spectrum by scattering coefficients averaged over the whole image.
 *
 * @param texture Of shape (side, side), side a power of two, of mean zero.
 * @param kind Of the fields.
 * @param fields How many.
 * @param L The directions.
 * @param stream Where the fields are sampled from.
 */
export async function tellFromFields(
  texture: Float64Array,
  kind: FieldKind,
  fields: number,
  L: number,
  stream: RandomStream,
): Promise<Separation> {
  const side = sideOf(texture);
  const J = Math.log2(side);
  const batch = new Float64Array((fields + 1) * texture.length);
  batch.set(texture);
  for (let field = 1; field <= fields; field++) {
    const other = kind === "gaussian" ? gaussianLike(texture, stream) : phasesLike(texture, stream);
    batch.set(other, field * texture.length);
  }
  using scattering = new Scattering2D({
    J,
    L,
    shape: [side, side],
    maxOrder: 2,
    bank: splineBank,
    boundary: "periodic",
    threads: 1,
  });
  const coefficients = await scattering.transform(batch, [fields + 1]);
  const paths = scattering.paths();
  const row = (image: number, order: number) =>
    paths.flatMap((path, p) => path.order === order ? [coefficients[image * paths.length + p]!] : []);
  const all = Array.from({ length: fields }, (_, field) => field);
  const ofOrder = (order: number) => {
    const observed = row(0, order);
    const rows = all.map((field) => row(field + 1, order));
    return {
      whole: separation(observed, rows),
      without: all.map((left) => separation(observed, rows.filter((_, field) => field !== left))),
    };
  };
  const first = ofOrder(1);
  const second = ofOrder(2);
  return {
    rho: [first.whole, second.whole],
    without: all.map((field) => [first.without[field]!, second.without[field]!] as const),
  };
}

/** The squared distance of a vector from the mean of others, over the mean squared distance of those, without bias. */
function separation(observed: readonly number[], others: readonly (readonly number[])[]): number {
  const count = others.length;
  const centre = observed.map((_, p) => others.reduce((sum, row) => sum + row[p]!, 0) / count);
  const squared = (row: readonly number[]) =>
    row.reduce((sum, value, p) => sum + (value - centre[p]!) ** 2, 0);
  const variance = others.reduce((sum, row) => sum + squared(row), 0) / (count - 1);
  return squared(observed) / variance;
}
