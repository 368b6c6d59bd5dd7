/**
 * Where in an image a network sees a class: Grad-CAM and class activation maps.
 *
 * @module
 */
import { mul, oneHot, sum, tensor1d, type Tensor4D, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { gradientAt } from "../pretrained/run_layers.ts";

/** A map over the places of a layer. */
export interface ClassMap {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `(height, width)`. */
  readonly values: Float64Array;
}

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2, without the ReLU at the end): units of a layer, each weighted by the mean over
 * places of the derivative of the class's logit.
 *
 * @param network A classifier up to its logits.
 * @param layer The name of a layer of maps: that of a ReLU, or the one before it for pre-activations.
 * @param activation What it gives for one image: `(1, height, width, units)`.
 * @param label The class.
 * @throws {RangeError} Where the logits do not follow from the layer.
 */
export function gradCam(network: LayersModel, layer: string, activation: Tensor4D, label: number): ClassMap {
  const [, height, width, units] = activation.shape;
  const gradient = tidy(() =>
    gradientAt(
      network,
      layer,
      activation,
      (logits) => sum(mul(logits, oneHot(tensor1d([label], "int32"), logits.shape[1]!))),
    ).dataSync()
  );
  const weights = new Float64Array(units);
  gradient.forEach((value: number, i: number) => weights[i % units]! += value / (height * width));
  return weighted(activation, weights);
}

/**
 * The class activation map (Zhou et al. 2016): units of the last layer, each weighted by its weight for the class.
 *
 * @param network A classifier.
 * @param classLayer The layer of 1x1 filters that has one for each class.
 * @param activation What it is applied to, for one image: `(1, height, width, units)`.
 * @param label The class.
 */
export function classActivationMap(
  network: LayersModel,
  classLayer: string,
  activation: Tensor4D,
  label: number,
): ClassMap {
  const [kernel] = network.getLayer(classLayer).getWeights();
  const classes = kernel!.shape.at(-1)!;
  const filters = kernel!.dataSync();
  const units = activation.shape[3];
  return weighted(activation, Float64Array.from({ length: units }, (_, k) => filters[k * classes + label]!));
}

function weighted(activation: Tensor4D, weights: Float64Array): ClassMap {
  const [, height, width, units] = activation.shape;
  const values = new Float64Array(height * width);
  activation.dataSync().forEach((value: number, i: number) =>
    values[Math.floor(i / units)]! += weights[i % units]! * value
  );
  return { height, width, values };
}
