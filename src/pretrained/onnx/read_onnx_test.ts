import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { field, onnxGraph, onnxModel, onnxNode, onnxTensor, varint } from "../test_helpers.ts";
import { onnxNodes, onnxTensors } from "./read_onnx.ts";
import { joinBytes } from "../../files/join_bytes.ts";

const packed = (...values: readonly bigint[]) => joinBytes(...values.map(varint));

Deno.test("onnxTensors() reads arrays by hand-made bytes, whichever field has the elements", () => {
  // GraphProto.initializer (5) of TensorProto: dims (1) 2 and 1, data_type (2) 1, name (8) "w", raw_data (9) of two floats.
  const tensor = [0x08, 2, 0x08, 1, 0x10, 1, 0x42, 1, 0x77, 0x4a, 8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
  const model = Uint8Array.of(0x08, 8, 0x3a, tensor.length + 2, 0x2a, tensor.length, ...tensor);
  assertEquals([...onnxTensors(model, "m")], [
    { name: "w", shape: [2, 1], type: "float32", data: Float32Array.of(1, -2) },
  ]);
  const scalar = (type: number, number: number, value: Uint8Array | number) =>
    joinBytes(field(2, type), field(8, "s"), field(number, value));
  const cases = [
    [scalar(1, 4, new Uint8Array(Float32Array.of(0.5).buffer)), "float32", Float32Array.of(0.5)],
    [scalar(3, 5, packed(-5n)), "int8", Int8Array.of(-5)],
    [scalar(2, 5, packed(200n)), "uint8", Uint8Array.of(200)],
    [scalar(6, 5, packed(-70_000n)), "int32", Int32Array.of(-70_000)],
    [scalar(7, 7, packed(-(2n ** 40n))), "int64", BigInt64Array.of(-(2n ** 40n))],
    [scalar(2, 5, 7), "uint8", Uint8Array.of(7)],
  ] as const;
  for (const [bytes, type, data] of cases) {
    assertEquals([...onnxTensors(onnxModel([bytes]), "m")], [{ name: "s", shape: [], type, data }]);
  }
});

Deno.test("onnxTensors() reads lengths that stand one after the other", () => {
  const tensor = joinBytes(field(1, packed(2n, 3n)), field(2, 3), field(8, "w"), field(9, new Uint8Array(6)));
  assertEquals([...onnxTensors(onnxModel([tensor]), "m")][0]!.shape, [2, 3]);
});

Deno.test("onnxNodes() gives the nodes of graphs within graphs too", () => {
  const branch = field(6, onnxGraph([], [onnxNode("/a/MatMul", "MatMul", ["x", "w"])]));
  const model = onnxModel([], [onnxNode("if", "If", ["c"], branch, branch), onnxNode("", "Relu", ["y"])]);
  assertEquals([...onnxNodes(model, "m")], [
    { name: "if", operation: "If", inputs: ["c"] },
    { name: "/a/MatMul", operation: "MatMul", inputs: ["x", "w"] },
    { name: "/a/MatMul", operation: "MatMul", inputs: ["x", "w"] },
    { name: "", operation: "Relu", inputs: ["y"] },
  ]);
});

Deno.test("onnxNodes() refuses graphs that lie deeper than any program has them", () => {
  let graph = onnxGraph([], []);
  for (let i = 0; i < 20; i++) graph = onnxGraph([], [onnxNode("if", "If", [], field(6, graph))]);
  assertThrows(() => [...onnxNodes(field(7, graph), "deep")], DataError, "graphs must lie at most 16 deep");
});

Deno.test("onnxTensors() refuses files that are none of such models, with the reason", () => {
  const float = (shape: number[], data: ArrayBufferView) => onnxTensor("w", shape, 1, data);
  const cases: readonly [Uint8Array, string][] = [
    [new Uint8Array(), "an ONNX model must have a graph: it has none"],
    [field(7, 3), "a message must stand where a number does"],
    [onnxModel([onnxTensor("w", [1], 10, new Uint8Array(2))]), "the array w must be of float32, uint8"],
    [onnxModel([float([2], new Float32Array(3))]), "the array w of shape 2 must have 8 bytes: it has 12"],
    [onnxModel([float([], new Uint8Array())]), "of shape () must have 4 bytes: it has 0"],
    [
      onnxModel([joinBytes(field(2, 7), field(8, "w"), field(1, 2), field(7, packed(1n)))]),
      "must have 2 elements: it has 1",
    ],
    [
      onnxModel([joinBytes(field(2, 3), field(8, "w"), field(5, packed(200n)))]),
      "must have elements of int8: it has others",
    ],
    [
      onnxModel([joinBytes(field(2, 1), field(8, "w"), field(1, 1), field(14, 1))]),
      "must lie in the file itself",
    ],
    [onnxModel([joinBytes(field(2, 1), field(8, "w"), field(13, "x"))]), "must lie in the file itself"],
    [onnxModel([joinBytes(field(2, 1), field(8, "w"), field(3, "x"))]), "must lie in one piece"],
    [
      onnxModel([joinBytes(field(2, 1), field(1, -4n), field(8, "w"))]),
      "must have sides of at least 0: its shape is -4",
    ],
    [
      onnxModel([joinBytes(field(2, 1), field(2, 1))]),
      "must have each of its fields once: field 2 is there twice",
    ],
    [
      onnxModel([float([2 ** 40, 2 ** 40], new Float32Array(1))]),
      "must have 4.835703278458517e+24 bytes: it has 4",
    ],
  ];
  for (const [model, reason] of cases) {
    assertThrows(() => [...onnxTensors(model, "x.onnx")], DataError, "Cannot read x.onnx: ");
    assertThrows(() => [...onnxTensors(model, "x.onnx")], DataError, reason);
  }
});

Deno.test("onnxTensors() refuses a model that is cut off within its graph", () => {
  const whole = onnxModel([onnxTensor("w", [2], 1, Float32Array.of(1, 2))]);
  const end = whole.length - 4;
  for (let length = 0; length < end; length++) {
    assertThrows(
      () => [...onnxTensors(whole.subarray(0, length), "cut.onnx")],
      DataError,
      "Cannot read cut.onnx: ",
    );
  }
});
