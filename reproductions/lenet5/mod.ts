/**
 * LeCun, Bottou, Bengio and Haffner: LeNet-5 as a classifier of digits. The network is that of the paper, layer by layer, built from
 * the description that `src/nn/descriptions/` counts; README.md says what of its training is the paper's.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { jobMaker, type Plan, type PlanRequest, type Reproduction } from "../../src/suite/reproduction.ts";
import { controlCell, outputCells } from "./cells.ts";
import { paintFigures } from "./figures.ts";
import { profiles, type Settings } from "./profiles.ts";
import { type LineName, lines, type Part, partsInWhole } from "./protocol.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** LeNet-5 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "lenet5",
  paper: {
    title: "Gradient-Based Learning Applied to Document Recognition",
    authors: ["Yann LeCun", "Léon Bottou", "Yoshua Bengio", "Patrick Haffner"],
    year: 1998,
    venue: "Proceedings of the IEEE 86(11), 2278-2324",
    doi: "10.1109/5.726791",
  },
  statement:
    "A convolutional network of 60,000 parameters puts less than one digit in a hundred into a wrong class.",
  datasets: ["mnist"],
  profiles,
  plan,
  figures: paintFigures,
};

function plan({ settings, seeds }: PlanRequest<Settings>): Plan {
  const { digits, passes, probe, kept, standIns } = settings;
  const trainings = (line: LineName, part: Part) =>
    Array.from({ length: seeds }, (_, seed) =>
      job("learn", {
        id: `${line}/${part}/seed=${seed}`,
        parameters: {
          line,
          seed,
          training: lines[line],
          digits: digits / partsInWhole[part],
          passes,
          probe,
          followed: part === "whole",
          kept: part === "whole" && seed === 0 ? kept : 0,
        },
        reads: { train: mnist.train.all(standIns.train), test: mnist.test.all(standIns.test) },
      }));
  const byPart = (line: LineName) => ({
    whole: trainings(line, "whole"),
    half: trainings(line, "half"),
    quarter: trainings(line, "quarter"),
  });
  const softmax = byPart("softmax");
  return {
    cells: [
      ...outputCells("rbf", byPart("rbf")),
      ...outputCells("softmax", softmax),
      controlCell(softmax.whole, trainings("frozen", "whole")),
    ],
  };
}
