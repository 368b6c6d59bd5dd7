import type { Dataset, KnownFile } from "../dataset.ts";

/** SHA-1 as published with Apache MXNet's data sets; SHA-256 computed of the content that has it. */
function cifarBatch(name: string, sha1: string, sha256?: string): KnownFile {
  return {
    name: `cifar-10-batches-bin/${name}.bin`,
    bytes: 30_730_000,
    digests: sha256 === undefined ? { sha1 } : { sha1, sha256 },
  };
}

/** CIFAR-10 in its binary version. */
export const cifar10: Dataset = {
  id: "cifar-10",
  title: "CIFAR-10, binary version: 50,000 images for training, 10,000 for testing, 32x32 RGB",
  licence: "no licence text; the authors ask to cite the technical report",
  citation:
    "A. Krizhevsky, Learning multiple layers of features from tiny images, technical report, University " +
    "of Toronto, 2009",
  homepage: "https://www.cs.toronto.edu/~kriz/cifar.html",
  files: [
    cifarBatch(
      "data_batch_1",
      "aadd24acce27caa71bf4b10992e9e7b2d74c2540",
      "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    ),
    cifarBatch(
      "data_batch_2",
      "c0ba65cce70568cd57b4e03e9ac8d2a5367c1795",
      "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    ),
    cifarBatch(
      "data_batch_3",
      "1dd00a74ab1d17a6e7d73e185b69dbf31242f295",
      "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    ),
    cifarBatch(
      "data_batch_4",
      "aab85764eb3584312d3c7f65fd2fd016e36a258e",
      "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    ),
    cifarBatch(
      "data_batch_5",
      "26e2849e66a845b7f1e4614ae70f4889ae604628",
      "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    ),
    {
      ...cifarBatch("test_batch", "67eb016db431130d61cd03c7ad570b013799c88c"),
      variant: {
        digests: {
          sha1: "cbea4389ae3e377c0090406f1f786efe5ded9c7e",
          sha256: "123ca0dad8f960344d9149742165d4215093c84c8c4bdc5922af93b614bdb501",
        },
        note: "20 of the 10,000 test images are JPEG decodings, not the official pixels",
      },
    },
  ],
  archive: {
    urls: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
    format: "tar.gz",
    bytes: 170_052_171,
    digests: { md5: "c32a1d4ab5d03f1284b67883e8d87530" },
  },
};
