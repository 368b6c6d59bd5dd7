import type { Dataset } from "../dataset.ts";
import { packedFile, plainFile } from "./plain_file.ts";

const zipcode =
  "dgkim5360/the-elements-of-statistical-learning-notebooks/2c13a4818379451bcce802bcd7917f4878e12977/data/zipcode";

/** USPS: digits of envelopes, verified by the decompressed content. */
export const usps: Dataset = {
  id: "usps",
  title: "USPS handwritten digits: 7,291 for training, 2,007 for testing, 16x16 grey",
  licence: "none stated",
  citation:
    "Y. LeCun et al., Handwritten digit recognition with a back-propagation network, NIPS 1990; as with " +
    "T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, Springer 2009",
  homepage: "https://hastie.su.domains/ElemStatLearn/datasets/zip.info.txt",
  files: [
    plainFile(
      "zip.info.txt",
      1_174,
      "927ca750c4117b61a71def180d5e4f00f1323a4b2c9cd990f576aa8def3505f1",
      `${zipcode}/zip.info.txt`,
    ),
    packedFile(
      "zip.test.gz",
      439_208,
      2_029_542,
      "6bde17b4f1cd68e0630cd2751d6495b5795d9165ab2dc4a0be8b7002b732f4cc",
      `${zipcode}/zip.test.gz`,
    ),
    packedFile(
      "zip.train.gz",
      1_829_071,
      14_512_253,
      "abc9f5c75b997cabe66b5d01727d5a681c69298e1641a8d37b55433a52129dc0",
      `${zipcode}/zip.train.gz`,
    ),
  ],
};
