/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { type LayerCounts, totalOf } from "../../src/nn/descriptions/network_description.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { BandedResult } from "./method/banded_network.ts";
import type { BestPatches } from "./method/best_patch.ts";
import type { EquivarianceResult } from "./method/engine_convolutions.ts";
import { vggNames } from "./method/networks.ts";
import type { NoiseShift, PooledShift, PoolingName } from "./method/pooled_shifts.ts";
import type { SweepResult } from "./method/sweep_sizes.ts";
import type { DescriptionResult, IdentityResult, NetworkName, NetworkResult } from "./run.ts";

/** A cell of one number that one job gives. */
function single<Result>(id: string, job: Job<Result>, value: (result: Result) => number): Cell {
  return cell(id, [job], ([result]) => ({ values: [value(result as Result)] }));
}

/** Layers of LeNet-5 whose connections are printed. */
const connected = ["C1", "S2", "C3", "S4", "C5"];

/** Layers of AlexNet whose numbers of values are printed. */
const neuronLayers = ["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"];

function layerOf({ described }: NetworkResult, name: string): LayerCounts {
  return described.find((layer) => layer.name === name)!;
}

function valuesOf({ shape }: LayerCounts): number {
  return shape[0] * shape[1] * shape[2];
}

/** Differences between a description and what was built of it. */
function builtCells(name: NetworkName, job: Job<NetworkResult>): Cell[] {
  const largest = (quantity: "parameters" | "connections") => ({ described, built }: NetworkResult) =>
    Math.max(...described.map((layer, i) => Math.abs(layer[quantity] - built[i]![quantity])));
  return [
    single(`${name}/built/parameters`, job, largest("parameters")),
    single(
      `${name}/built/shapes`,
      job,
      ({ described, built }) =>
        described.filter(({ shape }, i) => shape.some((side, axis) => side !== built[i]!.shape[axis])).length,
    ),
    ...name === "lenet5" ? [single(`${name}/built/connections`, job, largest("connections"))] : [],
  ];
}

function withoutGroups({ described, builtWithoutGroups }: NetworkResult): number {
  return builtWithoutGroups - totalOf(described, "parameters");
}

/** LeNet-5. */
export function lenet5Cells(job: Job<NetworkResult>): Cell[] {
  const total = (quantity: "parameters" | "connections") =>
    single(`lenet5/${quantity}/total`, job, ({ described }) => totalOf(described, quantity));
  return [
    ...[...connected, "F6"].map((layer) =>
      single(`lenet5/parameters/${layer}`, job, (result) => layerOf(result, layer).parameters)
    ),
    total("parameters"),
    ...connected.map((layer) =>
      single(`lenet5/connections/${layer}`, job, (result) => layerOf(result, layer).connections)
    ),
    total("connections"),
    ...connected.map((layer) =>
      single(`lenet5/side/${layer}`, job, (result) => layerOf(result, layer).shape[0])
    ),
    ...builtCells("lenet5", job),
    single("lenet5/built/full-c3", job, withoutGroups),
  ];
}

/** AlexNet. */
export function alexNetCells(job: Job<NetworkResult>, descriptions: Job<DescriptionResult>): Cell[] {
  return [
    ...neuronLayers.map((layer) =>
      single(`alexnet/neurons/${layer}`, job, (result) => valuesOf(layerOf(result, layer)))
    ),
    single(
      "alexnet/neurons/total",
      job,
      (result) => neuronLayers.reduce((sum, layer) => sum + valuesOf(layerOf(result, layer)), 0),
    ),
    single("alexnet/parameters/total", job, ({ described }) => totalOf(described, "parameters")),
    single("alexnet/parameters/millions", job, ({ described }) => totalOf(described, "parameters") / 1e6),
    ...(["224", "227"] as const).map((side) =>
      single(`alexnet/side/input=${side}`, descriptions, ({ alexNetSides }) => alexNetSides[side])
    ),
    ...builtCells("alexnet", job),
    single("alexnet/built/ungrouped", job, withoutGroups),
  ];
}

/** VGG. */
export function vggCells(job: Job<NetworkResult>, descriptions: Job<DescriptionResult>): Cell[] {
  return [
    ...vggNames.map((name) => single(`vgg/parameters/${name}`, descriptions, ({ vgg }) => vgg[name] / 1e6)),
    ...(["D", "E"] as const).map((name) =>
      single(`vgg/parameters/${name}-exact`, descriptions, ({ vgg }) => vgg[name])
    ),
    ...builtCells("vgg", job),
  ];
}

/** The formulas of sizes. */
export function sizeCells(job: Job<SweepResult>): Cell[] {
  return [
    ...(["valid", "same", "strided", "pooling", "parameters"] as const).map((name) =>
      single(`sizes/${name}`, job, (result) => result[name])
    ),
    single("sizes/strided-rounded", job, ({ roundedWrong }) => roundedWrong),
    single("sizes/parameters-without-bias", job, ({ parametersWithoutBias }) => parametersWithoutBias),
  ];
}

/** Identities of convolutions. */
export function identityCells(job: Job<IdentityResult>): Cell[] {
  const banded = (name: keyof BandedResult & ("layer1" | "layer2" | "engine" | "circulant")) =>
    single(`toeplitz/${name}`, job, (result) => result.banded[name]);
  const shifted = (id: string, name: keyof EquivarianceResult) =>
    single(`equivariance/${id}`, job, ({ shifts }) => shifts[name]);
  return [
    banded("layer1"),
    banded("layer2"),
    banded("engine"),
    banded("circulant"),
    shifted("interior", "interior"),
    shifted("border", "border"),
    shifted("pool-even", "poolEven"),
    shifted("pool-odd", "poolOdd"),
    single("any-size/interior", job, ({ sizes }) => sizes.difference),
    single(
      "any-size/parameters",
      job,
      ({ sizes: { parameters } }) => Math.max(...parameters) - Math.min(...parameters),
    ),
    single("any-size/dense", job, ({ sizes: { dense } }) => dense.at(-1)! / dense[0]!),
  ];
}

/** The feature detector. */
export function detectorCells(job: Job<BestPatches>): Cell[] {
  return [
    ...(["angle", "response", "box", "antipode"] as const).map((name) =>
      single(`detector/${name}`, job, (result) => result[name])
    ),
    cell("detector/rectified", [job], ([found]) => meanOf(found!.stuck, "test item")),
  ];
}

/** White noise. */
export function noiseCells(job: Job<NoiseShift[]>, windows: readonly number[]): Cell[] {
  return windows.map((window) =>
    cell(`pooling/noise/p=${window}`, [job], ([shifts]) => {
      const { kept, windows } = shifts!.find((shift) => shift.window === window)!;
      const share = kept / windows;
      return {
        values: [share - (window - 1) / (window + 1)],
        standardError: Math.sqrt(share * (1 - share) / windows),
        unitOfError: "test item",
      };
    })
  );
}

/** Orderings of the slides: what a shift leaves more of, or moves less. */
const keptOrders: readonly (readonly [PoolingName, PoolingName])[] = [
  ["average", "max"],
  ["stride", "max"],
  ["none", "max"],
];
const moveOrders: readonly (readonly [PoolingName, PoolingName])[] = [
  ["max", "none"],
  ["max", "stride"],
  ["max4", "max"],
];

/** Shifted digits. */
export function poolingCells(job: Job<Record<PoolingName, PooledShift[]>>): Cell[] {
  const order = (quantity: keyof PooledShift) => ([lower, upper]: readonly [PoolingName, PoolingName]) =>
    cell(
      `order/pooling/${quantity}/${lower}-${upper}`,
      [job],
      ([shifts]) =>
        meanOf(shifts![lower].map((shift, i) => shift[quantity] - shifts![upper][i]![quantity]), "image"),
    );
  return [
    ...keptOrders.map(order("kept")),
    ...moveOrders.map(order("move")),
    ...(["max", "global"] as const).map((name) =>
      cell(
        `pooling/move/${name}`,
        [job],
        ([shifts]) => meanOf(shifts![name].map(({ move }) => move), "image"),
      )
    ),
  ];
}

/** The mean of values, with its standard error. */
function meanOf(values: readonly number[], unitOfError: "image" | "test item"): Measurement {
  const standardError = standardErrorOfMean(values);
  return { values: [mean(values)], ...standardError === null ? {} : { standardError, unitOfError } };
}
