import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

const pywph = "bregaldo/pywph/7356cfcd39ddb494b07b156cee5a7cc46470a6a1/examples/data";

/** Simulated physical fields; the cartoon image is recoded from a MATLAB file. */
export const physics: Dataset = {
  id: "physics",
  title: "Two simulated maps of interstellar dust and one cartoon image",
  licence: "BSD-3-Clause",
  citation:
    "B. Regaldo-Saint Blancard, PyWPH (software); S. Zhang, S. Mallat, Maximum entropy models from phase " +
    "harmonic covariances, arXiv:1911.10017",
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
  ],
};
