/**
 * What the theory of scattering transforms states (Mallat 2012, and the lecture slides on it), tried where it could fail. README.md
 * says what is measured and what was chosen.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { photographClasses } from "../../src/data/sources/photographs.ts";
import type { DatasetListing, Job, Reproduction } from "../../src/suite/reproduction.ts";
import { L } from "./cells.ts";
import { figures } from "./figures.ts";
import { contractionCells } from "./groups/contraction.ts";
import { decayCells, normCells } from "./groups/energies.ts";
import { translationCells } from "./groups/translation.ts";
import { deformationCells } from "./groups/deformation.ts";
import { commutatorCells } from "./groups/commutator.ts";
import { envelopeCells } from "./groups/envelope.ts";
import { secondLayerCells } from "./groups/second_layer.ts";
import { filterBankCells } from "./groups/filter_bank.ts";
import { job, type Pictures } from "./groups/shared.ts";
import { photographFiles, photographNames, textureNames, textureSource } from "./method/pictures.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

/** The theory as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "scattering_theory",
  paper: {
    title: "Group Invariant Scattering",
    authors: ["Stéphane Mallat"],
    year: 2012,
    venue: "Communications on Pure and Applied Mathematics 65(10), 1331-1398",
    arxiv: "1101.2286",
    doi: "10.1002/cpa.21413",
  },
  statement:
    "Scattering contracts distances, keeps the norm, becomes invariant to translations and stays stable to deformations.",
  datasets: ["caltech-101", "images", "textures", "mnist"],
  profiles,
  figures,

  plan({ settings, dataset }) {
    const pictures = choosePictures(settings, dataset("caltech-101"));
    return {
      cells: [
        ...contractionCells(settings),
        ...normCells(settings, pictures),
        ...decayCells(pictures),
        ...translationCells(pictures),
        ...deformationCells(settings, pictures),
        ...commutatorCells(settings),
        ...envelopeCells(pictures),
        ...secondLayerCells(settings),
        ...filterBankCells(settings),
      ],
      figureJobs: figureJobs(),
    };
  },
};

/** Photographs of both data sets, textures and digits. */
function choosePictures(
  { photographs, textures, digits, standIns }: Settings,
  caltech: DatasetListing,
): Pictures {
  const classes = photographClasses(caltech, { imagesPerClass: 1, standIns });
  const count = Math.min(photographs.classes, classes.length);
  const chosen = Array.from({ length: count }, (_, i) => classes[Math.floor((i * classes.length) / count)]!);
  return {
    photographs: [
      ...photographNames.slice(0, photographs.images).map((name) => ({
        name,
        pictures: photographFiles([name]),
      })),
      ...chosen.map(({ name, photographs }) => ({ name: `caltech-101/${name}`, pictures: photographs })),
    ],
    textures: textureNames.slice(0, textures).map((name) => ({ name, pictures: textureSource([name]) })),
    digits: [{ name: "digits", pictures: mnist.test.first(digits) }],
  };
}

/** What figures show beside the measurements. */
function figureJobs(): Job[] {
  const pictures = photographFiles([photographNames[0]]);
  return [
    job("propagate", { id: "figure/propagator", parameters: { side: 64, J: 3, L }, reads: { pictures } }),
    job("layerSignal", { id: "figure/signal", parameters: { side: 256, J: 5, L }, reads: { pictures } }),
  ];
}
