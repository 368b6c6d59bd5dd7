/**
 * The work of scattering_energy: the energies of the photographs of one class.
 *
 * @module
 */
import type { GrayImage } from "../../src/data/readers/images/image.ts";
import { resize } from "../../src/data/readers/images/resize.ts";
import { type PhotographReading, readPhotographs } from "../../src/data/sources/photographs.ts";
import type { NestedBank } from "../../src/scattering/banks/wavelet_bank.ts";
import { ScatteringEnergies } from "../../src/scattering/energy/scattering_energies.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import {
  type ConfigurationEnergies,
  type ConfigurationName,
  configurations,
} from "./method/configurations.ts";
import { frames, L, side, type TableName } from "./method/frames.ts";
import type { ImageEnergies } from "./method/image_energies.ts";
import { preparations } from "./method/preparations.ts";

/** How far the cascade of a class goes. */
export type EnergyParameters = {
  /** The largest order, 3 or 4: m = 4 costs as much as all the others together. */
  readonly maxOrder: number;
  /** The largest scale. */
  readonly maxJ: number;
};

/** What a job reads. */
type Readings = { readonly photographs: PhotographReading };

/** The energies of the images of a class, for each table. */
export type ClassEnergies = Readonly<Record<TableName, readonly ImageEnergies[]>>;

/** Measures the energies of the photographs of one class in the frames of all tables. */
async function measureClass(
  { parameters, reads }: TaskInput<EnergyParameters, Readings>,
  context: RunContext,
): Promise<ClassEnergies> {
  const images: GrayImage[] = [];
  for await (const photograph of readPhotographs(reads.photographs, context)) {
    images.push(resize(photograph, side, side));
  }
  return {
    "table1": await measureImages(images, frames["table1"], parameters),
    "table1-q0.25": await measureImages(images, frames["table1-q0.25"], parameters),
  };
}

/**
 * Measures the energies of a class of the half that chooses, in all configurations. The scales on which the choice is judged
 * are beyond `maxJ`: what is not there cannot be looked at.
 */
const measureChoosing = measureConfigurations;

/** Measures the energies of a class of the half that judges, in all configurations. */
const measureJudging = measureConfigurations;

async function measureConfigurations(
  { parameters, reads }: TaskInput<EnergyParameters, Readings>,
  context: RunContext,
): Promise<ConfigurationEnergies> {
  const photographs = await Array.fromAsync(readPhotographs(reads.photographs, context));
  const energies: { -readonly [Name in ConfigurationName]?: ImageEnergies[] } = {};
  for (const [done, { name, bank, preparation }] of configurations.entries()) {
    energies[name] = await measureImages(photographs.map(preparations[preparation]), bank, parameters);
    context.progress((done + 1) / configurations.length);
  }
  return energies as ConfigurationEnergies;
}

/** The energies of images of side x side pixels in one frame. */
async function measureImages(
  images: readonly GrayImage[],
  bank: NestedBank,
  { maxOrder, maxJ }: EnergyParameters,
): Promise<ImageEnergies[]> {
  const batch = new Float64Array(images.length * side * side);
  images.forEach(({ data }, image) => batch.set(withoutMean(data), image * side * side));
  const energies = await engineFor(bank, maxJ).measure(batch, maxOrder);
  const row = (image: number, j: number) => {
    const from = (image * maxJ + j) * (maxOrder + 1);
    return [...energies.subarray(from, from + maxOrder + 1)];
  };
  return images.map((_, image) => Array.from({ length: maxJ }, (_, j) => row(image, j)));
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
export const tasks = { measureClass, measureChoosing, measureJudging } satisfies Tasks;
