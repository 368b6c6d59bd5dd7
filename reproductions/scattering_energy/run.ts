/**
 * The work of scattering_energy: the energies of the photographs of one class.
 *
 * @module
 */
import { resize } from "../../src/data/readers/images/resize.ts";
import { type PhotographReading, readPhotographs } from "../../src/data/sources/photographs.ts";
import type { NestedBank } from "../../src/scattering/banks/wavelet_bank.ts";
import { ScatteringEnergies } from "../../src/scattering/energy/scattering_energies.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { frames, L, side, type TableName } from "./method/frames.ts";

/** How far the cascade of a class goes. */
export type EnergyParameters = {
  /** The largest order, 3 or 4: m = 4 costs as much as all the others together. */
  readonly maxOrder: number;
  /** The largest scale. */
  readonly maxJ: number;
};

/** Per cent of the energy of one image, by J - 1 and m. */
export type ImageEnergies = readonly (readonly number[])[];

/** The energies of the images of a class, for each table. */
export type ClassEnergies = Readonly<Record<TableName, readonly ImageEnergies[]>>;

/** Measures the energies of the photographs of one class in the frames of all tables. */
async function measureClass(
  { parameters, reads }: TaskInput<EnergyParameters, { readonly photographs: PhotographReading }>,
  context: RunContext,
): Promise<ClassEnergies> {
  const { maxOrder, maxJ } = parameters;
  const images: Float64Array[] = [];
  for await (const photograph of readPhotographs(reads.photographs, context)) {
    images.push(withoutMean(resize(photograph, side, side).data));
  }
  const batch = Float64Array.from(images.flatMap((image) => [...image]));
  const measure = async (bank: NestedBank): Promise<ImageEnergies[]> => {
    const energies = await engineFor(bank, maxJ).measure(batch, maxOrder);
    const row = (image: number, j: number) => {
      const from = (image * maxJ + j) * (maxOrder + 1);
      return [...energies.subarray(from, from + maxOrder + 1)];
    };
    return images.map((_, image) => Array.from({ length: maxJ }, (_, j) => row(image, j)));
  };
  return {
    "table1": await measure(frames["table1"]),
    "table1-q0.25": await measure(frames["table1-q0.25"]),
  };
}

/** "Each image is normalised to zero mean" (caption); the engine divides by the norm. */
function withoutMean(pixels: Float64Array): Float64Array {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return pixels.map((value) => value - mean);
}

/** The engines of this worker, by frame and J: they take longer to build than an image to measure. */
const engines = new Map<string, ScatteringEnergies>();

function engineFor(bank: NestedBank, J: number): ScatteringEnergies {
  const key = `${bank.name} ${J}`;
  // One thread: the jobs of other classes keep the other cores busy.
  const engine = engines.get(key) ??
    new ScatteringEnergies({ height: side, width: side, J, L, maxOrder: 4, bank, threads: 1 });
  engines.set(key, engine);
  return engine;
}

/** The tasks of scattering_energy. */
export const tasks = { measureClass } satisfies Tasks;
