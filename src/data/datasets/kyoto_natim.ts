import type { Dataset } from "../dataset.ts";
import thumbnails from "./files/kyoto_natim.json" with { type: "json" };
import { listedFiles } from "./listed_files.ts";

/** Natural images whose pixels are linear in the light that each kind of cone receives. */
export const kyotoNatim: Dataset = {
  id: "kyoto_natim",
  title: "31 of the 62 Kyoto natural images, 256x200, 16-bit colour",
  licence: "none stated; cite the paper",
  citation:
    "E. Doi, T. Inui, T.-W. Lee, T. Wachtler, T. J. Sejnowski, Spatiochromatic receptive field properties " +
    "derived from information-theoretic analyses of cone mosaic responses to natural scenes, Neural Computation " +
    "15(2), 2003",
  homepage: "https://github.com/eizaburo-doi/kyoto_natim",
  files: listedFiles(
    thumbnails,
    "thumb",
    "eizaburo-doi/kyoto_natim/916244c3131381083f94eb1376169d9cbae87760/thumb",
  ),
};
