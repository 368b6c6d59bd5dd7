import type { Dataset, KnownFile } from "../dataset.ts";

const mnistMirrors = [
  "https://ossci-datasets.s3.amazonaws.com/mnist",
  "https://storage.googleapis.com/cvdf-datasets/mnist",
  "https://raw.githubusercontent.com/fgnt/mnist/master",
];

/** MD5 of the content as published; SHA-256 computed of the content that has it. */
function mnistFile(
  name: string,
  transferred: number,
  bytes: number,
  md5: string,
  sha256: string,
): KnownFile {
  const urls = mnistMirrors.map((mirror) => `${mirror}/${name}`);
  return { name, bytes, digests: { md5, sha256 }, download: { urls, bytes: transferred } };
}

/** MNIST: the four IDX files, verified by their decompressed content. */
export const mnist: Dataset = {
  id: "mnist",
  title: "MNIST handwritten digits: 60,000 for training, 10,000 for testing, 28x28 grey",
  licence: "no licence text by the authors; commonly distributed as CC BY-SA 3.0",
  citation: "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document " +
    "recognition, Proceedings of the IEEE 86(11), 1998",
  homepage: "http://yann.lecun.com/exdb/mnist/",
  files: [
    mnistFile(
      "train-images-idx3-ubyte.gz",
      9_912_422,
      47_040_016,
      "6bbc9ace898e44ae57da46a324031adb",
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    mnistFile(
      "train-labels-idx1-ubyte.gz",
      28_881,
      60_008,
      "a25bea736e30d166cdddb491f175f624",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    mnistFile(
      "t10k-images-idx3-ubyte.gz",
      1_648_877,
      7_840_016,
      "2646ac647ad5339dbf082846283269ea",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    mnistFile(
      "t10k-labels-idx1-ubyte.gz",
      4_542,
      10_008,
      "27ae3e4e09519cfbb04c329615203637",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
  ],
};
