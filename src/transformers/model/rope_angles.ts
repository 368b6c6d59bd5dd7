import { power } from "../../numeric/linalg/power.ts";
import type { Rope } from "./model_config.ts";

/**
 * How far each pair of coordinates of a head turns a position (RoPE, arXiv 2104.09864, equation 15):
 *
 *     f_i = theta^(-2 i / headSize),  i = 0 .. headSize / 2 - 1
 *
 * Where `llama3` is given, wave lengths above originalContext / lowFrequencyFactor are made `factor` times longer, those
 * below originalContext / highFrequencyFactor stay, and f is interpolated linearly in originalContext / wave length
 * between (Llama 3.1, `rope_type` "llama3" of Hugging Face transformers).
 *
 * @returns `(headSize / 2)` radians.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(Array.from(ropeFrequencies({ theta: 100 }, 4)), [1, 0.1]);
 * ```
 */
export function ropeFrequencies({ theta, llama3 }: Rope, headSize: number): Float64Array {
  return Float64Array.from({ length: headSize / 2 }, (_, i) => {
    const frequency = power(theta, -2 * i / headSize);
    if (llama3 === undefined) return frequency;
    const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalContext } = llama3;
    const turns = originalContext * frequency / (2 * Math.PI);
    if (turns < low) return frequency / factor;
    if (turns > high) return frequency;
    const kept = (turns - low) / (high - low);
    return (1 - kept) * frequency / factor + kept * frequency;
  });
}

/**
 * Cosines and sines of RoPE for positions 0 to length - 1.
 *
 * @returns Each `(length, headSize / 2)`.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { cosines, sines } = ropeAngles({ theta: 100 }, 4, 3);
 * assertAlmostEquals(cosines[5]!, Math.cos(0.2), 1e-7); // position 2, second pair
 * assertAlmostEquals(sines[4]!, Math.sin(2), 1e-7);
 * ```
 */
export function ropeAngles(
  rope: Rope,
  headSize: number,
  length: number,
): { readonly cosines: Float32Array; readonly sines: Float32Array } {
  const frequencies = ropeFrequencies(rope, headSize);
  const pairs = frequencies.length;
  const angles = Float64Array.from(
    { length: length * pairs },
    (_, at) => Math.floor(at / pairs) * frequencies[at % pairs]!,
  );
  return { cosines: Float32Array.from(angles, Math.cos), sines: Float32Array.from(angles, Math.sin) };
}
