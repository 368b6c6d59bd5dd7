import type { ReadContext } from "../../data/sources/source.ts";
import { DataError } from "../../errors.ts";
import type { Weight } from "../weights/named_weights.ts";
import { readMxnetArray } from "../weights/read_mxnet_array.ts";
import { dataset } from "./cnn_files.ts";

/** The filters of the first convolution of a network, of which nothing else is here. */
export interface FirstLayer {
  /** The network's name. */
  readonly title: string;
  /** The id of the data set in the registry. */
  readonly dataset: string;
  /** Its only file that {@linkcode FirstLayer.filters} reads. */
  readonly file: string;
  /** `(out, in, height, width)`; the channels that they see are red, green, blue. */
  readonly shape: readonly [number, number, number, number];
  /**
   * Reads the filters.
   *
   * @param context Reads the file, verified.
   * @throws {DataError} Where the file is none of such filters.
   */
  filters(context: Pick<ReadContext, "read">): Promise<Weight>;
}

/**
 * First layers as MXNet's model zoo trained them on ImageNet (Simonyan and Zisserman, arXiv:1409.1556; He et al., arXiv:1512.03385; Ioffe
 * and Szegedy, arXiv:1502.03167).
 */
export const firstLayers: readonly FirstLayer[] = [
  firstLayer("VGG-16", "vgg16_conv1_1", [64, 3, 3, 3]),
  firstLayer("ResNet-152", "resnet_152_conv0", [64, 3, 7, 7]),
  firstLayer("Inception-BN", "inception_bn_conv_1", [64, 3, 7, 7]),
];

function firstLayer(title: string, stem: string, shape: FirstLayer["shape"]): FirstLayer {
  const file = `first_layer_filters/${stem}_weight.param`;
  return {
    title,
    dataset,
    file,
    shape,
    async filters(context) {
      const name = `${dataset}/${file}`;
      const found = readMxnetArray(await context.read({ dataset, name: file }), name);
      if (found.shape.join() === shape.join()) return found;
      throw new DataError(
        `Cannot use ${name}: the filters must have the shape ${shape.join("x")}: current shape is ${
          found.shape.join("x")
        }`,
      );
    },
  };
}
