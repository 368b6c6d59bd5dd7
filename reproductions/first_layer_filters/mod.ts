/**
 * Bishop's and Tanner's slides: the first layers of trained networks are Gabor functions, and alike. README.md says what the slides
 * leave open and what was chosen.
 *
 * @module
 */
import { cifar10 } from "../../src/data/sources/labelled_image_sources.ts";
import { linearPictures } from "../../src/data/sources/linear_pictures.ts";
import type { Source } from "../../src/data/sources/source.ts";
import { alexNet, firstLayers, squeezeNet } from "../../src/pretrained/mod.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import { type BankJobs, coverageCells, gaborCells, likenessCells, recoveryCells } from "./cells.ts";
import { figures } from "./figures.ts";
import type { NetworkName } from "./method/banks.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The noise under which synthetic functions are sought. */
const noises = [0.05, 0.2];

/** Files of the data set of trained networks. */
function networkFiles(files: readonly string[]): Source {
  const dataset = squeezeNet.dataset;
  return {
    dataset,
    resolve: ({ source }) => ({
      dataset,
      files: source === "stand-in" ? [] : files,
      standIn: source === "stand-in",
    }),
  };
}

/** The file of a first layer that stands alone. */
function layerFile(title: string): string {
  return firstLayers.find((layer) => layer.title === title)!.file;
}

const files: Readonly<Record<NetworkName, readonly string[]>> = {
  "squeezenet": squeezeNet.files,
  "alexnet": alexNet.files,
  "resnet152": [layerFile("ResNet-152")],
  "inception-bn": [layerFile("Inception-BN")],
};

/** First layers as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "first_layer_filters",
  paper: {
    title: "Deep Learning: Foundations and Concepts",
    authors: ["Christopher M. Bishop", "Hugh Bishop"],
    year: 2024,
    venue: "Springer, chapter 10: Convolutional Networks",
    doi: "10.1007/978-3-031-45468-4",
  },
  statement:
    "Filters of the first layer of trained networks are Gabor functions, as those of the visual cortex, and those of different networks are alike.",
  datasets: ["cnn", "cifar-10", "kyoto_natim"],
  profiles,
  figures,

  plan({ settings, seeds }) {
    const { draws, fits, synthetic, updates, standIns } = settings;
    const { images, ...training } = settings.cifar10;
    const each = Array.from({ length: seeds }, (_, seed) => seed);
    const network = (name: NetworkName) => [
      job("fitNetwork", {
        id: `network/${name}`,
        parameters: { network: name, draws, fits },
        reads: { files: networkFiles(files[name]) },
      }),
    ];
    const banks: BankJobs = {
      "squeezenet": network("squeezenet"),
      "alexnet": network("alexnet"),
      "resnet152": network("resnet152"),
      "inception-bn": network("inception-bn"),
      "cifar10": each.map((seed) =>
        job("fitCifar10", {
          id: `cifar10/seed=${seed}`,
          parameters: { draws, fits, training: { ...training, images, seed } },
          reads: { train: cifar10.train.first(images) },
        })
      ),
      "cdbn": each.map((seed) =>
        job("fitCdbn", {
          id: `cdbn/seed=${seed}`,
          parameters: { draws, fits, updates, seed },
          reads: {
            pictures: linearPictures("kyoto_natim", "learnt from", {
              side: standIns.side,
              seeds: Array.from({ length: standIns.pictures }, (_, picture) => picture),
            }),
          },
        })
      ),
    };
    const small = job("showFilters", {
      id: "network/vgg16",
      parameters: {},
      reads: { files: networkFiles([layerFile("VGG-16")]) },
    });
    return {
      cells: [
        ...noises.flatMap((noise) =>
          recoveryCells(noise, [
            job("recover", {
              id: `recovery/noise=${noise}`,
              parameters: { noise, count: synthetic, seed: 0, fits },
            }),
          ])
        ),
        ...gaborCells(banks),
        ...coverageCells(banks),
        ...likenessCells(banks),
      ],
      figureJobs: [small],
    };
  },
};
