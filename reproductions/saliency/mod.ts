/**
 * Where trained networks look: Grad-CAM, the deconvolutional network and occlusion. README.md says what the papers leave open and what
 * was chosen.
 *
 * @module
 */
import { pictures } from "../../src/data/sources/pictures.ts";
import { classPhotographs, type NamedPhotographs } from "../../src/pretrained/sources/class_photographs.ts";
import { joinPhotographs } from "../../src/pretrained/sources/join_photographs.ts";
import { type NetworkName, networkSource } from "../../src/pretrained/sources/network_source.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import {
  comparisonCells,
  deconvnetCells,
  occlusionCells,
  permutedOcclusionCells,
  pointingCells,
  pointingOrder,
} from "./cells.ts";
import { figures } from "./figures.ts";
import { dogAndCatJobId, pairJobId } from "./job_ids.ts";
import type { ExcitedLayer } from "./method/excite_units.ts";
import type { CountedClass } from "./method/pairs.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** ImageNet's numbers of the dalmatian and the Egyptian cat, a dog and a cat as on the slide. */
const dogAndCat = [251, 285] as const;

/** All photographs of a class that this project knows. */
const everyImage = 30;

/** The layers of SqueezeNet whose units are shown, and where they look. */
const layers: readonly ExcitedLayer[] = [
  { stage: "conv1", stride: 2, first: 3, field: 7 },
  { stage: "fire3", stride: 4, first: 5, field: 27 },
  { stage: "fire5", stride: 8, first: 9, field: 59 },
  { stage: "fire7", stride: 8, first: 9, field: 91 },
  { stage: "fire9", stride: 16, first: 17, field: 155 },
];

/** Rows and columns of the pictures of units. */
const pictureSide = 28;

/** Saliency as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "saliency",
  paper: {
    title: "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization",
    authors: [
      "Ramprasaath R. Selvaraju",
      "Michael Cogswell",
      "Abhishek Das",
      "Ramakrishna Vedantam",
      "Devi Parikh",
      "Dhruv Batra",
    ],
    year: 2017,
    venue: "IEEE International Conference on Computer Vision, 618-626",
    arxiv: "1610.02391",
    doi: "10.1109/ICCV.2017.74",
  },
  statement:
    "Maps of a trained classifier point at the object of a class; what is taken back from its units shows what excites them.",
  datasets: ["caltech-101", "cnn", "images"],
  profiles,
  figures,

  plan({ settings, seeds, dataset }) {
    const { compared, pointed, occluded, vectors, excited, standIns } = settings;
    const found = dataset("caltech-101");
    const exact = (imagesPerClass: number): NamedPhotographs[] =>
      classPhotographs(found, {
        imagesPerClass,
        standIns: { classes: standIns.classes, imagesPerClass: standIns.photographs, side: standIns.side },
      }).filter(({ exact }) => exact);
    const told = (classes: readonly NamedPhotographs[]) => ({
      classes: classes.map(({ ids, photographs }): CountedClass => {
        const { files, leaves } = photographs.resolve(found);
        return { id: ids[0]!, count: files.length + (leaves?.seeds.length ?? 0) };
      }),
      photographs: joinPhotographs(classes.map(({ photographs }) => photographs)),
    });
    const source = (network: NetworkName) => networkSource(network, standIns.side);
    const picturesOf = (...files: readonly string[]) =>
      pictures("images", files, { side: standIns.side, seeds: files.map((_, i) => i) });
    const everySeed = Array.from({ length: seeds }, (_, seed) => seed);

    const few = told(exact(compared));
    const all = told(exact(everyImage));
    const compare = (network: NetworkName) =>
      job("compare", {
        id: `compare/${network}`,
        parameters: { count: few.classes.reduce((sum, { count }) => sum + count, 0) },
        reads: { photographs: few.photographs, network: source(network) },
      });
    const point = (network: NetworkName) =>
      everySeed.map((seed) =>
        job("point", {
          id: pairJobId("point", network, seed),
          parameters: { classes: all.classes, pairs: pointed[network], seed },
          reads: { photographs: all.photographs, network: source(network) },
        })
      );
    const cover = (network: NetworkName, permuted: boolean) =>
      everySeed.map((seed) =>
        job("cover", {
          id: pairJobId(permuted ? "cover-permuted" : "cover", network, seed),
          parameters: { classes: all.classes, pairs: occluded[network], seed, permuted },
          reads: { photographs: all.photographs, network: source(network) },
        })
      );
    const adjoint = job("adjoint", {
      id: "adjoint",
      parameters: { vectors },
      reads: { photographs: picturesOf("chelsea.png", "coffee.png"), network: source("squeezenet") },
    });
    const excite = job("excite", {
      id: "excite",
      parameters: { layers, units: excited.units, pictures: excited.pictures, side: pictureSide },
      reads: { photographs: told(exact(excited.imagesPerClass)).photographs, network: source("squeezenet") },
    });
    const [dog] = dogAndCat;
    const dogs = exact(1).find(({ ids }) => ids.includes(dog)) ?? exact(1)[0]!;
    const pairMaps = (["squeezenet", "mobilenet"] as const).map((network) =>
      job("dogAndCat", {
        id: dogAndCatJobId(network),
        parameters: { ids: dogAndCat },
        reads: {
          photographs: dogs.photographs,
          pictures: picturesOf("chelsea.png"),
          network: source(network),
        },
      })
    );
    const squeezenet = point("squeezenet");
    return {
      cells: [
        ...comparisonCells("squeezenet", [compare("squeezenet")]),
        ...comparisonCells("mobilenet", [compare("mobilenet")]),
        ...pointingCells("squeezenet", squeezenet),
        ...pointingCells("mobilenet", point("mobilenet")),
        pointingOrder("squeezenet", squeezenet),
        ...deconvnetCells([adjoint], [excite]),
        ...occlusionCells("squeezenet", cover("squeezenet", false)),
        ...occlusionCells("mobilenet", cover("mobilenet", false)),
        ...permutedOcclusionCells("mobilenet", cover("mobilenet", true)),
      ],
      figureJobs: pairMaps,
    };
  },
};
