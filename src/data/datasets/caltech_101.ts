import type { Dataset } from "../dataset.ts";

/** Caltech 101: any part of the images is usable; `caltech_101_files.csv` knows 3,030 of them. */
export const caltech101: Dataset = {
  id: "caltech-101",
  title: "Caltech 101: 8,677 photographs of 101 object categories, about 300x200",
  licence: "CC BY 4.0",
  citation: "F.-F. Li, M. Andreeto, M. Ranzato, P. Perona, Caltech 101, CaltechDATA, 2022, " +
    "doi:10.22002/D1.20086",
  homepage: "https://data.caltech.edu/records/mzrjq-6wc02",
  files: [],
  collection: {
    folder: "101_ObjectCategories",
    suffix: ".jpg",
    excludedClasses: ["BACKGROUND_Google"],
    count: 8677,
    digestTable: new URL("../caltech_101_files.csv", import.meta.url),
  },
  archive: {
    urls: ["https://data.caltech.edu/records/mzrjq-6wc02/files/caltech-101.zip?download=1"],
    format: "zip",
    bytes: 137_414_764,
    digests: { md5: "3138e1922a9193bfa496528edbbc45d0" },
    inner: {
      name: "caltech-101/101_ObjectCategories.tar.gz",
      digests: { md5: "b224c7392d521a49829488ab0f1120d9" },
    },
  },
  redirectHosts: ["s3.us-west-2.amazonaws.com"],
};
