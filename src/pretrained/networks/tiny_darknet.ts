import list from "../../data/datasets/files/tiny_darknet.json" with { type: "json" };
import { orderClasses } from "../image_net_classes.ts";
import { loadTfjsModel } from "../weights/load_tfjs_model.ts";
import { dataset, filesIn, readClasses, synsetFile } from "./cnn_files.ts";
import type { Classifier } from "./pretrained_network.ts";

const folder = "tiny_darknet";
const orderFile = `${folder}/imagenet.labels.list.first1000`;

/**
 * Tiny Darknet (Redmon, 2013-2016), as ml5 published it for tfjs: 16 convolutions with batch normalisation and leaky ReLUs.
 * Its output is the spatial mean of the last convolution, before the softmax.
 */
export const tinyDarknet: Classifier = {
  title: "Tiny Darknet",
  dataset,
  files: filesIn(folder, list),
  classFiles: [synsetFile, orderFile],
  input: { side: 224, channels: [0, 1, 2], mean: [0, 0, 0], scale: 255 },
  // The last, sixteenth convolution has no nonlinearity.
  stages: Array.from({ length: 15 }, (_, i) => ({
    name: `conv${i + 1}`,
    before: `batch_normalization_${i + 1}`,
    after: `leaky_re_lu_${i + 1}`,
  })),
  load: (context) => loadTfjsModel({ dataset, path: folder }, context),
  async classes(context) {
    const order = await context.read({ dataset, name: orderFile });
    return orderClasses(order, await readClasses(context), `${dataset}/${orderFile}`);
  },
};
