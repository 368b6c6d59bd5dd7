/**
 * Lee, Grosse, Ranganath and Ng: a convolutional deep belief network learns edges, contours and parts of objects from images
 * without classes. README.md says what the paper leaves open and what was chosen.
 *
 * @module
 */
import { linearPictures, type PicturePart } from "../../src/data/sources/linear_pictures.ts";
import { photographClasses, type PhotographSource } from "../../src/data/sources/photographs.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import { classNames, firstLayerCells, type LayerJobs, precisionCells, secondLayerCells } from "./cells.ts";
import { figures } from "./figures.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { ClassName, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The folders of the classes. */
const folders: Readonly<Record<ClassName, string>> = {
  faces: "Faces_easy",
  cars: "car_side",
  airplanes: "airplanes",
  motorbikes: "Motorbikes",
};

/** A convolutional deep belief network as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "convolutional_dbn",
  paper: {
    title: "Unsupervised Learning of Hierarchical Representations with Convolutional Deep Belief Networks",
    authors: ["Honglak Lee", "Roger Grosse", "Rajesh Ranganath", "Andrew Y. Ng"],
    year: 2011,
    venue: "Communications of the ACM 54(10), 95-103",
    doi: "10.1145/2001269.2001295",
  },
  statement:
    "From images without classes the first layer learns oriented edges, the second one contours and parts of objects, which tell classes apart.",
  datasets: ["kyoto_natim", "caltech-101"],
  profiles,
  figures,

  plan({ settings, seeds, dataset }) {
    const { updates: { first, second, third }, mixture, permutations, fits, photographs, standIns } =
      settings;
    const each = Array.from({ length: seeds }, (_, seed) => seed);
    const pictures = (part: PicturePart, from: number) =>
      linearPictures("kyoto_natim", part, {
        side: standIns.side,
        seeds: Array.from({ length: standIns.kyoto }, (_, picture) => from + picture),
      });
    const kyoto = { learnt: pictures("learnt from", 0), heldOut: pictures("held out", standIns.kyoto) };
    const classes = photographClasses(dataset("caltech-101"), {
      imagesPerClass: photographs,
      standIns: { classes: classNames.length, imagesPerClass: standIns.class, side: standIns.side },
    });
    const sources = Object.fromEntries(
      classNames.map((name, i) => [
        name,
        (classes.find((one) => one.name === folders[name]) ?? classes[i]!).photographs,
      ]),
    ) as Record<ClassName, PhotographSource>;
    const ofSeed = (seed: number) => ({ first, second, permutations, seed });
    const layersOf = (seen: ClassName | "mixture") =>
      each.map((seed) =>
        job("layersOfPhotographs", {
          id: `${seen}/seed=${seed}`,
          parameters: { ...ofSeed(seed), third, seen },
          reads: { ...kyoto, ...sources },
        })
      );
    const jobs: LayerJobs = {
      first: each.map((seed) =>
        job("firstLayer", { id: `first/seed=${seed}`, parameters: { first, seed, fits }, reads: kyoto })
      ),
      kyoto: each.map((seed) =>
        job("secondLayerOfKyoto", { id: `kyoto/seed=${seed}`, parameters: ofSeed(seed), reads: kyoto })
      ),
      photographs: {
        faces: layersOf("faces"),
        cars: layersOf("cars"),
        airplanes: layersOf("airplanes"),
        motorbikes: layersOf("motorbikes"),
        mixture: mixture ? layersOf("mixture") : [],
      },
    };
    return { cells: [...firstLayerCells(jobs), ...secondLayerCells(jobs), ...precisionCells(jobs)] };
  },
};
