/**
 * The deconvolutional network: a unit's activity taken back to the pixels.
 *
 * @module
 */
import { customGrad, grad, mul, relu, type Scalar, sum, type Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { applyLayer, inputOf, type LayerRule, runLayers } from "../pretrained/run_layers.ts";

/** What stands in for the derivative of a ReLU: what is positive of what comes back, wherever the unit was on. */
const rectifyBack = customGrad((x) => ({
  value: relu(x as Tensor),
  gradFunc: (dy: Tensor) => relu(dy),
}));

const deconvolve: LayerRule = (layer, inputs) =>
  layer.getClassName() === "ReLU" ? rectifyBack(inputs[0]!) : applyLayer(layer, inputs);

/**
 * Takes activities of a layer back to the input as Zeiler and Fergus 2014 (section 2.1) do: filters transposed, maxima put back where
 * they came from, and what comes back rectified where the network has a ReLU. Biases play no part.
 *
 * @param network A network of convolutions, ReLUs, maxima and joined channels.
 * @param layer The name of the layer.
 * @param x Images: `(batch, height, width, channels)`.
 * @param kept What is taken back, of the layer's result, as a tensor of its own: its product with 1 at one place and 0 elsewhere, say.
 * @returns In the shape of `x`.
 */
export function deconvnet(
  network: LayersModel,
  layer: string,
  x: Tensor,
  kept: (result: Tensor) => Tensor,
): Tensor {
  return takeBack(network, layer, x, kept, deconvolve);
}

/** The gradient in place of the deconvolutional network: of the inner product of a layer's result with what is kept of it. */
export function gradientOfKept(
  network: LayersModel,
  layer: string,
  x: Tensor,
  kept: (result: Tensor) => Tensor,
): Tensor {
  return takeBack(network, layer, x, kept, applyLayer);
}

function takeBack(
  network: LayersModel,
  layer: string,
  x: Tensor,
  kept: (result: Tensor) => Tensor,
  rule: LayerRule,
): Tensor {
  const constant = customGrad((y) => ({ value: kept(y as Tensor), gradFunc: (dy: Tensor) => mul(dy, 0) }));
  return grad((x: Tensor) => {
    const [result] = runLayers(network, { [inputOf(network)]: x }, [layer], rule);
    return sum(mul(result!, constant(result!))) as Scalar;
  })(x);
}
