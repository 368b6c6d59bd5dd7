/**
 * Parts of a network: activations at a layer, what follows from them, and gradients with respect to them. `modelGradients()` of
 * `../compute/tfjs/` gives gradients from the input on, in one pass; here a part may start from any layer, and a rule may replace layers.
 *
 * @module
 */
import { grad, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { layers, LayersModel } from "@tensorflow/tfjs-layers";

/** How a layer is applied to its inputs. */
export type LayerRule = (layer: layers.Layer, inputs: readonly Tensor[]) => Tensor;

/** Applies a layer as it is. */
export const applyLayer: LayerRule = (layer, inputs) =>
  layer.apply(inputs.length === 1 ? inputs[0]! : [...inputs]) as Tensor;

/** The layers whose results a layer takes, in their order. */
export function layersBefore(layer: layers.Layer): layers.Layer[] {
  return layer.inboundNodes[0]?.inboundLayers ?? [];
}

/**
 * The layers between results that are given and results that are wanted, in an order in which they can be applied.
 *
 * @param network The network, each of whose layers is applied once.
 * @param given Names of layers whose results are known.
 * @param wanted Names of layers whose results are asked for.
 * @throws {RangeError} Where something wanted does not follow from what is given, or the network has no layer of a name.
 */
export function layersBetween(
  network: LayersModel,
  given: readonly string[],
  wanted: readonly string[],
): layers.Layer[] {
  const known = new Set(given);
  const needed = new Set<layers.Layer>();
  const visit = (layer: layers.Layer): void => {
    if (known.has(layer.name) || needed.has(layer)) return;
    const before = layersBefore(layer);
    if (before.length === 0) {
      throw new RangeError(
        `Cannot run layers up to ${wanted.join(", ")}: they must follow from ${
          given.join(", ")
        }: they need ${layer.name}`,
      );
    }
    needed.add(layer);
    before.forEach(visit);
  };
  for (const name of wanted) visit(layerOf(network, name));
  return network.layers.filter((layer) => needed.has(layer));
}

function layerOf(network: LayersModel, name: string): layers.Layer {
  const layer = network.layers.find((layer) => layer.name === name);
  if (layer === undefined) {
    throw new RangeError(`Cannot run ${network.name}: it must have a layer ${name}: it has not`);
  }
  return layer;
}

/**
 * Runs a part of a network.
 *
 * @param network The network, each of whose layers is applied once.
 * @param given Results of some layers by name; that of an input layer is the input.
 * @param wanted Names of the layers whose results are wanted.
 * @param rule How layers are applied; as they are by default.
 * @returns Their results, in this order.
 * @throws {RangeError} Where something wanted does not follow from what is given, or the network has no layer of a name.
 *
 * @example Usage
 * ```ts
 * import "@tensorflow/tfjs-backend-cpu";
 * import { setBackend, tensor2d } from "@tensorflow/tfjs-core";
 * import { layers, sequential } from "@tensorflow/tfjs-layers";
 * import { assertEquals } from "@std/assert";
 *
 * await setBackend("cpu");
 * const network = sequential({
 *   layers: [
 *     layers.dense({ name: "double", units: 1, inputShape: [1], kernelInitializer: "ones" }),
 *     layers.reLU({ name: "relu" }),
 *   ],
 * });
 * const [relu] = runLayers(network, { double: tensor2d([[-3], [4]]) }, ["relu"]);
 * assertEquals([...relu!.dataSync()], [0, 4]);
 * ```
 */
export function runLayers(
  network: LayersModel,
  given: Readonly<Record<string, Tensor>>,
  wanted: readonly string[],
  rule: LayerRule = applyLayer,
): Tensor[] {
  const between = layersBetween(network, Object.keys(given), wanted);
  return tidy(() => {
    const results = new Map(Object.entries(given));
    for (const layer of between) {
      results.set(layer.name, rule(layer, layersBefore(layer).map(({ name }) => results.get(name)!)));
    }
    return wanted.map((name) => results.get(name)!);
  });
}

/** The name of the layer that takes the input of a network. */
export function inputOf(network: LayersModel): string {
  return network.inputs[0]!.sourceLayer.name;
}

/** The name of the layer that gives the output of a network. */
export function outputOf(network: LayersModel): string {
  return network.outputs[0]!.sourceLayer.name;
}

/**
 * The gradient of a function of a network's output with respect to the result of one of its layers.
 *
 * @param network The network.
 * @param layer The name of the layer; the input layer's for the gradient with respect to the input.
 * @param result Its result, which the output is computed from.
 * @param loss The function: of the output `(batch, outputs)`.
 * @param rule How layers are applied; as they are by default.
 * @returns In the shape of `result`.
 * @throws {RangeError} Where the output does not follow from the layer.
 */
export function gradientAt(
  network: LayersModel,
  layer: string,
  result: Tensor,
  loss: (output: Tensor) => Scalar,
  rule: LayerRule = applyLayer,
): Tensor {
  return grad((x: Tensor) => loss(runLayers(network, { [layer]: x }, [outputOf(network)], rule)[0]!))(result);
}
