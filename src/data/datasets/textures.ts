import type { Dataset } from "../dataset.ts";
import list from "./files/textures.json" with { type: "json" };
import { listedFiles } from "./listed_files.ts";

/** Textures that were modelled by joint statistics of wavelet coefficients. */
export const textures: Dataset = {
  id: "textures",
  title: "Six textures of Portilla and Simoncelli, 256x256 grey",
  licence: "MIT",
  citation:
    "J. Portilla, E. P. Simoncelli, A parametric texture model based on joint statistics of complex wavelet " +
    "coefficients, International Journal of Computer Vision 40(1), 2000",
  homepage: "https://github.com/LabForComputationalVision/textureSynth",
  files: listedFiles(
    list,
    "",
    "LabForComputationalVision/textureSynth/30c3a6c56a249daa292fca18131b968c935eedf9",
  ),
};
