import { mean } from "../../src/numeric/statistics/mean.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import { fieldCells, spinCells } from "./cells.ts";
import type { Model } from "./run.ts";

/** Jobs of each field, one a seed. */
type ModelJobs = Readonly<Record<string, readonly Job<Model>[]>>;

/** Fields whose other realisation is of the same process and size, and whose moments the slides speak of. */
const cosmological = ["turbulence", "zeldovich"] as const;

/** The places of structure functions of orders 3, 4 and 5. */
const third = 0;
const fourth = 1;
const fifth = 2;

/** One value a seed. */
function perSeed(
  models: readonly Model[],
  quantity: (fields: Model["fields"], model: Model) => number,
): Measurement {
  return { values: models.map((model) => quantity(model.fields, model)), unitOfError: "seed" };
}

/** The cells of all models. */
export function modelCells(models: ModelJobs): Cell[] {
  return [
    ...Object.entries(models).flatMap(([field, jobs]) => cellsOfField(field, jobs)),
    ...cosmological.flatMap((field) => cosmologicalCells(field, models[field]!)),
    ...spinCellsOf(models["ising"]!),
    ...[...cosmological, "ising"].map((field) =>
      cell(
        fieldCells.lossBelowSecond(field),
        models[field]!,
        (results) =>
          perSeed(results, ({ model, second }) => Math.log10(model.relativeLoss / second.relativeLoss)),
      )
    ),
  ];
}

function cellsOfField(field: string, jobs: readonly Job<Model>[]): Cell[] {
  const each = (id: string, quantity: (fields: Model["fields"], model: Model) => number) =>
    cell(id, jobs, (results) => perSeed(results, quantity));
  return [
    each(fieldCells.loss(field), ({ model }) => model.relativeLoss),
    each(
      fieldCells.lossBelowGauss(field),
      ({ model, gauss }) => Math.log10(model.relativeLoss / gauss.relativeLoss),
    ),
    each(
      fieldCells.scattering(field),
      ({ model, gauss }) => model.scatteringDistance / gauss.scatteringDistance,
    ),
    each(
      fieldCells.thirdOverGauss(field),
      ({ model, gauss }) => model.structureErrors[third]! / gauss.structureErrors[third]!,
    ),
    each(
      fieldCells.fourthBelowGauss(field),
      ({ model, gauss }) => model.structureErrors[fourth]! - gauss.structureErrors[fourth]!,
    ),
    each(
      fieldCells.fifthBelowGauss(field),
      ({ model, gauss }) => model.structureErrors[fifth]! - gauss.structureErrors[fifth]!,
    ),
    each(fieldCells.kurtosis(field), ({ model, original }) => model.kurtosis / original.kurtosis - 1),
    ...[0, 1].map((j) =>
      each(
        fieldCells.waveletKurtosis(j, field),
        ({ model, original }) => model.waveletKurtoses[j]! / original.waveletKurtoses[j]! - 1,
      )
    ),
    each(fieldCells.waveletKurtosisBelowGauss(field), ({ model, gauss, original }) => {
      const distance = (found: typeof model) =>
        mean(
          found.waveletKurtoses.map((value, j) => Math.abs(Math.log(value / original.waveletKurtoses[j]!))),
        );
      return distance(model) - distance(gauss);
    }),
    each(fieldCells.copies(field), ({ model, gauss }) => model.correlation - gauss.correlation),
    each(fieldCells.gaussianKurtosis(field), (_, { gaussianModel }) => gaussianModel.kurtosis - 3),
    each(
      fieldCells.gaussianWaveletKurtosis(field),
      (_, { gaussianModel }) => mean(gaussianModel.waveletKurtoses) - 3,
    ),
  ];
}

function cosmologicalCells(field: string, jobs: readonly Job<Model>[]): Cell[] {
  const each = (id: string, quantity: (fields: Model["fields"]) => number) =>
    cell(id, jobs, (results) => perSeed(results, quantity));
  return [
    ...[third, fourth, fifth].map((at) =>
      each(fieldCells.moment(at + 3, field), ({ model }) => model.structureErrors[at]!)
    ),
    each(
      fieldCells.scatteringBelowSecond(field),
      ({ model, second }) => model.scatteringDistance - second.scatteringDistance,
    ),
    each(fieldCells.linearChannels(field), ({ original }) => original.channels.linear),
    each(
      fieldCells.rectifiedChannels(field),
      ({ original }) => original.channels.linear - original.channels.rectified,
    ),
    each(
      fieldCells.gaussianChannels(field),
      ({ gauss }) => gauss.channels.rectified - gauss.channels.linear,
    ),
  ];
}

function spinCellsOf(jobs: readonly Job<Model>[]): Cell[] {
  const each = (id: string, quantity: (fields: Model["fields"]) => number) =>
    cell(id, jobs, (results) => perSeed(results, quantity));
  return [
    each(spinCells.energy, ({ model, original }) => model.spins.energy - original.spins.energy),
    each(spinCells.energyBelowGauss, ({ model, gauss }) => model.spins.energy - gauss.spins.energy),
    each(spinCells.near, ({ model }) => model.spins.near),
    each(spinCells.nearAboveGauss, ({ model, gauss }) => gauss.spins.near - model.spins.near),
    each(
      spinCells.largestCluster,
      ({ model, original }) => model.spins.largestCluster - original.spins.largestCluster,
    ),
    each(spinCells.magnetisation, ({ model, original }) => Math.abs(model.mean - original.mean)),
  ];
}

/** The cells of the models of 256 pixels a side. */
export function largeCells(models: ModelJobs): Cell[] {
  return Object.entries(models).flatMap(([field, jobs]) => [
    cell(
      fieldCells.largeLoss(field),
      jobs,
      (results) => perSeed(results, ({ model }) => model.relativeLoss),
    ),
    cell(
      fieldCells.largeThird(field),
      jobs,
      (results) =>
        perSeed(
          results,
          ({ model, gauss }) => model.structureErrors[third]! - gauss.structureErrors[third]!,
        ),
    ),
  ]);
}
