/**
 * Pixels: what units detect on photographs with masks, on mosaics of photographs, and on scenes of digits.
 *
 * @module
 */
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { RgbImage } from "../../src/data/readers/images/image.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import type { ReadContext, Reading } from "../../src/data/sources/source.ts";
import { cosineRate, train } from "../../src/nn/mod.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import { basicColours } from "./method/colours.ts";
import { StageReader } from "./method/describe.ts";
import { paintScenes, readTextures, sceneSide } from "./method/digit_scenes.ts";
import {
  ablateDigits,
  detectDigits,
  type DigitDetection,
  rotateMaps,
  type SceneAblation,
} from "./method/dissect_scenes.ts";
import { squeezeNetGeometry } from "./method/geometry.ts";
import { type MaskedReading, readMasked } from "./method/masked_photographs.ts";
import { arrangeMosaics, paintMosaic } from "./method/mosaics.ts";
import { loadNetwork, type NetworkReading, networks } from "./method/networks.ts";
import type { LabelledPhotographs } from "./method/photographs.ts";
import { randomOrthogonal } from "./method/rotation.ts";
import { type Pooling, sceneMaps, sceneNetwork, sceneUnits } from "./method/scene_network.ts";
import {
  type ConceptMasks,
  detect,
  type Detections,
  detectorIou,
  frequentConcepts,
  iouOfUnits,
  type UnitMaps,
} from "./method/unit_masks.ts";
import { showDetectors, type ShownDetector } from "./method/show_detectors.ts";

/** Which concepts are looked at: those with this share of all points of the choosing images, and in so many of these. */
const frequent = { share: 0.003, least: 3 };

/** What is measured of units as detectors of concepts: a value for each way round of the two halves. */
export interface ConceptDetection {
  /** Units above Bau's threshold. */
  readonly detectors: readonly number[];
  /** Their different concepts. */
  readonly concepts: readonly number[];
  /** IoU of the best unit, mean over concepts. */
  readonly best: readonly number[];
  /** The concepts of the detectors, one for each. */
  readonly found: readonly (readonly number[])[];
}

function summarise(detections: readonly Detections[]): ConceptDetection {
  return {
    detectors: detections.map(({ detectors }) => detectors),
    concepts: detections.map(({ concepts }) => concepts),
    best: detections.map(({ best }) => mean(best.map(({ iou }) => iou))),
    found: detections.map(({ units }) =>
      units.filter(({ iou }) => iou > detectorIou).map(({ concept }) => concept)
    ),
  };
}

/** The maps of a stage on some images. */
async function readMaps(
  reader: StageReader,
  count: number,
  image: (i: number) => Promise<RgbImage>,
  progress: (share: number) => void,
): Promise<UnitMaps> {
  let values: Float32Array | undefined;
  let shape: readonly number[] = [];
  for (let i = 0; i < count; i++) {
    const [maps] = reader.read(await image(i));
    shape = maps!.shape;
    values ??= new Float32Array(count * maps!.size);
    values.set(maps!.dataSync() as Float32Array, i * maps!.size);
    maps!.dispose();
    progress((i + 1) / count);
  }
  return { images: count, cells: shape[1]!, units: shape[3]!, values: values! };
}

function rotation(units: number, draw: number, context: ReadContext): Float32Array {
  return randomOrthogonal(units, context.rng(`network_dissection/rotation of ${units}`, draw));
}

/** What the units of a stage detect on coco128. */
export interface MaskDetection {
  /** The stage. */
  readonly stage: string;
  /** The number of the permutation of the weights; `null` where they are as learnt. */
  readonly permuted: number | null;
  /** By shares of points above the threshold of a unit. */
  readonly units: readonly ConceptDetection[];
  /** For each rotation, by shares. */
  readonly rotated: readonly (readonly ConceptDetection[])[];
  /** Units with masks of other images, for each shuffle, at the first share. */
  readonly shuffled: readonly ConceptDetection[];
  /** IoU of the best unit of each colour, mean over colours, at the first share. */
  readonly colour: readonly number[];
  /** Detectors and what they see. */
  readonly shown: readonly ShownDetector[];
}

/** Holds the units of a stage against the masks of coco128. */
export async function masks(
  { parameters, reads: { network, photographs } }: TaskInput<
    {
      readonly stage: string;
      readonly permuted: number | null;
      /** Shares of points above the threshold of a unit. */
      readonly shares: readonly number[];
      /** Points of a side of the grid of masks. */
      readonly grid: number;
      readonly rotations: number;
      readonly shuffles: number;
      /** Detectors that are shown. */
      readonly shown: number;
    },
    { readonly network: NetworkReading; readonly photographs: MaskedReading }
  >,
  context: RunContext,
): Promise<MaskDetection> {
  const { stage, permuted, shares, grid, rotations, shuffles, shown } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    const { side } = networks[network.network].input;
    const masked = await readMasked(photographs, grid, side, context);
    const loaded = await loadNetwork(network, permuted, context);
    const reader = new StageReader(network.network, loaded, [stage]);
    const maps = await readMaps(
      reader,
      masked.count,
      masked.photograph,
      (share) => context.progress(share / 2),
    );
    loaded.dispose();
    const cells = squeezeNetGeometry[stage]!;
    const { halves, concepts, colours } = masked;
    const frequentIn = (labels: ConceptMasks) =>
      halves.map(({ choosing }) => frequentConcepts(labels, concepts.count, choosing, frequent));
    const chosen = frequentIn(concepts);
    const measure = (maps: UnitMaps, share: number) => {
      const [found] = iouOfUnits(maps, cells, [concepts], halves, share);
      return summarise(found!.map((half, h) => detect(half, chosen[h]!)));
    };
    const others = Array.from({ length: shuffles }, (_, draw) => {
      const rng = context.rng("network_dissection/shuffled masks", draw);
      return {
        ...concepts,
        labels: shuffleImages(concepts, halves.map(({ choosing }) => choosing), rng.permutation.bind(rng)),
      };
    });
    const [found, byColour, ...byOthers] = iouOfUnits(
      maps,
      cells,
      [concepts, colours, ...others],
      halves,
      shares[0]!,
    );
    const allColours = basicColours.map((_, i) => i);
    const detections = found!.map((half, h) => detect(half, chosen[h]!));
    return {
      stage,
      permuted,
      units: [summarise(detections), ...shares.slice(1).map((share) => measure(maps, share))],
      rotated: Array.from({ length: rotations }, (_, draw) => {
        const turned = rotateMaps(maps, rotation(maps.units, draw, context));
        context.progress(0.5 + draw / rotations / 2);
        return shares.map((share) => measure(turned, share));
      }),
      shuffled: byOthers.map((found, draw) => {
        const concepts = frequentIn(others[draw]!);
        return summarise(found.map((half, h) => detect(half, concepts[h]!)));
      }),
      colour: byColour!.map((half) => mean(detect(half, allColours).best.map(({ iou }) => iou))),
      shown: await showDetectors(maps, cells, masked, detections[0]!, shares[0]!, shown),
    };
  } finally {
    backend.dispose();
  }
}

/** Masks of other images of the same half. */
function shuffleImages(
  { labels, grid }: ConceptMasks,
  halves: readonly (readonly number[])[],
  permutation: (n: number) => Uint32Array,
): Uint8Array {
  const points = grid * grid;
  const out = new Uint8Array(labels.length);
  for (const half of halves) {
    permutation(half.length).forEach((other, i) => {
      const from = half[other]! * points;
      out.set(labels.subarray(from, from + points), half[i]! * points);
    });
  }
  return out;
}

/** What units detect on mosaics. */
export interface MosaicDetection {
  /** The units. */
  readonly units: ConceptDetection;
  /** Each rotation. */
  readonly rotated: readonly ConceptDetection[];
}

/** Holds the units of a stage against the quarters of mosaics of photographs: chosen on one half of the photographs, tested on the other. */
export async function mosaics(
  { parameters: { stage, permuted, share, grid, rotations }, reads: { network, photographs } }: TaskInput<
    {
      readonly stage: string;
      readonly permuted: number | null;
      readonly share: number;
      readonly grid: number;
      readonly rotations: number;
    },
    { readonly network: NetworkReading; readonly photographs: LabelledPhotographs }
  >,
  context: RunContext,
): Promise<MosaicDetection> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const { side } = networks[network.network].input;
    const [first, second] = [true, false].map((choosing) => arrangeMosaics(photographs, choosing, context));
    const all = [...first!, ...second!];
    const labels = new Uint8Array(all.length * grid * grid);
    all.forEach((members, i) => {
      for (let y = 0; y < grid; y++) {
        for (let x = 0; x < grid; x++) {
          const quarter = 2 * Number(2 * y >= grid) + Number(2 * x >= grid);
          labels[(i * grid + y) * grid + x] = 1 + Math.floor(members[quarter]! / photographs.perClass);
        }
      }
    });
    const loaded = await loadNetwork(network, permuted, context);
    const reader = new StageReader(network.network, loaded, [stage]);
    const paint = (i: number) => paintMosaic(photographs, all[i]!, side, context);
    const maps = await readMaps(reader, all.length, paint, (share) => context.progress(share / 2));
    loaded.dispose();
    const count = photographs.classes.length;
    const numbers = Array.from(all.keys());
    const halves = [{ choosing: numbers.slice(0, first!.length), tested: numbers.slice(first!.length) }];
    const measure = (maps: UnitMaps) => {
      const masks = { grid, side, labels, count };
      const [[found]] = iouOfUnits(maps, squeezeNetGeometry[stage]!, [masks], halves, share) as [[never]];
      return summarise([detect(found, photographs.classes.map((_, label) => label))]);
    };
    return {
      units: measure(maps),
      rotated: Array.from({ length: rotations }, (_, draw) => {
        context.progress(0.5 + draw / rotations / 2);
        return measure(rotateMaps(maps, rotation(maps.units, draw, context)));
      }),
    };
  } finally {
    backend.dispose();
  }
}

/** What a network that was trained on scenes detects. */
export interface SceneDetection {
  readonly pooling: Pooling;
  readonly units: DigitDetection;
  /** Each rotation. */
  readonly rotated: readonly DigitDetection[];
  /** The same network before training. */
  readonly untrained: DigitDetection;
  readonly ablation: SceneAblation;
}

/** Trains a network to tell scenes and holds its units against the digits in them. */
export async function scenes(
  { parameters, reads }: TaskInput<
    {
      readonly pooling: Pooling;
      readonly seed: number;
      readonly train: number;
      readonly test: number;
      readonly epochs: number;
      readonly batchSize: number;
      readonly rate: number;
      readonly rotations: number;
    },
    { readonly train: ImageReading; readonly test: ImageReading; readonly textures: Reading }
  >,
  context: RunContext,
): Promise<SceneDetection> {
  const { pooling, seed, epochs, batchSize, rate, rotations } = parameters;
  const textures = await readTextures(reads.textures, context);
  const paint = async (half: "train" | "test") =>
    paintScenes(
      parameters[half],
      await readImages(reads[half], context),
      textures,
      context.rng(`network_dissection/scenes to ${half}`, seed),
    );
  const learnt = await paint("train");
  const tested = await paint("test");
  const backend = await startBackend({ threads: context.threads });
  try {
    const network = sceneNetwork(pooling, seed);
    const untrained = detectDigits(sceneMaps(network, tested.images), tested);
    await train(
      network,
      { shape: [sceneSide, sceneSide, 1], inputs: learnt.images, labels: learnt.labels },
      {
        epochs,
        batchSize,
        seed,
        optimizer: { rule: "adam" },
        rate: cosineRate(rate),
        progress: (step, steps) => context.progress(0.9 * step / steps),
        checkpoint: { path: context.checkpoint, every: 50, settings: JSON.stringify(parameters) },
      },
    );
    const maps = sceneMaps(network, tested.images);
    const result = {
      pooling,
      units: detectDigits(maps, tested),
      rotated: Array.from(
        { length: rotations },
        (_, draw) => detectDigits(rotateMaps(maps, rotation(sceneUnits, draw, context)), tested),
      ),
      untrained,
      ablation: ablateDigits(network, maps, tested),
    };
    network.dispose();
    return result;
  } finally {
    backend.dispose();
  }
}
