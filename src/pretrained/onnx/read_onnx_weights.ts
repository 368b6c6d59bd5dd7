import { DataError } from "../../errors.ts";
import type { NamedWeights, Weight } from "../weights/named_weights.ts";
import { onnxNodes, type OnnxTensor, onnxTensors } from "./read_onnx.ts";

/** What quantisation appends to the name of an array. */
const parts = { quantised: "_quantized", scale: "_scale", zero: "_zero_point" } as const;

/** What joining two graphs into one appends. */
const merged = /_merged_\d+$/;

/** Names that say nothing: those of operands that the exporter has made. */
const nameless = /^onnx::/;

/**
 * The weights of an ONNX model as float32, by the names of the program that it was exported from. Of an array that ONNX Runtime has quantised,
 * weight = (q - zero point) scale. The right operand of a product `y = x W` has no name in the file: it is called
 * `<path>.weight` after the node, `/a/b/MatMul`, that uses it, and has the shape `(in, out)`, the other way round than in PyTorch.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is no such model, an array lacks its scale or zero point, or those are not one number each, or two
 * arrays have the same name.
 */
export function readOnnxWeights(bytes: Uint8Array, name: string): NamedWeights {
  const tensors = new Map<string, OnnxTensor>();
  for (const tensor of onnxTensors(bytes, name)) {
    if (tensors.has(tensor.name)) {
      fail(name, `its arrays must have different names: ${tensor.name} is there twice`);
    }
    tensors.set(tensor.name, tensor);
  }
  const places = productPlaces(bytes, name);
  const weights = new Map<string, Weight>();
  for (const tensor of tensors.values()) {
    const stem = tensor.name.endsWith(parts.quantised) ? tensor.name.slice(0, -parts.quantised.length) : null;
    if (stem === null && (tensor.type !== "float32" || isPart(tensor.name, tensors))) continue;
    const weight = stem === null
      ? { shape: tensor.shape, values: tensor.data as Float32Array }
      : dequantised(tensor, tensors.get(`${stem}${parts.scale}`), tensors.get(`${stem}${parts.zero}`), name);
    const own = (stem ?? tensor.name).replace(merged, "");
    const called = nameless.test(own) ? places.get(tensor.name) ?? own : own;
    if (weights.has(called)) fail(name, `its weights must have different names: ${called} is there twice`);
    weights.set(called, weight);
  }
  return weights;
}

function fail(name: string, reason: string): never {
  throw new DataError(`Cannot read ${name}: ${reason}`);
}

/** Whether a float32 array is the scale of a quantised one. */
function isPart(name: string, tensors: ReadonlyMap<string, OnnxTensor>): boolean {
  return name.endsWith(parts.scale) && tensors.has(`${name.slice(0, -parts.scale.length)}${parts.quantised}`);
}

function dequantised(
  { name: key, type, shape, data }: OnnxTensor,
  scale: OnnxTensor | undefined,
  zero: OnnxTensor | undefined,
  name: string,
): Weight {
  if (type !== "int8" && type !== "uint8") fail(name, `${key} must be of 8 bits: it is ${type}`);
  const isOne = scale?.type === "float32" && scale.data.length === 1 && zero?.type === type &&
    zero.data.length === 1;
  if (!isOne) {
    fail(name, `${key} must have one scale of float32 and one zero point of its own type: it has not`);
  }
  const step = scale.data[0] as number;
  const origin = zero.data[0] as number;
  const quantised = data as Int8Array | Uint8Array;
  const values = new Float32Array(quantised.length);
  for (let i = 0; i < values.length; i++) values[i] = (quantised[i]! - origin) * step;
  return { shape, values };
}

/** What the right operands of products are called after the nodes that use them. */
function productPlaces(bytes: Uint8Array, name: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { name: place, inputs: [, right] } of onnxNodes(bytes, name)) {
    const path = /^\/(.+)\/MatMul(_quant)?$/.exec(place)?.[1];
    if (path !== undefined && right !== undefined) places.set(right, `${path.replaceAll("/", ".")}.weight`);
  }
  return places;
}
