/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { errorDifference, errorRate } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { NetworkName } from "../../src/pretrained/sources/network_source.ts";
import type { Excitement } from "./method/excite_units.ts";
import type { Adjoint, MapComparison, Occlusion, Pointing } from "./run.ts";

/** The mean of a quantity of images, with its standard error. */
export function meanOver(values: readonly number[]): Measurement {
  const centre = mean([...values]);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    values: [centre],
    standardError: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length),
    unitOfError: "image",
  };
}

/** The cells that compare Grad-CAM with class activation maps. */
export function comparisonCells(network: NetworkName, jobs: readonly Job<MapComparison[]>[]): Cell[] {
  return [
    cell(
      `identity/cam/${network}`,
      jobs,
      (runs) => ({ values: [Math.max(...runs.flat().map(({ cam }) => cam))] }),
    ),
    cell(`identity/pre/${network}`, jobs, (runs) => meanOver(runs.flat().map(({ pre }) => pre))),
    cell(`rank/pre/${network}`, jobs, (runs) => meanOver(runs.flat().map(({ rank }) => rank))),
  ];
}

/** What is right, in per cent, where mistakes are what is wrong. */
function right({ values, ...rest }: Measurement): Measurement {
  return { ...rest, values: values.map((error) => 100 - error) };
}

/** The cells of the pointing game of one network. */
export function pointingCells(network: NetworkName, jobs: readonly Job<Pointing>[]): Cell[] {
  const of = (id: string, maps: keyof Pointing) =>
    cell(id, jobs, (runs) => right(errorRate(runs.map((run) => run[maps]), "draw")));
  return [
    of(`pointing/${network}/cam`, "cam"),
    of(`pointing/${network}/pre`, "pre"),
    aboveChance(`pointing/${network}/last-permuted`, jobs, "lastPermuted"),
    aboveChance(`pointing/${network}/all-permuted`, jobs, "allPermuted"),
  ];
}

/** What is right, less what chance has right. */
function aboveChance<Name extends string>(
  id: string,
  jobs: readonly Job<Readonly<Record<Name, Pointing["cam"]>>>[],
  name: Name,
): Cell {
  return cell(id, jobs, (runs) => {
    const { values, ...rest } = right(errorRate(runs.map((run) => run[name]), "draw"));
    return { ...rest, values: values.map((share) => share - 50) };
  });
}

/** The cell that orders pre-activations and activations. */
export function pointingOrder(network: NetworkName, jobs: readonly Job<Pointing>[]): Cell {
  // What is right before the ReLU less what is right behind it: mistakes behind it less those before it.
  return cell(
    `order/pointing/${network}/pre-cam`,
    jobs,
    (runs) => errorDifference(runs.map(({ cam }) => cam), runs.map(({ pre }) => pre), "draw"),
  );
}

/** The cells of the deconvolutional network. */
export function deconvnetCells(adjoint: readonly Job<Adjoint>[], excite: readonly Job<Excitement>[]): Cell[] {
  return [
    cell("deconvnet/adjoint", adjoint, ([found]) => ({ values: [found!.own] })),
    cell("deconvnet/other-switches", adjoint, ([found]) => ({ values: [found!.other] })),
    cell("deconvnet/cosine/fire9", excite, ([found]) => {
      const { units } = found!.find(({ stage }) => stage === "fire9")!;
      return meanOver(units.flatMap(({ patches }) => patches.map(({ cosine }) => cosine)));
    }),
  ];
}

/** The cells of occlusion by one network. */
export function occlusionCells(network: NetworkName, jobs: readonly Job<Occlusion>[]): Cell[] {
  return (["half", "patch"] as const).map((name) =>
    cell(
      `occlusion/${network}/${name}`,
      jobs,
      (runs) => right(errorRate(runs.map((run) => run[name]), "draw")),
    )
  );
}

/** The cells of occlusion by a network without knowledge. */
export function permutedOcclusionCells(network: NetworkName, jobs: readonly Job<Occlusion>[]): Cell[] {
  return (["half", "patch"] as const).map((name) =>
    aboveChance(`occlusion/${network}/${name}-permuted`, jobs, name)
  );
}
