/**
 * Fields out of data sets: which files a job declares, and how it reads an original and another realisation of the same.
 *
 * @module
 */
import { decodeImage } from "../../../src/data/readers/images/decode_image.ts";
import { luma } from "../../../src/data/readers/images/luma.ts";
import { readNpy } from "../../../src/data/readers/npy/read_npy.ts";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import { crop, halved, standardised, standInField, textureField } from "./fields.ts";

/** The fields that are read. */
export const readFieldNames = ["dust", "gravel", "brick", "phi4"] as const;

/** The name of one. */
export type ReadField = typeof readFieldNames[number];

/** What of a data set is read for one. */
export interface FieldReading extends Reading {
  /** Which field. */
  readonly field: ReadField;
}

/** Its data set and files. */
const places: Readonly<Record<ReadField, { readonly dataset: string; readonly files: readonly string[] }>> = {
  dust: { dataset: "physics", files: ["ism_dust_I_1.npy", "ism_dust_I_2.npy"] },
  gravel: { dataset: "images", files: ["gravel.png"] },
  brick: { dataset: "images", files: ["brick.png"] },
  phi4: { dataset: "physics", files: ["phi4_L128_beta0.68_wcrg_50x128x128_f32.npy"] },
};

/** A field as a job declares it. */
export function fieldSource(field: ReadField): Source<FieldReading> {
  const { dataset, files } = places[field];
  return {
    dataset,
    resolve: ({ source }) => ({
      dataset,
      field,
      standIn: source === "stand-in",
      files: source === "stand-in" ? [] : files,
    }),
  };
}

/** A field and another realisation. */
export interface FieldPair {
  /** `(N, N)`. */
  readonly original: Float64Array;
  /** `(N, N)`: of another time, place or sample. */
  readonly second: Float64Array;
}

/** Which field is read: of how many pixels a side, and for which seed. */
export interface FieldChoice {
  /** Pixels of a side. */
  readonly side: number;
  /** The phi^4 fields of this number, and of half of all further; photographs are the same for every seed. */
  readonly seed: number;
}

/**
 * Reads a field.
 *
 * @throws {DataError} Where a file is not what it should be.
 */
export async function readField(
  reading: FieldReading,
  { side, seed }: FieldChoice,
  context: Pick<ReadContext, "read" | "rng">,
): Promise<FieldPair> {
  if (reading.standIn) {
    const make = (number: number) =>
      standInField(side, context.rng(`maximum_entropy/${reading.field}`, number));
    return { original: make(2 * seed), second: make(2 * seed + 1) };
  }
  const { dataset, files } = reading;
  const [first, other] = await Promise.all(files.map((name) => context.read({ dataset, name })));
  switch (reading.field) {
    case "dust":
      return { original: dustField(first!, files[0]!, side), second: dustField(other!, files[1]!, side) };
    case "phi4":
      return phi4Fields(first!, files[0]!, side, seed);
    default: {
      const { data, width, height } = luma(decodeImage(first!, files[0]!));
      const square = (top: number, left: number) =>
        textureField(crop(data, width, top, left, 2 * side), 2 * side);
      // The lower right quarter, and the upper left one.
      return { original: square(height - 2 * side, width - 2 * side), second: square(0, 0) };
    }
  }
}

/** The logarithm of the intensity, halved until it has the side. */
function dustField(content: Uint8Array, name: string, side: number): Float64Array {
  const { data, shape } = readNpy(content, name);
  let field: Float64Array = Float64Array.from(data as Float32Array, Math.log);
  for (let now = shape[0]!; now > side; now /= 2) field = halved(field, now);
  return standardised(field);
}

function phi4Fields(content: Uint8Array, name: string, side: number, seed: number): FieldPair {
  const { data, shape } = readNpy(content, name);
  const field = (index: number) => {
    const all = Float64Array.from(
      (data as Float32Array).subarray(index * side * side, (index + 1) * side * side),
    );
    return standardised(all);
  };
  const half = shape[0]! / 2;
  return { original: field(seed % half), second: field(seed % half + half) };
}
