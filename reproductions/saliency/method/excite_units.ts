/**
 * What excites units of a layer, taken back to the pixels: Zeiler and Fergus's figure 2.
 *
 * @module
 */
import {
  dispose,
  max,
  mul,
  oneHot,
  reshape,
  type Tensor,
  type Tensor4D,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { bilinear, resize } from "../../../src/data/readers/images/resize.ts";
import type { PhotographReading } from "../../../src/data/sources/photographs.ts";
import { readInColour } from "../../../src/pretrained/sources/class_photographs.ts";
import { inputFor, networks } from "../../../src/pretrained/sources/load_network.ts";
import type { NetworkReading } from "../../../src/pretrained/sources/network_source.ts";
import { inputOf, runLayers } from "../../../src/pretrained/run_layers.ts";
import { deconvnet, gradientOfKept } from "../../../src/saliency/deconvnet.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";
import { readingOfPlaces } from "./pairs.ts";

/** A layer of SqueezeNet, and where its units look: the centre of column j is at stride j + first, and they see `field` pixels. */
export type ExcitedLayer = {
  /** The name of its stage. */
  readonly stage: string;
  readonly stride: number;
  readonly first: number;
  readonly field: number;
};

/** What is sought. */
export type ExcitementOptions = {
  /** The layers. */
  readonly layers: readonly ExcitedLayer[];
  /** How many units of each. */
  readonly units: number;
  /** How many photographs of each unit. */
  readonly pictures: number;
  /** Rows and columns of the pictures that are kept. */
  readonly side: number;
};

/** What excites a unit in one photograph. */
export interface ExcitedPatch {
  /** What the unit sees: `(side, side, 3)`, samples 0..255, red first. */
  readonly patch: readonly number[];
  /** What is taken back of its activity, likewise: 128 is 0, and the largest magnitude is 127 from it. */
  readonly projection: readonly number[];
  /** The cosine between what is taken back and the gradient. */
  readonly cosine: number;
}

/** What excites units of layers. */
export type Excitement = readonly {
  readonly stage: string;
  readonly units: readonly { readonly unit: number; readonly patches: readonly ExcitedPatch[] }[];
}[];

/** The photographs that excite a unit most. */
interface Excited {
  readonly unit: number;
  readonly places: readonly number[];
}

/**
 * Seeks the units of each layer whose strongest responses are farthest above their usual maxima, and shows what excites them.
 *
 * @param network The network.
 * @param photographs What it is shown.
 * @param reading The network as it was read.
 * @param options What is sought.
 * @param context Of the job.
 */
export async function exciteUnits(
  network: LayersModel,
  photographs: PhotographReading,
  reading: NetworkReading,
  { layers, units, pictures, side }: ExcitementOptions,
  context: RunContext,
): Promise<Excitement> {
  const { stages } = networks[reading.network];
  const names = layers.map(({ stage }) => stages.find(({ name }) => name === stage)!.after);
  const maxima: Float32Array[][] = layers.map(() => []);
  const total = photographs.files.length + (photographs.leaves?.seeds.length ?? 0);
  for await (const image of readInColour(photographs, context)) {
    const x = imageTensor(inputFor(image, reading), reading);
    tidy(() => {
      runLayers(network, { [inputOf(network)]: x }, names).forEach((result, i) =>
        maxima[i]!.push((max(result, [0, 1, 2]).dataSync() as Float32Array).slice())
      );
    });
    dispose(x);
    context.progress(0.7 * maxima[0]!.length / total);
  }
  const found: Excitement[number][] = [];
  for (const [i, layer] of layers.entries()) {
    const chosen = mostExcited(maxima[i]!, units, pictures);
    const shown: Excitement[number]["units"][number][] = [];
    for (const { unit, places } of chosen) {
      const patches: ExcitedPatch[] = [];
      for await (const image of readInColour(readingOfPlaces(photographs, places), context)) {
        patches.push(takeBack(network, names[i]!, inputFor(image, reading), unit, layer, reading, side));
      }
      shown.push({ unit, patches });
    }
    found.push({ stage: layer.stage, units: shown });
    context.progress(0.7 + 0.3 * (i + 1) / layers.length);
  }
  return found;
}

/**
 * The units whose few largest maxima are, in the mean, the largest multiple of their mean maximum over photographs.
 *
 * @param maxima Of every photograph, the largest response of each unit.
 * @param units How many units.
 * @param pictures How many photographs of each.
 */
export function mostExcited(maxima: readonly Float32Array[], units: number, pictures: number): Excited[] {
  const all = Array.from({ length: maxima[0]!.length }, (_, unit) => {
    const places = [...maxima.keys()].sort((a, b) => maxima[b]![unit]! - maxima[a]![unit]!).slice(
      0,
      pictures,
    );
    const mean = maxima.reduce((sum, of) => sum + of[unit]!, 0) / maxima.length;
    const top = places.reduce((sum, place) => sum + maxima[place]![unit]!, 0) / places.length;
    // A unit that hardly ever responds says little; so one must respond in half of the photographs.
    const often = maxima.filter((of) => of[unit]! > 0).length >= maxima.length / 2;
    return { unit, places, score: often ? top / mean : -1 };
  });
  return all.sort((a, b) => b.score - a.score).slice(0, units);
}

function imageTensor(input: Float32Array, { side }: NetworkReading): Tensor4D {
  return tensor4d(input, [1, side, side, 3]);
}

/** Takes the strongest response of a unit back, and cuts out what the unit sees there. */
function takeBack(
  network: LayersModel,
  layer: string,
  input: Float32Array,
  unit: number,
  { stride, first, field }: ExcitedLayer,
  reading: NetworkReading,
  side: number,
): ExcitedPatch {
  const x = imageTensor(input, reading);
  const result = runLayers(network, { [inputOf(network)]: x }, [layer])[0] as Tensor4D;
  const [, height, width, channels] = result.shape;
  const values = result.dataSync();
  let best = 0;
  for (let place = 0; place < height * width; place++) {
    if (values[place * channels + unit]! > values[best * channels + unit]!) best = place;
  }
  const mask = tidy(() =>
    reshape(oneHot([best * channels + unit], height * width * channels), [1, height, width, channels])
  );
  const kept = (maps: Tensor) => mul(maps, mask);
  const projection = deconvnet(network, layer, x, kept);
  const gradient = gradientOfKept(network, layer, x, kept);
  const window = {
    top: startOf(Math.floor(best / width) * stride + first, field, reading.side),
    left: startOf(best % width * stride + first, field, reading.side),
    field: Math.min(field, reading.side),
  };
  const { channels: order, mean, scale } = networks[reading.network].input;
  const taken = projection.dataSync() as Float32Array;
  const most = taken.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const patch = cut(input.map((value, i) => value * scale + mean[i % 3]!), window, reading.side, side, order);
  const shown = cut(taken.map((value) => 128 + 127 * value / most), window, reading.side, side, order);
  const cosine = cosineOf(taken, gradient.dataSync() as Float32Array);
  dispose([x, result, mask, projection, gradient]);
  return { patch, projection: shown, cosine };
}

/** Where a window around a centre begins, moved into the image where it hangs over. */
function startOf(centre: number, field: number, side: number): number {
  return Math.max(0, Math.min(side - field, centre - Math.floor(field / 2)));
}

/** A window of an image `(side, side, 3)` in the order of a network, resized, red first, 0..255. */
function cut(
  values: Float32Array,
  { top, left, field }: { readonly top: number; readonly left: number; readonly field: number },
  side: number,
  to: number,
  order: readonly number[],
): number[] {
  const samples = new Array<number>(to * to * 3);
  order.forEach((colour, channel) => {
    const data = new Float64Array(field * field);
    for (let row = 0; row < field; row++) {
      for (let column = 0; column < field; column++) {
        data[row * field + column] = values[((top + row) * side + left + column) * 3 + channel]!;
      }
    }
    resize({ height: field, width: field, data }, to, to, bilinear).data.forEach((value, i) => {
      samples[3 * i + colour] = Math.round(Math.min(255, Math.max(0, value)));
    });
  });
  return samples;
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
