/**
 * What stands inside a network of tfjs-layers: the activations of its layers, and how a number depends on them.
 *
 * @module
 */
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";

/** Activations and gradients of a network at one input. */
export interface ModelGradients {
  /** The number that depends on it all. */
  readonly value: tf.Scalar;
  /** Its gradient with respect to each input of the network. */
  readonly inputs: readonly tf.Tensor[];
  /** For each layer that was asked for, by its name: what it gives, and the gradient with respect to that. */
  readonly layers: ReadonlyMap<string, { readonly value: tf.Tensor; readonly gradient: tf.Tensor }>;
}

/**
 * Gradients of a number with respect to the input of a network and to the activations of layers within it; `tf.grad()` alone
 * knows the inputs. All come from one pass forwards and one back, with the weights held and as in inference.
 *
 * @param model The network; it may branch and join.
 * @param inputs Its input, or one tensor for each of several.
 * @param names The layers whose activations are wanted; each must be applied once.
 * @param objective The number, from the output of the network (the first of several).
 * @returns Tensors which the caller disposes of, or `tf.tidy()` around the call.
 * @throws {Error} Where no layer has such a name.
 * @throws {RangeError} Where a layer is applied more than once.
 *
 * @example What a class depends on, at the input and behind a convolution
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs-core";
 * import * as layers from "@tensorflow/tfjs-layers";
 * import { startBackend } from "./start_backend.ts";
 *
 * const backend = await startBackend({ threads: 2 });
 * const image = layers.input({ shape: [16, 16, 3] });
 * const conv = layers.layers.conv2d({ name: "conv", filters: 4, kernelSize: 3, activation: "relu" });
 * const output = layers.layers.globalAveragePooling2d({}).apply(conv.apply(image)) as layers.SymbolicTensor;
 * const model = layers.model({ inputs: image, outputs: output });
 *
 * const { inputs, layers: inner } = modelGradients(
 *   model,
 *   tf.ones([1, 16, 16, 3]),
 *   ["conv"],
 *   (output) => tf.sum(tf.slice(output, [0, 2], [1, 1])),
 * );
 * assertEquals(inputs[0]!.shape, [1, 16, 16, 3]);
 * assertEquals(inner.get("conv")!.gradient.shape, [1, 14, 14, 4]);
 * backend.dispose();
 * ```
 */
export function modelGradients(
  model: LayersModel,
  inputs: tf.Tensor | readonly tf.Tensor[],
  names: readonly string[],
  objective: (output: tf.Tensor) => tf.Scalar,
): ModelGradients {
  const wanted = new Map(names.map((name) => [singleOutput(model, name).id, name]));
  const values = new Map<string, tf.Tensor>();
  const gradients = new Map<string, tf.Tensor>();
  const watch = (symbol: SymbolicTensor, y: tf.Tensor): tf.Tensor => {
    const name = wanted.get(symbol.id);
    if (name === undefined) return y;
    values.set(name, tf.keep(y.clone()));
    return tf.customGrad((y) => ({
      value: (y as tf.Tensor).clone(),
      gradFunc: (dy: tf.Tensor) => {
        gradients.set(name, tf.keep(dy.clone()));
        return dy;
      },
    }))(y);
  };
  const run = (...xs: tf.Tensor[]) => objective(apply(model, xs, watch));
  const { value, grads } = tf.valueAndGrads(run)([inputs].flat() as tf.Tensor[]);
  const layers = new Map(names.map((name) => {
    const value = values.get(name)!;
    // What the number does not depend on has no gradient on the tape.
    return [name, {
      value: release(value),
      gradient: release(gradients.get(name) ?? tf.keep(tf.zeros(value.shape))),
    }];
  }));
  return { value: value as tf.Scalar, inputs: grads, layers };
}

/** The one tensor that a layer gives in the network. */
function singleOutput(model: LayersModel, name: string): SymbolicTensor {
  const layer = model.getLayer(name);
  const uses = layer.inboundNodes.length;
  if (uses !== 1 || Array.isArray(layer.output)) {
    throw new RangeError(
      `Cannot give the activation of layer "${name}": it must be applied once and give one tensor, and is applied ${uses} times`,
    );
  }
  return layer.output;
}

/** The output of a network, layer by layer; `watch` sees what each gives and may replace it. */
function apply(
  model: LayersModel,
  inputs: readonly tf.Tensor[],
  watch: (symbol: SymbolicTensor, y: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (inputs.length !== model.inputs.length) {
    throw new RangeError(
      `Cannot run the network "${model.name}" on ${inputs.length} tensors: it has ${model.inputs.length} inputs`,
    );
  }
  const found = new Map<number, tf.Tensor>();
  for (const [i, symbol] of model.inputs.entries()) found.set(symbol.id, watch(symbol, inputs[i]!));
  const evaluate = (symbol: SymbolicTensor): tf.Tensor => {
    const known = found.get(symbol.id);
    if (known !== undefined) return known;
    const { sourceLayer, nodeIndex } = symbol;
    const node = sourceLayer.inboundNodes[nodeIndex]!;
    const operands = node.inputTensors.map(evaluate);
    const results = [sourceLayer.apply(operands.length === 1 ? operands[0]! : operands, node.callArgs)]
      .flat();
    for (const [i, output] of node.outputTensors.entries()) {
      found.set(output.id, watch(output, results[i] as tf.Tensor));
    }
    return found.get(symbol.id)!;
  };
  return evaluate(model.outputs[0]!);
}

/** A kept tensor as one that the tidy around the caller owns. */
function release(kept: tf.Tensor): tf.Tensor {
  const tensor = kept.clone();
  kept.dispose();
  return tensor;
}
