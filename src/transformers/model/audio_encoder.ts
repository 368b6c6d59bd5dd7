/**
 * Whisper's encoder of sound: what its decoder attends to.
 *
 * @module
 */
import { add, matMul, type Tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { DataError } from "../../errors.ts";
import { exactGelu, feedForward } from "./feed_forward.ts";
import { firstNonFinite } from "./first_non_finite.ts";
import { openAttention } from "./hearing.ts";
import type { Heard } from "./language_model.ts";
import type { LinearWeights, NormWeights } from "./layer_weights.ts";
import { linear } from "./linear.ts";
import { normalise } from "./normalise.ts";
import { readAndDispose } from "./read_and_dispose.ts";
import type { NamedTensor } from "./tensor_source.ts";
import { whisperAttentionShapes, whisperFeedForwardShapes } from "./weight_shapes.ts";

/** The shape of an encoder. */
export interface EncoderConfig {
  /** Bands of the log-mel spectrogram. */
  readonly bands: number;
  /** Width of the residual stream. */
  readonly dim: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the feed-forward layers. */
  readonly hidden: number;
  /** Moments that come out: half as many as go in. */
  readonly frames: number;
  /** Added to the variance by the norms. */
  readonly normEps: number;
}

/** Moments that a convolution over three of them sees. */
const kernel = 3;

/** Every tensor of an encoder, by the name that its ONNX file gives it; matrices are stored (inputs, outputs). */
export function encoderShapes(
  { bands, dim, layers, hidden, frames }: EncoderConfig,
): Map<string, readonly number[]> {
  return new Map<string, readonly number[]>([
    ["conv1.weight", [dim, bands, kernel]],
    ["conv1.bias", [dim]],
    ["conv2.weight", [dim, dim, kernel]],
    ["conv2.bias", [dim]],
    ["embed_positions.weight", [frames, dim]],
    ...Array.from({ length: layers }, (_, layer) => `layers.${layer}`).flatMap((at) => [
      ...whisperAttentionShapes(`${at}.self_attn`, dim),
      ...whisperFeedForwardShapes(at, dim, hidden),
    ]),
    ["layer_norm.weight", [dim]],
    ["layer_norm.bias", [dim]],
  ]);
}

/**
 * Encodes a sound as Whisper does (Radford et al., arXiv 2212.04356, section 2.2): two convolutions over three moments, the second
 * with a step of two, then layers of attention from every moment to every other; in float32 on the current backend.
 *
 * @param config The shape of the encoder.
 * @param tensors Those of {@linkcode encoderShapes}.
 * @param mel `(bands, 2 frames)`: the log-mel spectrogram, as the encoder was trained on it.
 * @param name The file for error messages.
 * @throws {DataError} Where a tensor is missing or of another shape, or something is no finite number.
 */
export function encodeAudio(
  config: EncoderConfig,
  tensors: ReadonlyMap<string, NamedTensor>,
  mel: Float32Array,
  name: string,
): Heard {
  checkTensors(encoderShapes(config), tensors, name);
  const values = (key: string) => tensors.get(key)!.values;
  const norm = (key: string): NormWeights => ({
    weight: values(`${key}.weight`),
    bias: values(`${key}.bias`),
  });
  const weights = (key: string): LinearWeights => ({
    weight: values(`${key}.weight`),
    shape: tensors.get(`${key}.weight`)!.shape as [number, number],
    rows: "inputs",
    ...tensors.has(`${key}.bias`) ? { bias: values(`${key}.bias`) } : {},
  });
  const { dim, layers, heads, frames, normEps, bands } = config;
  const convolve = (rows: Float32Array, channels: number, key: string, step: number) =>
    readAndDispose(tidy(() => {
      const patches = tensor2d(unfold(rows, channels, step), [
        rows.length / channels / step,
        channels * kernel,
      ]);
      const flat = tensor2d(values(`${key}.weight`), [dim, channels * kernel]);
      const sum = add(matMul(patches, flat, false, true), tensor1d(values(`${key}.bias`)));
      return exactGelu(sum);
    }));
  const moments = convolve(convolve(transposed(mel, bands), bands, "conv1", 1), dim, "conv2", 2);
  let residual: Tensor = tidy(() =>
    add(tensor2d(moments, [frames, dim]), tensor2d(values("embed_positions.weight"), [frames, dim]))
  );
  for (let layer = 0; layer < layers; layer++) {
    const at = `layers.${layer}`;
    const before = residual;
    residual = tidy(() => {
      const normed = normalise(before, norm(`${at}.self_attn_layer_norm`), normEps);
      const [queries, keys, heard] = ["q", "k", "v"].map((part) =>
        linear(normed, weights(`${at}.self_attn.${part}_proj`))
      );
      const attended = openAttention(queries!, keys!, heard!, heads);
      const between = add(before, linear(attended, weights(`${at}.self_attn.out_proj`)));
      const fed = feedForward(normalise(between, norm(`${at}.final_layer_norm`), normEps), {
        up: weights(`${at}.fc1`),
        down: weights(`${at}.fc2`),
        gelu: "erf",
      });
      return add(between, fed);
    });
    before.dispose();
  }
  const states = readAndDispose(tidy(() => normalise(residual, norm("layer_norm"), normEps)));
  residual.dispose();
  if (firstNonFinite(states) >= 0) {
    throw new DataError(
      `Cannot encode a sound with ${name}: its weights must be finite and of the usual scale`,
    );
  }
  return { frames, states };
}

function checkTensors(
  shapes: ReadonlyMap<string, readonly number[]>,
  tensors: ReadonlyMap<string, NamedTensor>,
  name: string,
): void {
  for (const [key, shape] of shapes) {
    const found = tensors.get(key)?.shape;
    if (found?.join() === shape.join()) continue;
    throw new DataError(
      `Cannot read ${name}: it must have a tensor "${key}" of shape (${shape.join(", ")}): ` +
        `current shape is ${found === undefined ? "none" : `(${found.join(", ")})`}`,
    );
  }
}

/** `(bands, moments)` to `(moments, bands)`. */
function transposed(mel: Float32Array, bands: number): Float32Array {
  const moments = mel.length / bands;
  return Float32Array.from(mel, (_, at) => mel[(at % bands) * moments + Math.floor(at / bands)]!);
}

/** Each moment, or every second one, with those before and after it, zeros beyond the ends: `(moments / step, channels, 3)`. */
function unfold(rows: Float32Array, channels: number, step: number): Float32Array {
  const moments = rows.length / channels;
  const patches = new Float32Array(moments / step * channels * kernel);
  let at = 0;
  for (let moment = 0; moment < moments; moment += step) {
    for (let channel = 0; channel < channels; channel++) {
      for (let k = -1; k <= 1; k++, at++) {
        const from = moment + k;
        if (from >= 0 && from < moments) patches[at] = rows[from * channels + channel]!;
      }
    }
  }
  return patches;
}
