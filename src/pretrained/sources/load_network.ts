import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { RgbImage } from "../../data/readers/images/image.ts";
import type { ReadContext } from "../../data/sources/source.ts";
import { networkInput } from "../input.ts";
import { mobileNet } from "../networks/mobile_net.ts";
import type { ConvolutionalClassifier, InputSize } from "../networks/pretrained_network.ts";
import { squeezeNet } from "../networks/squeeze_net.ts";
import { sampleFilters } from "../permute_weights.ts";
import type { NetworkName, NetworkReading } from "./network_source.ts";

/** The networks that take images of any size, by name. */
export const networks: Readonly<Record<NetworkName, ConvolutionalClassifier>> = {
  squeezenet: squeezeNet,
  mobilenet: mobileNet,
};

/**
 * Loads a network on the current backend of tfjs.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @param size Rows and columns of its images; those of the reading by default.
 * @throws {DataError} Where a file is none of such a network.
 */
export async function loadNetwork(
  { network, side, standIn }: NetworkReading,
  context: Pick<ReadContext, "read" | "rng">,
  size: InputSize = { height: side, width: side },
): Promise<LayersModel> {
  const classifier = networks[network];
  if (!standIn) return await classifier.loadAt(context, size);
  const model = classifier.untrained(size);
  sampleFilters(model, context.rng(`stand-in of ${network}`, 0));
  return model;
}

/**
 * An image as a network is shown it.
 *
 * @param image The image.
 * @param reading The network.
 * @returns `(side, side, 3)`.
 */
export function inputFor(
  image: RgbImage,
  { network, side }: Pick<NetworkReading, "network" | "side">,
): Float32Array {
  return networkInput(image, { ...networks[network].input, side });
}
