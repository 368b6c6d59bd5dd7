/**
 * LeCun et al. 1998 and the slides on convolution: parameters, connections and sizes that are counted on two ways, and identities of
 * convolutions that are computed on two. README.md says what is left open and what was chosen.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import {
  alexNetCells,
  detectorCells,
  identityCells,
  lenet5Cells,
  noiseCells,
  poolingCells,
  sizeCells,
  vggCells,
} from "./cells.ts";
import { figures } from "./figures.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { NetworkName, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Sides of the windows of white noise. */
const noiseWindows = [2, 3, 4];

/** The arithmetic of convolutions as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "convolution_arithmetic",
  paper: {
    title: "Gradient-Based Learning Applied to Document Recognition",
    authors: ["Yann LeCun", "Léon Bottou", "Yoshua Bengio", "Patrick Haffner"],
    year: 1998,
    venue: "Proceedings of the IEEE 86(11), 2278-2324",
    doi: "10.1109/5.726791",
  },
  statement:
    "Convolutional networks have few parameters and many connections; a convolution commutes with shifts, and pooling moves less than it.",
  datasets: ["mnist"],
  profiles,
  figures,

  plan({ settings: { sweep, identityDigits, patches, pooledDigits, windows, standIns } }) {
    const reads = { test: mnist.test.all(standIns) };
    const network = (name: NetworkName) => job("network", { id: `network/${name}`, parameters: { name } });
    const descriptions = job("descriptions", { id: "descriptions", parameters: null });
    return {
      cells: [
        ...lenet5Cells(network("lenet5")),
        ...alexNetCells(network("alexnet"), descriptions),
        ...vggCells(network("vgg"), descriptions),
        ...sizeCells(job("sizes", { id: "sizes", parameters: sweep })),
        ...identityCells(
          job("identities", { id: "identities", parameters: { digits: identityDigits }, reads }),
        ),
        ...detectorCells(job("patches", { id: "patches", parameters: patches })),
        ...noiseCells(
          job("noise", { id: "noise", parameters: { windows, sides: noiseWindows } }),
          noiseWindows,
        ),
        ...poolingCells(job("pooling", { id: "pooling", parameters: { digits: pooledDigits }, reads })),
      ],
    };
  },
};
