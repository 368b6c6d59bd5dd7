import type { Dataset } from "../dataset.ts";
import folders from "./files/coco128.json" with { type: "json" };
import { type FileList, listedFiles } from "./listed_files.ts";

const source = "lightly-ai/coco128_yolo/6d6f7a059ea63efffdbe48aca2d52c04d4c510e9";

/** Photographs with the class of every pixel. */
export const coco128: Dataset = {
  id: "coco128",
  title: "160 photographs of COCO 2017 with the class of every pixel (COCO panoptic categories)",
  licence: "annotations CC BY 4.0; each photograph under the terms that its author chose on Flickr",
  citation:
    "T.-Y. Lin et al., Microsoft COCO: Common objects in context, arXiv:1405.0312; selection by Lightly",
  homepage: "https://github.com/lightly-ai/coco128_yolo",
  files: Object.entries<FileList>(folders).flatMap(([folder, list]) =>
    listedFiles(list, folder, `${source}/${folder}`)
  ),
};
