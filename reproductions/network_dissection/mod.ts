/**
 * Units of trained networks as detectors of concepts that nobody named: of whole photographs, of pixels, and of digits in scenes; what
 * is lost without them. README.md says what is left open and what was chosen.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import { ablationCells, imageCells, maskCells, mosaicCells, patchCells, sceneCells } from "./cells.ts";
import { figures } from "./figures.ts";
import { textureSource } from "./method/digit_scenes.ts";
import { maskedPhotographs } from "./method/masked_photographs.ts";
import { type NetworkName, networkSource } from "./method/networks.ts";
import { labelledPhotographs } from "./method/photographs.ts";
import type { Pooling } from "./method/scene_network.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The stages of whole photographs; the last one is held against controls. */
const stagesOf = {
  squeezenet: ["conv1", "fire2", "fire3", "fire4", "fire5", "fire6", "fire7", "fire8", "fire9"],
  mobilenet: ["pw13"],
} as const;

const last = "fire9";

/** Dissection as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "network_dissection",
  paper: {
    title: "Understanding the role of individual units in a deep neural network",
    authors: [
      "David Bau",
      "Jun-Yan Zhu",
      "Hendrik Strobelt",
      "Agata Lapedriza",
      "Bolei Zhou",
      "Antonio Torralba",
    ],
    year: 2020,
    venue: "Proceedings of the National Academy of Sciences 117(48), 30071-30078",
    arxiv: "2009.05041",
    doi: "10.1073/pnas.1907375117",
  },
  statement:
    "Single units of a network that learnt classes alone detect objects and parts that no label named, better than directions in between, and their classes are lost without them.",
  datasets: ["caltech-101", "coco128", "cnn", "mnist", "textures"],
  profiles,
  figures,

  plan({ settings, seeds }) {
    const { rotations, permutations, ablation, patches, masks, mosaics, scenes } = settings;
    const photographs = labelledPhotographs(settings.photographs);
    const draws = Array.from({ length: permutations }, (_, draw) => draw);
    const name = (permuted: number | null) => permuted === null ? "trained" : `permuted=${permuted}`;

    const images = (network: NetworkName, permuted: number | null) =>
      job("images", {
        id: `images/${network}/${name(permuted)}`,
        parameters: {
          stages: permuted === null ? stagesOf[network] : stagesOf[network].slice(-1),
          permuted,
          rotations: permuted === null ? rotations : 0,
        },
        reads: { network: networkSource(network), photographs },
      });
    const reads = { network: networkSource("squeezenet"), photographs };
    const ablated = job("ablation", {
      id: "ablation",
      parameters: { stages: stagesOf.squeezenet, ...ablation },
      reads,
    });
    const patched = job("patches", {
      id: "patches",
      parameters: { stages: stagesOf.squeezenet, looked: masks.stages, ...patches },
      reads,
    });
    const { stages, standIns, shares, ...detection } = masks;
    const masked = (stage: string, permuted: number | null) =>
      job("masks", {
        id: `masks/${stage}/${name(permuted)}`,
        parameters: {
          ...detection,
          stage,
          permuted,
          shares: stage === last && permuted === null ? shares : shares.slice(0, 1),
          ...stage === last && permuted === null ? {} : { rotations: 0, shuffles: 0 },
        },
        reads: { network: networkSource("squeezenet"), photographs: maskedPhotographs(standIns) },
      });
    const mosaic = (permuted: number | null) =>
      job("mosaics", {
        id: `mosaics/${name(permuted)}`,
        parameters: {
          ...mosaics,
          stage: last,
          permuted,
          rotations: permuted === null ? mosaics.rotations : 0,
        },
        reads,
      });
    const { standIns: digits, averageSeeds, ...training } = scenes;
    const scenesWith = (pooling: Pooling, count: number) =>
      Array.from({ length: count }, (_, seed) =>
        job("scenes", {
          id: `scenes/${pooling}/seed=${seed}`,
          parameters: { ...training, pooling, seed },
          reads: {
            train: mnist.train.all(digits.train),
            test: mnist.test.all(digits.test),
            textures: textureSource,
          },
        }));
    return {
      cells: [
        ...imageCells({
          squeezenet: images("squeezenet", null),
          mobilenet: images("mobilenet", null),
          permuted: {
            squeezenet: draws.map((draw) => images("squeezenet", draw)),
            mobilenet: draws.map((draw) => images("mobilenet", draw)),
          },
        }),
        ...ablationCells(ablated),
        ...maskCells({
          stages: Object.fromEntries(stages.map((stage) => [stage, masked(stage, null)])),
          permuted: draws.map((draw) => masked(last, draw)),
        }),
        ...mosaicCells(mosaic(null), draws.map(mosaic)),
        ...sceneCells(scenesWith("max", seeds), scenesWith("average", Math.min(seeds, averageSeeds))),
        ...patchCells(patched),
      ],
    };
  },
};
