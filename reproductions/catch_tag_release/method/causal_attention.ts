/** Queries, keys and values of some heads over some sequences of the same length. */
export interface AttentionInputs {
  /** `(sequences, heads, T, width)`. */
  readonly queries: Float32Array | Float64Array;
  /** `(sequences, heads, T, width)`. */
  readonly keys: Float32Array | Float64Array;
  /** `(sequences, heads, T, width)`. */
  readonly values: Float32Array | Float64Array;
  /** The number of tokens T. */
  readonly length: number;
  /** The width of a head, d_head. */
  readonly width: number;
}

/** Options of {@linkcode causalAttention}. */
export interface AttentionOptions {
  /**
   * What inner products are divided by: nothing, as in the averaging network of Zhang, Khan and Papyan (arXiv 2502.00919,
   * section 7), or sqrt(d_head), as in language models (Vaswani and others, 2017, equation 1). Lecture slides on
   * the paper print sqrt(n), with n the number of tokens.
   */
  readonly scaling: "none" | "sqrt(d_head)";
  /** Whether the logits are kept as well; not by default. */
  readonly keepLogits?: boolean;
}

/** What attention gives. */
export interface AttentionOutputs {
  /** Z = A V, `(sequences, heads, T, width)`. */
  readonly outputs: Float64Array;
  /** A, `(sequences, heads, T, T)`; 0 for keys after the query. */
  readonly weights: Float64Array;
  /** Scaled inner products, `(sequences, heads, T, T)`, -Infinity for keys after the query; where they are kept. */
  readonly logits?: Float64Array;
}

/**
 * Causal softmax attention in float64:
 *
 *     A[i][j] = exp(q_i . k_j / s) / sum over l <= i of exp(q_i . k_l / s)   for j <= i, else 0
 *     z_i     = sum over j <= i of A[i][j] v_j
 *
 * @throws {RangeError} Where queries, keys and values differ in size, or are no whole number of heads.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const zeros = new Float64Array(2);
 * const { outputs, weights } = causalAttention(
 *   { queries: zeros, keys: zeros, values: Float64Array.of(1, 3), length: 2, width: 1 },
 *   { scaling: "none" },
 * );
 * assertEquals(Array.from(weights), [1, 0, 0.5, 0.5]);
 * assertEquals(Array.from(outputs), [1, 2]);
 * ```
 */
export function causalAttention(inputs: AttentionInputs, options: AttentionOptions): AttentionOutputs {
  const { queries, keys, values, length, width } = inputs;
  const heads = countHeads(inputs);
  const scale = options.scaling === "none" ? 1 : Math.sqrt(width);
  const outputs = new Float64Array(queries.length);
  const weights = new Float64Array(heads * length * length);
  const logits = new Float64Array(options.keepLogits ? weights.length : 0).fill(-Infinity);
  for (let query = 0; query < heads * length; query++) {
    const i = query % length;
    const first = query - i;
    const row = weights.subarray(query * length, query * length + i + 1);
    let largest = -Infinity;
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < width; k++) product += queries[query * width + k]! * keys[(first + j) * width + k]!;
      row[j] = product / scale;
      if (row[j]! > largest) largest = row[j]!;
    }
    if (options.keepLogits) logits.set(row, query * length);
    let sum = 0;
    for (let j = 0; j <= i; j++) {
      row[j] = Math.exp(row[j]! - largest);
      sum += row[j]!;
    }
    for (let j = 0; j <= i; j++) {
      row[j]! /= sum;
      for (let k = 0; k < width; k++) {
        outputs[query * width + k]! += row[j]! * values[(first + j) * width + k]!;
      }
    }
  }
  return options.keepLogits ? { outputs, weights, logits } : { outputs, weights };
}

/** Heads of all sequences together. */
function countHeads({ queries, keys, values, length, width }: AttentionInputs): number {
  for (const [name, count] of Object.entries({ length, width })) {
    if (Number.isSafeInteger(count) && count >= 1) continue;
    throw new RangeError(`Cannot attend: ${name} must be an integer >= 1: current value is ${count}`);
  }
  const heads = queries.length / (length * width);
  if (!Number.isInteger(heads) || heads === 0) {
    throw new RangeError(
      `Cannot attend: ${queries.length} queries are no whole number of heads of ${length} tokens and width ${width}`,
    );
  }
  if (keys.length !== queries.length || values.length !== queries.length) {
    throw new RangeError(
      `Cannot attend: there must be as many keys and values as queries: ${queries.length} have ${keys.length} and ${values.length}`,
    );
  }
  return heads;
}
