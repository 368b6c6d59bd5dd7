import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { filesAtHand } from "../files_at_hand.ts";
import { field, onnxGraph, onnxModel, onnxNode, onnxTensor } from "../test_helpers.ts";
import { sizeOf } from "../weights/named_weights.ts";
import { readOnnxWeights } from "./read_onnx_weights.ts";

const one = (name: string, type: number, data: ArrayBufferView) => onnxTensor(name, [], type, data);

Deno.test("readOnnxWeights() undoes the quantisation, and names operands of products by the node that uses them", () => {
  const branch = field(
    6,
    onnxGraph([], [
      onnxNode("/layers.0/q_proj/MatMul_quant", "MatMulInteger", ["x", "onnx::MatMul_7_merged_0_quantized"]),
    ]),
  );
  const model = onnxModel([
    onnxTensor("bias_merged_0", [2], 1, Float32Array.of(0.5, -0.5)),
    one("onnx::MatMul_7_merged_0_scale", 1, Float32Array.of(0.25)),
    one("onnx::MatMul_7_merged_0_zero_point", 3, Int8Array.of(1)),
    onnxTensor("onnx::MatMul_7_merged_0_quantized", [1, 3], 3, Int8Array.of(-128, 1, 127)),
    onnxTensor("embed.weight_quantized", [2], 2, Uint8Array.of(0, 255)),
    one("embed.weight_scale", 1, Float32Array.of(2)),
    one("embed.weight_zero_point", 2, Uint8Array.of(127)),
    onnxTensor("shape", [1], 7, BigInt64Array.of(4n)),
  ], [onnxNode("if", "If", ["c"], branch)]);
  assertEquals([...readOnnxWeights(model, "m")], [
    ["bias", { shape: [2], values: Float32Array.of(0.5, -0.5) }],
    ["layers.0.q_proj.weight", { shape: [1, 3], values: Float32Array.of(-32.25, 0, 31.5) }],
    ["embed.weight", { shape: [2], values: Float32Array.of(-254, 256) }],
  ]);
});

Deno.test("readOnnxWeights() keeps the name of an operand that no named node uses", () => {
  const model = onnxModel([onnxTensor("onnx::Add_3", [1], 1, Float32Array.of(2))]);
  assertEquals([...readOnnxWeights(model, "m").keys()], ["onnx::Add_3"]);
});

Deno.test("readOnnxWeights() refuses arrays that lack what undoes the quantisation, and a name for two", () => {
  const q = onnxTensor("w_quantized", [2], 3, Int8Array.of(1, 2));
  const scale = one("w_scale", 1, Float32Array.of(1));
  const zero = one("w_zero_point", 3, Int8Array.of(0));
  const rule = "w_quantized must have one scale of float32 and one zero point of its own type: it has not";
  const cases: readonly [Uint8Array[], string][] = [
    [[q, zero], rule],
    [[q, scale], rule],
    [[q, scale, one("w_zero_point", 2, Uint8Array.of(0))], rule],
    [[q, onnxTensor("w_scale", [2], 1, Float32Array.of(1, 2)), zero], rule],
    [
      [onnxTensor("w_quantized", [1], 6, Int32Array.of(1)), scale, zero],
      "w_quantized must be of 8 bits: it is int32",
    ],
    [[scale, scale], "its arrays must have different names: w_scale is there twice"],
    [
      [one("b", 1, Float32Array.of(1)), one("b_merged_0", 1, Float32Array.of(1))],
      "its weights must have different names: b is",
    ],
  ];
  for (const [tensors, reason] of cases) {
    assertThrows(
      () => readOnnxWeights(onnxModel(tensors), "x.onnx"),
      DataError,
      `Cannot read x.onnx: ${reason}`,
    );
  }
});

const { context, skipped } = await filesAtHand(Deno.env.get("REPRODUCE_DATA"), ["whisper-tiny"]);

/** What each of the 4 layers of a decoder has: names and shapes, products as (in, out). */
function layerShapes(attentions: readonly string[]): Record<string, number[]> {
  const shapes: Record<string, number[]> = {};
  for (const attention of attentions) {
    for (const part of ["q_proj", "k_proj", "v_proj", "out_proj"]) {
      shapes[`${attention}.${part}.weight`] = [384, 384];
      if (part !== "k_proj") shapes[`${attention}.${part}.bias`] = [384];
    }
    for (const kind of ["weight", "bias"]) shapes[`${attention}_layer_norm.${kind}`] = [384];
  }
  Object.assign(shapes, {
    "fc1.weight": [384, 1536],
    "fc1.bias": [1536],
    "fc2.weight": [1536, 384],
    "fc2.bias": [384],
  });
  for (const kind of ["weight", "bias"]) shapes[`final_layer_norm.${kind}`] = [384];
  return shapes;
}

function layersBelow(prefix: string, attentions: readonly string[]): [string, number[]][] {
  return [0, 1, 2, 3].flatMap((layer) =>
    Object.entries(layerShapes(attentions)).map(([name, shape]): [string, number[]] => [
      `${prefix}layers.${layer}.${name}`,
      shape,
    ])
  );
}

Deno.test({
  name: `readOnnxWeights() finds every weight of whisper-tiny by its name${skipped}`,
  ignore: context === undefined,
  async fn(t) {
    const read = async (name: string) =>
      readOnnxWeights(await context!.read({ dataset: "whisper-tiny", name: `onnx/${name}` }), name);
    await t.step("the decoder", async () => {
      const weights = await read("decoder_model_merged_quantized.onnx");
      const expected = new Map<string, number[]>([
        ...layersBelow("model.decoder.", ["self_attn", "encoder_attn"]),
        ["model.decoder.embed_positions.weight", [448, 384]],
        ["model.decoder.embed_tokens.weight", [51_865, 384]],
        ["model.decoder.layer_norm.weight", [384]],
        ["model.decoder.layer_norm.bias", [384]],
      ]);
      assertEquals([...weights.keys()].sort(), [...expected.keys()].sort());
      for (const [name, shape] of expected) assertEquals([name, weights.get(name)!.shape], [name, shape]);
      // Embeddings of 51,865 tokens and 448 places, 4 layers of 2,365,824, and a norm of 768.
      assertEquals([...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0), 29_552_256);
      const queries = weights.get("model.decoder.layers.0.self_attn.q_proj.weight")!.values;
      assertAlmostEquals(queries.reduce((sum, v) => sum + v, 0) / queries.length, 0, 0.01);
    });
    await t.step("the encoder", async () => {
      const weights = await read("encoder_model_quantized.onnx");
      const expected = new Map<string, number[]>([
        ...layersBelow("", ["self_attn"]),
        ["conv1.weight", [384, 80, 3]],
        ["conv1.bias", [384]],
        ["conv2.weight", [384, 384, 3]],
        ["conv2.bias", [384]],
        ["embed_positions.weight", [1500, 384]],
        ["layer_norm.weight", [384]],
        ["layer_norm.bias", [384]],
      ]);
      for (const [name, shape] of expected) assertEquals([name, weights.get(name)?.shape], [name, shape]);
      assertEquals([...weights.keys()].filter((name) => !expected.has(name)), []);
    });
  },
});
