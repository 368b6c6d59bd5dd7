import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

/** Trained convolutional networks; the recoded files among them are published nowhere as such. */
export const cnn: Dataset = {
  id: "cnn",
  title: "Trained convolutional networks: SqueezeNet v1.0 and MobileNet v1 0.25",
  licence: "SqueezeNet BSD-2-Clause; MobileNet and the class names Apache-2.0",
  citation: "F. N. Iandola et al., arXiv:1602.07360; S. Han et al., arXiv:1510.00149; A. G. Howard et al., " +
    "arXiv:1704.04861",
  homepage: "https://github.com/songhan/SqueezeNet-Deep-Compression",
  files: [
    plainFile(
      "imagenet_synset.txt",
      31_675,
      "acf75ef0abe89694b19056e0796401068b459c457baa30335f240c7692857355",
      "onnx/models/b1eeaa1ac722dcc1cd1a8284bde34393dab61c3d/validated/vision/classification/synset.txt",
    ),
    plainFile(
      "mobilenet_v1_0.25_224.f32le.bin",
      1_902_176,
      "48baf731168c0934c603ddc35d11e78bb6503cca23380678fcf3ad795548a413",
    ),
    plainFile(
      "mobilenet_v1_0.25_224.json",
      11_193,
      "971dfc6172cae86ce7cafd53eb98654fdac11ef2b92a5c1ed86b3b78557b78b7",
    ),
    plainFile(
      "squeezenet_v1.0_conv1_96x3x7x7_bgr.f32le.bin",
      56_448,
      "1a619ce66577d21d97d65df4023144201f53dd372937c2721e270d2f4247c06f",
    ),
    plainFile(
      "squeezenet_v1.0_deep-compression.net",
      675_763,
      "e4ab6960ae8cd81505e1c2136921201507e930966c53deaf15862a395b3a3261",
      "songhan/SqueezeNet-Deep-Compression/fb13faa2cf121ced9999f8a9d538ec6c56084733/compressed_SqueezeNet.net",
    ),
  ],
};
