/**
 * Whole photographs: what single units detect, what is lost without them, and what excites them most.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import { type Choice, chooseUnits, classesWithout, tailOf } from "./method/ablate.ts";
import { type BestUnit, bestUnits, type Described, isChoosing } from "./method/best_units.ts";
import { exactClasses, isOfConcept } from "./method/caltech_concepts.ts";
import { StageReader } from "./method/describe.ts";
import { describePhotographs } from "./method/described_photographs.ts";
import { squeezeNetGeometry } from "./method/geometry.ts";
import { loadNetwork, type NetworkReading, networks } from "./method/networks.ts";
import { cutPatch, pairCorrelation, type Place, stretched, strongestPlaces } from "./method/patches.ts";
import { countPhotographs, type LabelledPhotographs, readPhotograph } from "./method/photographs.ts";
import { inBasis, randomOrthogonal } from "./method/rotation.ts";

type Readings = { readonly network: NetworkReading; readonly photographs: LabelledPhotographs };

/** What the units of a stage detect. */
export interface StageDetection {
  /** The stage. */
  readonly name: string;
  /** Of each class its best unit. */
  readonly classes: readonly BestUnit[];
  /** The best unit for faces, and that for airplanes. */
  readonly faces: BestUnit;
  readonly airplanes: BestUnit;
}

/** What the units of a network detect, and what rotations of its last stage do. */
export interface ImageDetection {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The stages, from the input on. */
  readonly stages: readonly StageDetection[];
  /** The last stage in random bases. */
  readonly rotated: readonly StageDetection[];
}

function detectStage(name: string, described: Described, photographs: LabelledPhotographs): StageDetection {
  const concepts = photographs.classes.map((_, own) => (label: number) => label === own);
  const found = bestUnits(described, [
    ...concepts,
    isOfConcept("faces", photographs),
    isOfConcept("airplanes", photographs),
  ]);
  const [faces, airplanes] = found.slice(-2) as [BestUnit, BestUnit];
  return { name, classes: found.slice(0, -2), faces, airplanes };
}

/** Describes photographs by the means of units and finds the best unit of each class. */
export async function images(
  { parameters: { stages, permuted, rotations }, reads: { network, photographs } }: TaskInput<
    { readonly stages: readonly string[]; readonly permuted: number | null; readonly rotations: number },
    Readings
  >,
  context: RunContext,
): Promise<ImageDetection> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const described = await describePhotographs(
      network,
      photographs,
      { stages, permuted },
      context,
      (share) => context.progress(0.9 * share),
    );
    const last = stages.at(-1)!;
    return {
      classes: photographs.classes,
      stages: stages.map((name) => detectStage(name, described.stage(name, "mean"), photographs)),
      rotated: Array.from({ length: rotations }, (_, draw) => {
        const { values, units, perClass } = described.stage(last, "mean");
        const basis = randomOrthogonal(units, context.rng(`network_dissection/rotation of ${units}`, draw));
        return detectStage(last, { values: inBasis(values, basis), units, perClass }, photographs);
      }),
    };
  } finally {
    backend.dispose();
  }
}

/** A photograph's class as the network finds it: with all units, and without some. */
export interface AblatedPhotograph {
  /** The number of its class among the exact ones. */
  readonly label: number;
  /** Whether it is right with all units. */
  readonly before: boolean;
  /** Whether it is right without the units of its class; by chance, the share of the draws. */
  readonly own: Readonly<Record<Choice, number>>;
  /** The share of right answers without the units of other classes, chosen by average precision. */
  readonly others: number;
}

/** Sets units of each exact class to 0 and classifies photographs of it and of others. */
export async function ablation(
  { parameters: { stages, count, draws, others }, reads: { network, photographs } }: TaskInput<
    {
      /** The stages that photographs are described by; units of the last are removed. */
      readonly stages: readonly string[];
      /** Units that are removed. */
      readonly count: number;
      /** Draws of random units. */
      readonly draws: number;
      /** Other classes whose units are removed, for each photograph. */
      readonly others: number;
    },
    Readings
  >,
  context: RunContext,
): Promise<AblatedPhotograph[]> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const describing = { stages, permuted: null };
    const described = await describePhotographs(
      network,
      photographs,
      describing,
      context,
      (share) => context.progress(share / 2),
    );
    const loaded = await loadNetwork(network, null, context);
    const stage = networks[network.network].stages.find(({ name }) => name === stages.at(-1))!;
    const kernel = loaded.getLayer(networks[network.network].stages.at(-1)!.before).getWeights()[0]!;
    const [high, wide, units, outputs] = kernel.shape as [number, number, number, number];
    const weights = (tf.sum(kernel, [0, 1]).dataSync() as Float32Array).map((value) => value / (high * wide));
    const classes = exactClasses(photographs);
    const chosen = Array.from(
      { length: draws },
      (_, draw) =>
        chooseUnits(
          described.stage(stage.name, "mean"),
          classes,
          { values: weights, classes: outputs },
          Math.min(count, units - 1),
          context.rng("network_dissection/random units", draw),
        ),
    );
    const reader = new StageReader(network.network, loaded, [stage.name]);
    const tail = tailOf(loaded, stage.after);
    const rng = context.rng("network_dissection/other classes", 0);
    const tested = classes.flatMap(({ label }, exact) =>
      Array.from(
        { length: photographs.perClass },
        (_, i) => ({ exact, index: label * photographs.perClass + i }),
      )
        .filter(({ index }) => !isChoosing(index, photographs.perClass))
    );
    const found: AblatedPhotograph[] = [];
    for (const [done, { exact, index }] of tested.entries()) {
      const rest = rng.shuffle(
        classes.map((_, other) => other).filter((other) =>
          classes[other]!.imageNet !== classes[exact]!.imageNet
        ),
      ).slice(0, others);
      const [maps] = reader.read(await readPhotograph(photographs, index, context));
      const own = chosen.map((units) => units[exact]!);
      const sets = [
        [],
        own[0]!.weights,
        own[0]!.ap,
        ...own.map(({ random }) => random),
        ...rest.map((other) => chosen[0]![other]!.ap),
      ];
      const right = Array.from(
        classesWithout(tail, maps!, sets),
        (found) => Number(found === classes[exact]!.imageNet),
      );
      maps!.dispose();
      found.push({
        label: exact,
        before: right[0] === 1,
        own: { weights: right[1]!, ap: right[2]!, random: mean(right.slice(3, 3 + draws)) },
        others: mean(right.slice(3 + draws)),
      });
      context.progress(0.5 + (done + 1) / tested.length / 2);
    }
    loaded.dispose();
    return found;
  } finally {
    backend.dispose();
  }
}

/** What excites the units of a stage most. */
export interface StagePatches {
  /** The stage. */
  readonly stage: string;
  /** Of each unit that was looked at: the mean correlation of pairs of its patches. */
  readonly correlations: readonly number[];
  /** The same of as many random patches. */
  readonly random: readonly number[];
  /** Some units and their patches, `(size, size, 3)` each. */
  readonly shown: readonly { readonly unit: number; readonly patches: readonly (readonly number[])[] }[];
}

/** Finds the patches that excite units most. */
export async function patches(
  { parameters, reads: { network, photographs } }: TaskInput<
    {
      /** The stages that photographs are described by. */
      readonly stages: readonly string[];
      /** Those that are looked at. */
      readonly looked: readonly string[];
      /** Units of each, evenly spaced. */
      readonly units: number;
      /** Patches of a unit. */
      readonly count: number;
      /** Pixels of a side of a patch that is shown or compared. */
      readonly size: number;
      /** Units of a stage that are shown. */
      readonly shown: number;
    },
    Readings
  >,
  context: RunContext,
): Promise<StagePatches[]> {
  const { stages, looked, units, count, size, shown } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    const described = await describePhotographs(
      network,
      photographs,
      { stages, permuted: null },
      context,
      (share) => context.progress(share / 2),
    );
    const { side } = networks[network.network].input;
    const rng = context.rng("network_dissection/random patches", 0);
    const wanted = looked.flatMap((stage) => {
      const [maxima, places] = [described.stage(stage, "max"), described.stage(stage, "place")];
      const { first, step } = squeezeNetGeometry[stage]!;
      const cells = Math.round((side - 2 * first - 1) / step) + 1;
      return Array.from({ length: Math.min(units, maxima.units) }, (_, i) => {
        const unit = Math.floor(i * maxima.units / Math.min(units, maxima.units));
        const random = Array.from({ length: count }, (): Place => ({
          photograph: rng.integer(countPhotographs(photographs)),
          row: rng.integer(cells),
          column: rng.integer(cells),
        }));
        return { stage, unit, strongest: strongestPlaces(maxima, places, unit, cells, count), random };
      });
    });
    const byPhotograph = Map.groupBy(
      wanted.flatMap(({ stage, strongest, random }) =>
        [...strongest, ...random].map((place) => ({ stage, place }))
      ),
      ({ place }) => place.photograph,
    );
    const cut = new Map<Place, number[]>();
    let done = 0;
    for (const [index, places] of byPhotograph) {
      const image = stretched(await readPhotograph(photographs, index, context), side);
      for (const { stage, place } of places) {
        cut.set(place, cutPatch(image, squeezeNetGeometry[stage]!, place, size));
      }
      context.progress(0.5 + ++done / byPhotograph.size / 2);
    }
    const patchesOf = (places: readonly Place[]) => places.map((place) => cut.get(place)!);
    return looked.map((stage) => {
      const own = wanted.filter((one) => one.stage === stage);
      const every = Math.max(1, Math.floor(own.length / shown));
      return {
        stage,
        correlations: own.map(({ strongest }) => pairCorrelation(patchesOf(strongest))),
        random: own.map(({ random }) => pairCorrelation(patchesOf(random))),
        shown: own.filter((_, i) => i % every === 0).slice(0, shown)
          .map(({ unit, strongest }) => ({ unit, patches: patchesOf(strongest) })),
      };
    });
  } finally {
    backend.dispose();
  }
}
