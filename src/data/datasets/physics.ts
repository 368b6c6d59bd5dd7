import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

const pywph = "bregaldo/pywph/7356cfcd39ddb494b07b156cee5a7cc46470a6a1/examples/data";

/** Simulated physical fields; the cartoon image is recoded from a MATLAB file, the phi^4 fields from one of PyTorch. */
export const physics: Dataset = {
  id: "physics",
  title:
    "Two simulated maps of interstellar dust, one cartoon image, and 50 critical phi^4 fields of a learned model",
  licence: "BSD-3-Clause; the phi^4 fields for academic purposes only",
  citation:
    "B. Regaldo-Saint Blancard, PyWPH (software); S. Zhang, S. Mallat, Maximum entropy models from phase " +
    "harmonic covariances, arXiv:1911.10017; T. Marchand, M. Ozawa, G. Biroli, S. Mallat, Wavelet conditional " +
    "renormalization group, arXiv:2207.04941",
  homepage: "https://github.com/bregaldo/pywph",
  files: [
    plainFile(
      "cartoon_toy7d_256_f64.npy",
      524_416,
      "daf0c8ebabfa4d83c0ba679a4670475e49071d859f829f16c740ce147160e2b4",
    ),
    plainFile(
      "ism_dust_I_1.npy",
      1_048_704,
      "362eaa1790238f778f769958fe2ae300f42581616aa9f9bfc269172fd4953584",
      `${pywph}/I_1.npy`,
    ),
    plainFile(
      "ism_dust_I_2.npy",
      1_048_704,
      "027ee47fcbb36a8271a7b85efb8983844e67f4c7b72fb5e7a8a36da2ade1561b",
      `${pywph}/I_2.npy`,
    ),
    plainFile(
      "phi4_L128_beta0.68_wcrg_50x128x128_f32.npy",
      3_276_928,
      "74e697ac02bce3c366c6d3e59cd3f46065a2c1c446fac238961f2ea3844e59f0",
    ),
  ],
};
