/**
 * What this project needs of ONNX files: the arrays that they hold, and which nodes use them (onnx.proto, opset-independent).
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { varintsOf, type WireField, wireFields } from "./wire.ts";

/** The types of elements that are read, by their number in `TensorProto.DataType`. */
const types = {
  1: { type: "float32", bytes: 4, array: Float32Array },
  2: { type: "uint8", bytes: 1, array: Uint8Array },
  3: { type: "int8", bytes: 1, array: Int8Array },
  6: { type: "int32", bytes: 4, array: Int32Array },
  7: { type: "int64", bytes: 8, array: BigInt64Array },
} as const;

/** The elements of an array. */
export type OnnxData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

/** An array of a graph that is not computed: weights, scales, shapes. */
export interface OnnxTensor {
  /** Its name in the graph. */
  readonly name: string;
  /** The length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** What its elements are. */
  readonly type: typeof types[keyof typeof types]["type"];
  /** Row-major, with memory of their own. */
  readonly data: OnnxData;
}

/** One operation of a graph. */
export interface OnnxNode {
  /** Its name, which often tells the place in the program that was exported. */
  readonly name: string;
  /** What it does, such as `"MatMulInteger"`. */
  readonly operation: string;
  /** The names of the arrays that it takes. */
  readonly inputs: readonly string[];
}

/** Numbers of fields: `ModelProto`, `GraphProto`, `NodeProto`, `AttributeProto`, `TensorProto`. */
const fields = {
  model: { graph: 7 },
  graph: { node: 1, initialiser: 5 },
  node: { input: 1, name: 3, operation: 4, attribute: 5 },
  attribute: { graph: 6 },
  tensor: {
    dims: 1,
    type: 2,
    segment: 3,
    floats: 4,
    ints: 5,
    longs: 7,
    name: 8,
    raw: 9,
    external: 13,
    location: 14,
  },
} as const;

/** Graphs within graphs: a conditional in a loop in a conditional has three. */
const deepest = 16;

/**
 * The arrays that a model holds (its initialisers), one after the other.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is no such model, is truncated, or an array has another type, lies in another file, or has not as many
 * elements as its shape.
 */
export function* onnxTensors(bytes: Uint8Array, name: string): Generator<OnnxTensor> {
  for (const { number, value } of graphFields(bytes, name)) {
    if (number === fields.graph.initialiser) yield readTensor(messageOf(value, name), name);
  }
}

/**
 * The nodes of a model, those of graphs within it after the node that has them.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is no such model, is truncated, or has graphs within graphs more than 16 deep.
 */
export function* onnxNodes(bytes: Uint8Array, name: string): Generator<OnnxNode> {
  yield* nodesOf(graphFields(bytes, name), name, 0);
}

function* nodesOf(graph: Iterable<WireField>, name: string, depth: number): Generator<OnnxNode> {
  if (depth > deepest) {
    throw new DataError(`Cannot read ${name}: graphs must lie at most ${deepest} deep: they do not`);
  }
  for (const { number, value } of graph) {
    if (number !== fields.graph.node) continue;
    const node = { name: "", operation: "", inputs: [] as string[] };
    const inner: Uint8Array[] = [];
    for (const field of wireFields(messageOf(value, name), name)) {
      if (field.number === fields.node.name) node.name = textOf(field.value, name);
      if (field.number === fields.node.operation) node.operation = textOf(field.value, name);
      if (field.number === fields.node.input) node.inputs.push(textOf(field.value, name));
      if (field.number !== fields.node.attribute) continue;
      for (const { number, value } of wireFields(messageOf(field.value, name), name)) {
        if (number === fields.attribute.graph) inner.push(messageOf(value, name));
      }
    }
    yield node;
    for (const graph of inner) yield* nodesOf(wireFields(graph, name), name, depth + 1);
  }
}

function* graphFields(bytes: Uint8Array, name: string): Generator<WireField> {
  let isModel = false;
  for (const { number, value } of wireFields(bytes, name)) {
    if (number !== fields.model.graph) continue;
    isModel = true;
    yield* wireFields(messageOf(value, name), name);
  }
  if (!isModel) throw new DataError(`Cannot read ${name}: an ONNX model must have a graph: it has none`);
}

function readTensor(bytes: Uint8Array, file: string): OnnxTensor {
  const found: Partial<Record<number, WireField["value"]>> = {};
  const shape: number[] = [];
  for (const { number, value } of wireFields(bytes, file)) {
    if (number === fields.tensor.dims) shape.push(...varintsOf(value, file).map(Number));
    else if (number in found && number !== fields.tensor.external) {
      throw new DataError(
        `Cannot read ${file}: an array must have each of its fields once: field ${number} is there twice`,
      );
    } else found[number] = value;
  }
  const { tensor } = fields;
  const name = oneLine(textOf(found[tensor.name] ?? new Uint8Array(), file));
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${file}: the array ${name || "without a name"} ${reason}`);
  };
  const number = Number(found[tensor.type] ?? 0);
  if (!(number in types)) {
    return fail(
      `must be of float32, uint8, int8, int32 or int64 (types ${Object.keys(types)}): its type is ${number}`,
    );
  }
  const { type, bytes: size, array } = types[number as keyof typeof types];
  if (found[tensor.external] !== undefined || (found[tensor.location] ?? 0n) !== 0n) {
    fail("must lie in the file itself");
  }
  if (found[tensor.segment] !== undefined) fail("must lie in one piece");
  if (shape.some((side) => !(side >= 0))) {
    fail(`must have sides of at least 0: its shape is ${shape.join("x")}`);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  const listed = type === "float32" ? tensor.floats : type === "int64" ? tensor.longs : tensor.ints;
  const raw = found[tensor.raw] ?? (type === "float32" ? found[tensor.floats] : undefined);
  if (raw !== undefined) {
    const content = messageOf(raw, file);
    if (content.length !== count * size) {
      fail(`of shape ${shape.join("x") || "()"} must have ${count * size} bytes: it has ${content.length}`);
    }
    return { name, shape, type, data: new array(content.slice().buffer) };
  }
  const numbers = found[listed] === undefined ? [] : varintsOf(found[listed], file);
  if (numbers.length !== count) {
    fail(`of shape ${shape.join("x") || "()"} must have ${count} elements: it has ${numbers.length}`);
  }
  if (type === "int64") return { name, shape, type, data: BigInt64Array.from(numbers) };
  const data = new array(numbers.map(Number)) as OnnxData;
  if (numbers.some((value, i) => Number(value) !== Number(data[i]))) {
    fail(`must have elements of ${type}: it has others`);
  }
  return { name, shape, type, data };
}

function messageOf(value: WireField["value"], name: string): Uint8Array {
  if (typeof value !== "bigint") return value;
  throw new DataError(
    `Cannot read ${name}: a message must stand where a number does: it is no ONNX model, or damaged`,
  );
}

function textOf(value: WireField["value"], name: string): string {
  return new TextDecoder().decode(messageOf(value, name));
}
