import fc from "fast-check";
import { DataError } from "../../../src/errors.ts";
import { onnxNodes } from "../../../src/pretrained/onnx/read_onnx.ts";
import { readOnnxWeights } from "../../../src/pretrained/onnx/read_onnx_weights.ts";
import {
  field,
  inMemory,
  onnxGraph,
  onnxModel,
  onnxNode,
  onnxTensor,
  someValues,
  writeDeepCompression,
  writeMxnetArray,
  writeTfjsModel,
} from "../../../src/pretrained/test_helpers.ts";
import { readDeepCompression } from "../../../src/pretrained/weights/deep_compression.ts";
import { sizeOf } from "../../../src/pretrained/weights/named_weights.ts";
import { readIntegers } from "../../../src/pretrained/weights/read_integers.ts";
import { readMxnetArray } from "../../../src/pretrained/weights/read_mxnet_array.ts";
import { readTfjsModel } from "../../../src/pretrained/weights/read_tfjs_model.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";

const shapes = [[2, 3, 1, 1], [1, 2, 3, 3]] as const;
const pruned = [0, 0.5, 0.9].map((zeros, seed) =>
  writeDeepCompression(shapes.map((shape) => ({
    filters: someValues(sizeOf(shape), seed, zeros),
    bias: someValues(shape[0], seed),
  })))
);

/** Pruned networks with shared weights. */
export const deepCompressionTarget: FuzzTarget = {
  name: "deep-compression",
  files: changedBytes(fc.constantFrom(...pruned), {
    fields: () => [0, 4, 8, 12, 1032].map((at): Field => ({ at, bytes: 4, littleEndian: true })),
  }),
  errors: [DataError],
  read: (bytes) => {
    const layers = readDeepCompression(bytes, shapes, "fuzz.net");
    layers.forEach(({ filters, bias }, i) => {
      must(
        filters.length === sizeOf(shapes[i]!) && bias.length === shapes[i]![0],
        "layers have their shapes",
      );
      must(filters.every(Number.isFinite) && bias.every(Number.isFinite), "values are finite");
    });
  },
};

/** Weights as text. */
export const integersTarget: FuzzTarget = {
  name: "integers",
  files: changedBytes(fc.constant(utf8("-128 127 0 5\n-6\r\n7 ")), {
    words: [" ", "-", "\n", "1", "128 ", "1.5 ", "999999999999 ", "\u0000"].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const values = readIntegers(bytes, 6, { least: -128, most: 127 }, "fuzz.txt");
    must(
      values.length === 6 && values.every((value) => value >= -128 && value <= 127),
      "integers are in range",
    );
  },
};

const arrays = [[], [4], [2, 3, 1, 2]].map((shape) =>
  writeMxnetArray({ shape, values: someValues(sizeOf(shape), 1) })
);

/** Arrays of MXNet. */
export const mxnetTarget: FuzzTarget = {
  name: "mxnet",
  files: changedBytes(fc.constantFrom(...arrays), {
    fields: () => [
      ...[0, 16, 36, 44].map((at): Field => ({ at, bytes: 8, littleEndian: true })),
      ...[24, 28, 32, 76].map((at): Field => ({ at, bytes: 4, littleEndian: true })),
    ],
  }),
  errors: [DataError],
  read: (bytes) => {
    const { shape, values } = readMxnetArray(bytes, "fuzz.param");
    must(sizeOf(shape) === values.length && values.every(Number.isFinite), "the shape is that of the data");
  },
};

const shards = writeTfjsModel(
  "net",
  new Map([
    ["a/kernel", { shape: [2, 2], values: someValues(4, 1) }],
    ["a/bias", { shape: [2], values: someValues(2, 2) }],
  ]),
  { class_name: "Model", config: {} },
);

/** Manifests of models of tfjs, whose shards are as they should be. */
export const tfjsModelTarget: FuzzTarget = {
  name: "tfjs-model",
  files: changedJson(JSON.parse(new TextDecoder().decode(shards["net/model.json"]))),
  errors: [DataError],
  read: async (bytes) => {
    const { read } = inMemory({ ...shards, "net/model.json": bytes });
    const { weights } = await readTfjsModel({ dataset: "tiny", path: "net" }, {
      // As the data set says of a file that it has not.
      read: (file) =>
        file.name in shards
          ? read(file)
          : Promise.reject(new DataError(`Cannot read ${JSON.stringify(file.name)}`)),
    });
    for (const { shape, values } of weights.values()) {
      must(sizeOf(shape) === values.length, "weights have their shapes");
    }
  },
};

const branch = field(
  6,
  onnxGraph([], [onnxNode("/a/MatMul_quant", "MatMulInteger", ["x", "onnx::MatMul_1_quantized"])]),
);
const model = onnxModel([
  onnxTensor("b", [2], 1, Float32Array.of(1, 2)),
  onnxTensor("onnx::MatMul_1_quantized", [1, 2], 3, Int8Array.of(1, -2)),
  onnxTensor("onnx::MatMul_1_scale", [], 1, Float32Array.of(0.5)),
  onnxTensor("onnx::MatMul_1_zero_point", [], 3, Int8Array.of(0)),
], [onnxNode("if", "If", ["c"], branch)]);

/** Models in ONNX. */
export const onnxTarget: FuzzTarget = {
  name: "onnx",
  files: changedBytes(fc.constant(model), {
    words: [
      field(1, 2 ** 50),
      field(1, -1n),
      field(2, 7),
      field(9, "12345678"),
      field(14, 1),
      onnxTensor("b", [1], 1, Float32Array.of(1)),
      onnxNode("/b/MatMul", "MatMul", ["x", "b"]),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
    ],
  }),
  errors: [DataError],
  read: (bytes) => {
    const weights = readOnnxWeights(bytes, "fuzz.onnx");
    for (const { shape, values } of weights.values()) {
      must(sizeOf(shape) === values.length, "weights have their shapes");
    }
    must(
      [...onnxNodes(bytes, "fuzz.onnx")].every(({ inputs }) => Array.isArray(inputs)),
      "nodes have inputs",
    );
  },
};
