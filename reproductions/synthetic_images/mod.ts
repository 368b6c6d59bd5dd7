/**
 * Images that a trained network makes: of classes, judged by another network, and DeepDream. README.md says what is left open and what
 * was chosen.
 *
 * @module
 */
import { pictures } from "../../src/data/sources/pictures.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import { bookClasses, classCells, dreamCells, dreamStages, otherClasses } from "./cells.ts";
import { figures } from "./figures.ts";
import { plain } from "./method/ascend.ts";
import { networkSource } from "./method/networks.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Synthetic images as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "synthetic_images",
  paper: {
    title: "Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps",
    authors: ["Karen Simonyan", "Andrea Vedaldi", "Andrew Zisserman"],
    year: 2014,
    venue: "ICLR workshop",
    arxiv: "1312.6034",
  },
  statement:
    "Ascending a network's score of a class gives images of which every probability is 1; only where smoothness holds the ascent back does another network see the class.",
  datasets: ["cnn", "images"],
  profiles,
  figures,

  plan({ settings: { ascent, dream, gradient }, seeds }) {
    const reads = { networks: networkSource };
    const images = (kind: "book" | "regularised" | "plain", labels: readonly number[]) =>
      Array.from({ length: seeds }, (_, seed) =>
        job("classes", {
          id: `classes/${kind}/seed=${seed}`,
          parameters: { labels, seed, ascent: kind === "plain" ? { ...ascent, prior: plain } : ascent },
          reads,
        }));
    const photograph = pictures("images", ["chelsea.png"], { side: 227, seeds: [0] });
    const dreams = dreamStages.map((stage) =>
      [
        stage,
        job("dreams", {
          id: `dreams/${stage}`,
          parameters: { stage, ...dream },
          reads: { ...reads, photograph },
        }),
      ] as const
    );
    return {
      cells: [
        ...classCells({
          book: images("book", bookClasses),
          regularised: images("regularised", otherClasses),
          plain: images("plain", otherClasses),
        }),
        ...dreamCells(
          job("gradients", { id: "gradients", parameters: { stage: "fire5", ...gradient }, reads }),
          Object.fromEntries(dreams),
        ),
      ],
    };
  },
};
