import type { Dataset } from "../dataset.ts";
import alexNet from "./files/alexnet_int8.json" with { type: "json" };
import firstLayerFilters from "./files/first_layer_filters.json" with { type: "json" };
import mobileNet from "./files/mobilenet_v1_0.25_224.json" with { type: "json" };
import tinyDarknet from "./files/tiny_darknet.json" with { type: "json" };
import { listedFiles } from "./listed_files.ts";
import { plainFile } from "./plain_file.ts";

/** Trained convolutional networks in their published forms; `src/pretrained` reads them. */
export const cnn: Dataset = {
  id: "cnn",
  title:
    "Convolutional networks trained on ImageNet: SqueezeNet v1.0, MobileNet v1 0.25, Tiny Darknet, the " +
    "convolutions of AlexNet, and first layers of VGG-16, ResNet-152 and Inception-BN",
  licence:
    "SqueezeNet BSD-2-Clause; MobileNet, first layers and class names Apache-2.0; Tiny Darknet MIT, its " +
    "class order in the public domain; of AlexNet's integers none is stated",
  citation: "F. N. Iandola et al., arXiv:1602.07360; S. Han et al., arXiv:1510.00149; A. G. Howard et al., " +
    "arXiv:1704.04861; J. Redmon, Darknet, 2013-2016; A. Krizhevsky et al., NIPS 2012; A. Mohanty, " +
    "HLS_for_CNN (AlexNet in integers); J. Wu, mxboard-demo (first layers)",
  homepage: "https://github.com/songhan/SqueezeNet-Deep-Compression",
  files: [
    plainFile(
      "imagenet_synset.txt",
      31_675,
      "acf75ef0abe89694b19056e0796401068b459c457baa30335f240c7692857355",
      "onnx/models/b1eeaa1ac722dcc1cd1a8284bde34393dab61c3d/validated/vision/classification/synset.txt",
    ),
    plainFile(
      "squeezenet_v1.0_deep-compression.net",
      675_763,
      "e4ab6960ae8cd81505e1c2136921201507e930966c53deaf15862a395b3a3261",
      "songhan/SqueezeNet-Deep-Compression/fb13faa2cf121ced9999f8a9d538ec6c56084733/compressed_SqueezeNet.net",
    ),
    ...listedFiles(
      mobileNet,
      "mobilenet_v1_0.25_224",
      "giangndonaclover/ILearnMachineLearning.js/edfa5df8c3c9b2dc2f4b471d30a326b2f1ba090b/models/mobilenet",
    ),
    ...listedFiles(
      tinyDarknet,
      "tiny_darknet",
      "ml5js/ml5-data-and-models/0612a3e7c51cbffdc5db701dff49d16d1ac26fa8/models/darknetclassifier/darknettiny",
    ),
    // The first thousand lines of data/imagenet.labels.list of pjreddie/darknet; nobody publishes them alone.
    plainFile(
      "tiny_darknet/imagenet.labels.list.first1000",
      10_000,
      "e85e4969a881deb8a8ba329357d033f7a664de8f1e099f593ad723bcf79bbfe5",
    ),
    ...listedFiles(
      alexNet,
      "alexnet_int8",
      "amohant4/HLS_for_CNN/d10e5d9c296ff4752bd4d7b683b2455f4416b372/Model/AlexNet",
    ),
    ...listedFiles(
      firstLayerFilters,
      "first_layer_filters",
      "reminisce/mxboard-demo/e6bd31a11104717b8f35acfcf533a486ecf36355/data",
    ),
  ],
};
