/**
 * The work of saliency: class maps, occlusion and the deconvolutional network on photographs.
 *
 * @module
 */
import { argMax, dispose, type Tensor, type Tensor4D, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { PhotographReading } from "../../src/data/sources/photographs.ts";
import { permuteWeights } from "../../src/pretrained/permute_weights.ts";
import { inputOf, runLayers } from "../../src/pretrained/run_layers.ts";
import { readInColour } from "../../src/pretrained/sources/class_photographs.ts";
import { inputFor, loadNetwork, networks } from "../../src/pretrained/sources/load_network.ts";
import type { NetworkReading } from "../../src/pretrained/sources/network_source.ts";
import { classActivationMap, type ClassMap, gradCam } from "../../src/saliency/class_maps.ts";
import { LinearPart, switchesOf } from "../../src/saliency/linear_part.ts";
import { occlude, type Patch, patchGrid } from "../../src/saliency/occlusion.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { distanceFromMultiple, rankCorrelationOfMaps } from "./method/compare_maps.ts";
import { type Excitement, type ExcitementOptions, exciteUnits } from "./method/excite_units.ts";
import {
  type CountedClass,
  type Pair,
  pairSize,
  pairTensor,
  readPairs,
  samplePairs,
  sideBySide,
} from "./method/pairs.ts";
import { pointsLeft } from "./method/point.ts";

type Readings = { readonly photographs: PhotographReading; readonly network: NetworkReading };

/** Runs with a backend of its own. */
async function onBackend<Result>(context: RunContext, work: () => Promise<Result>): Promise<Result> {
  const backend = await startBackend({ threads: context.threads });
  try {
    return await work();
  } finally {
    backend.dispose();
  }
}

/** Activations before and after the ReLU of the last stage. */
interface LastStage {
  readonly before: Tensor4D;
  readonly after: Tensor4D;
}

function lastStage(network: LayersModel, { network: name }: NetworkReading, x: Tensor): LastStage {
  const { before, after } = networks[name].lastStage;
  const [pre, post] = runLayers(network, { [inputOf(network)]: x }, [before, after]) as [Tensor4D, Tensor4D];
  return { before: pre, after: post };
}

/** Grad-CAM of one class, behind the ReLU and before it. */
function bothMaps(
  network: LayersModel,
  { network: name }: NetworkReading,
  { before, after }: LastStage,
  id: number,
): { cam: ClassMap; pre: ClassMap } {
  const stage = networks[name].lastStage;
  return {
    cam: gradCam(network, stage.after, after, id),
    pre: gradCam(network, stage.before, before, id),
  };
}

/** How maps of one photograph compare with its class activation map. */
export interface MapComparison {
  /** Relative distance of Grad-CAM behind the ReLU from the nearest multiple. */
  readonly cam: number;
  /** The same before the ReLU. */
  readonly pre: number;
  /** Rank correlation before the ReLU. */
  readonly rank: number;
}

/** Compares maps of photographs, each of the class that the network sees in it. */
function compare(
  { parameters: { count }, reads }: TaskInput<{ readonly count: number }, Readings>,
  context: RunContext,
): Promise<MapComparison[]> {
  return onBackend(context, async () => {
    const network = await loadNetwork(reads.network, context);
    const { side } = reads.network;
    const found: MapComparison[] = [];
    for await (const image of readInColour(reads.photographs, context)) {
      const x = tensor4d(inputFor(image, reads.network), [1, side, side, 3]);
      const id = tidy(() => argMax(network.apply(x) as Tensor, 1).dataSync()[0]!);
      const stage = lastStage(network, reads.network, x);
      const { cam, pre } = bothMaps(network, reads.network, stage, id);
      const reference = classActivationMap(
        network,
        networks[reads.network.network].classLayer,
        stage.after,
        id,
      );
      found.push({
        cam: distanceFromMultiple(cam, reference),
        pre: distanceFromMultiple(pre, reference),
        rank: rankCorrelationOfMaps(pre, reference),
      });
      dispose([x, stage.before, stage.after]);
      context.progress(found.length / count);
    }
    return found;
  });
}

/** Which classes of pairs are pointed at wrongly: left and right of each pair in turn. */
export interface Pointing {
  /** Grad-CAM behind the ReLU. */
  readonly cam: Mistakes;
  /** Before the ReLU. */
  readonly pre: Mistakes;
  /** Behind the ReLU, with the weights of the last layer permuted. */
  readonly lastPermuted: Mistakes;
  /** Behind the ReLU, with all weights permuted. */
  readonly allPermuted: Mistakes;
}

type PairParameters = {
  /** The classes, in the order of the photographs. */
  readonly classes: readonly CountedClass[];
  /** How many pairs. */
  readonly pairs: number;
  /** Decides the pairs and the permutations. */
  readonly seed: number;
};

function pairsFor({ classes, pairs, seed }: PairParameters, context: RunContext): Pair[] {
  return samplePairs(classes, pairs, context.rng("saliency/pairs", seed));
}

/** Points at both classes of pairs. */
function point(
  { parameters, reads }: TaskInput<PairParameters, Readings>,
  context: RunContext,
): Promise<Pointing> {
  return onBackend(context, async () => {
    const { network: reading } = reads;
    const pairs = pairsFor(parameters, context);
    const network = await loadNetwork(reading, context, pairSize(reading));
    const isWrong = (map: ClassMap, place: number) =>
      pointsLeft(map, reading.network, reading.side) === (place === 0) ? 0 : 1;
    const wrong = { cam: [], pre: [], lastPermuted: [], allPermuted: [] } as Record<keyof Pointing, number[]>;
    const kept: Tensor4D[] = [];
    const { after } = networks[reading.network].lastStage;
    const pointBy = (maps: Tensor4D, { ids }: Pair, to: number[]) =>
      ids.forEach((id, place) => to.push(isWrong(gradCam(network, after, maps, id), place)));
    let done = 0;
    for await (const pair of readPairs(pairs, reads.photographs, reading, context)) {
      const x = pairTensor(pair, reading);
      const stage = lastStage(network, reading, x);
      pair.ids.forEach((id, place) => {
        const { cam, pre } = bothMaps(network, reading, stage, id);
        wrong.cam.push(isWrong(cam, place));
        wrong.pre.push(isWrong(pre, place));
      });
      kept.push(stage.after);
      dispose([x, stage.before]);
      context.progress(++done / pairs.length / 2);
    }
    permuteWeights(network, context.rng("saliency/permuted last layer", parameters.seed), [
      networks[reading.network].classLayer,
    ]);
    pairs.forEach((pair, i) => pointBy(kept[i]!, pair, wrong.lastPermuted));
    dispose(kept);
    permuteWeights(network, context.rng("saliency/permuted layers", parameters.seed));
    for await (const pair of readPairs(pairs, reads.photographs, reading, context)) {
      const x = pairTensor(pair, reading);
      const stage = lastStage(network, reading, x);
      pointBy(stage.after, pair, wrong.allPermuted);
      dispose([x, stage.before, stage.after]);
      context.progress(++done / pairs.length / 2);
    }
    const right = wrong.cam.map(() => 0);
    return Object.fromEntries(
      Object.entries(wrong).map(([name, one]) => [name, mistakesOf(one, right)]),
    ) as unknown as Pointing;
  });
}

/** Which classes of pairs lose less where they are covered: left and right of each pair in turn. */
export interface Occlusion {
  /** Covering the other half costs more. */
  readonly half: Mistakes;
  /** The patch that costs most lies in the other half. */
  readonly patch: Mistakes;
}

/** Patches of a pair: an even number of columns, so that none has its centre between the halves. */
const grid = { rows: 4, columns: 8 };

/** A side of a patch, as a share of the side of a photograph. */
const patchShare = 0.35;

function patchesOf({ side }: NetworkReading): Patch[] {
  return patchGrid({ height: side, width: 2 * side }, grid, Math.round(patchShare * side));
}

/** Covers halves and patches of pairs. */
function cover(
  { parameters, reads }: TaskInput<PairParameters & { readonly permuted: boolean }, Readings>,
  context: RunContext,
): Promise<Occlusion> {
  return onBackend(context, async () => {
    const { network: reading } = reads;
    const pairs = pairsFor(parameters, context);
    const network = await loadNetwork(reading, context, pairSize(reading));
    if (parameters.permuted) {
      permuteWeights(network, context.rng("saliency/permuted layers", parameters.seed));
    }
    const { side } = reading;
    const halves = [0, side].map((left): Patch => ({ top: 0, left, height: side, width: side }));
    const half: number[] = [];
    const patch: number[] = [];
    for await (const { input, ids } of readPairs(pairs, reads.photographs, reading, context)) {
      const logits = (x: Tensor) => network.apply(x) as Tensor;
      const left = occlude(logits, input, pairSize(reading), [...halves, ...patchesOf(reading)], ids);
      ids.forEach((_, place) => {
        const [first, second, ...patches] = left.map((of) => of[place]!);
        half.push(first! < second! === (place === 0) ? 0 : 1);
        const lowest = patches.indexOf(Math.min(...patches));
        patch.push(lowest % grid.columns < grid.columns / 2 === (place === 0) ? 0 : 1);
      });
      context.progress(half.length / 2 / pairs.length);
    }
    const right = half.map(() => 0);
    return { half: mistakesOf(half, right), patch: mistakesOf(patch, right) };
  });
}

/** How far the map and what should be its adjoint are from being so. */
export interface Adjoint {
  /** With the same switches: the largest over random vectors. */
  readonly own: number;
  /** With those of the other image: the least. */
  readonly other: number;
}

/** Checks the adjoint of a network's linear part between two images' switches. */
function adjoint(
  { parameters: { vectors }, reads }: TaskInput<{ readonly vectors: number }, Readings>,
  context: RunContext,
): Promise<Adjoint> {
  return onBackend(context, async () => {
    const { network: reading } = reads;
    const { side } = reading;
    const network = await loadNetwork(reading, context);
    const layer = networks[reading.network].lastStage.after;
    const parts: LinearPart[] = [];
    for await (const image of readInColour(reads.photographs, context)) {
      const x = tensor4d(inputFor(image, reading), [1, side, side, 3]);
      const pooled = (name: string) => runLayers(network, { [inputOf(network)]: x }, [name])[0] as Tensor4D;
      parts.push(new LinearPart(network, layer, switchesOf(network, pooled)));
    }
    const own: number[] = [];
    const other: number[] = [];
    for (let i = 0; i < vectors; i++) {
      const stream = context.rng("saliency/adjoint", i);
      const v = Float64Array.from({ length: side * side * 3 }, () => stream.normal());
      const image = parts[0]!.forward(v);
      const y = image.map(() => stream.normal());
      const size = Math.sqrt(dot(y, y) * dot(image, image));
      const apart = (part: LinearPart) => Math.abs(dot(y, image) - dot(part.back(y), v)) / size;
      own.push(apart(parts[0]!));
      other.push(apart(parts[1]!));
      context.progress((i + 1) / vectors);
    }
    return { own: Math.max(...own), other: Math.min(...other) };
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Seeks what excites units of some layers, and takes it back to the pixels. */
function excite(
  { parameters, reads }: TaskInput<ExcitementOptions, Readings>,
  context: RunContext,
): Promise<Excitement> {
  return onBackend(context, async () => {
    const network = await loadNetwork(reads.network, context);
    return await exciteUnits(network, reads.photographs, reads.network, parameters, context);
  });
}

/** Maps of one pair for a figure. */
export interface PairMaps {
  /** Rows and columns of a photograph. */
  readonly side: number;
  /** The pair `(side, 2 side, 3)`, samples 0..255, red first. */
  readonly picture: readonly number[];
  /** For the left class, then the right one. */
  readonly classes: readonly {
    readonly cam: { readonly height: number; readonly width: number; readonly values: readonly number[] };
    readonly pre: { readonly height: number; readonly width: number; readonly values: readonly number[] };
    /** What each patch takes from log p. */
    readonly occlusion: {
      readonly height: number;
      readonly width: number;
      readonly values: readonly number[];
    };
  }[];
}

/** A dog and a cat: maps of one network. */
function dogAndCat(
  { parameters: { ids }, reads }: TaskInput<
    { readonly ids: readonly [number, number] },
    Readings & { readonly pictures: PhotographReading }
  >,
  context: RunContext,
): Promise<PairMaps> {
  return onBackend(context, async () => {
    const { network: reading } = reads;
    const { side } = reading;
    const size = pairSize(reading);
    const network = await loadNetwork(reading, context, size);
    const inputs: Float32Array[] = [];
    for (const source of [reads.photographs, reads.pictures]) {
      for await (const image of readInColour(source, context)) {
        inputs.push(inputFor(image, reading));
        break;
      }
    }
    const input = sideBySide(inputs[0]!, inputs[1]!, side);
    const stage = lastStage(network, reading, pairTensor({ input }, reading));
    const logits = (x: Tensor) => network.apply(x) as Tensor;
    const none: Patch = { top: 0, left: 0, height: 0, width: 0 };
    const [whole, ...covered] = occlude(logits, input, size, [none, ...patchesOf(reading)], ids);
    const plain = ({ height, width, values }: ClassMap) => ({ height, width, values: Array.from(values) });
    const { channels, mean, scale } = networks[reading.network].input;
    const picture = new Array<number>(input.length);
    input.forEach((value, i) => {
      const channel = i % 3;
      picture[i - channel + channels[channel]!] = Math.round(
        Math.min(255, Math.max(0, value * scale + mean[channel]!)),
      );
    });
    return {
      side,
      picture,
      classes: ids.map((id, place) => {
        const { cam, pre } = bothMaps(network, reading, stage, id);
        return {
          cam: plain(cam),
          pre: plain(pre),
          occlusion: {
            height: grid.rows,
            width: grid.columns,
            values: covered.map((of) => whole![place]! - of[place]!),
          },
        };
      }),
    };
  });
}

/** The tasks of saliency. */
export const tasks = { compare, point, cover, adjoint, excite, dogAndCat } satisfies Tasks;
