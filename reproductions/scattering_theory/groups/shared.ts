/**
 * What the groups of cells share: pictures with names, and values over images.
 *
 * @module
 */
import { mean } from "../../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../../src/numeric/statistics/standard_error.ts";
import type { Source } from "../../../src/data/sources/source.ts";
import { jobMaker, type Measurement } from "../../../src/suite/reproduction.ts";
import type { PictureReading } from "../method/pictures.ts";
import type { tasks } from "../run.ts";

/** Makes the jobs of this reproduction. */
export const job = jobMaker<typeof tasks>();

/** Pictures with the name of the jobs that read them. */
export interface NamedPictures {
  readonly name: string;
  readonly pictures: Source<PictureReading>;
}

/** The pictures of a profile, by kind. */
export interface Pictures {
  readonly photographs: readonly NamedPictures[];
  readonly textures: readonly NamedPictures[];
  readonly digits: readonly NamedPictures[];
}

/** The mean over images, with its standard error. */
export function overImages(values: readonly number[]): Measurement {
  const standardError = standardErrorOfMean(values);
  return {
    values: [mean(values)],
    ...standardError === null ? {} : { standardError, unitOfError: "image" },
  };
}

/** A largest or smallest value: one value without a standard error. */
export function extreme(value: number): Measurement {
  return { values: [value] };
}

/** The largest of some values. */
export function largest(values: readonly number[]): Measurement {
  return extreme(Math.max(...values));
}
