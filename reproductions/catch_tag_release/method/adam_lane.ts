import { requireClipNorm } from "../../../src/nn/clip_scale.ts";
import { power } from "../../../src/numeric/linalg/power.ts";

/** Options of {@linkcode AdamLane}. */
export interface AdamLaneOptions {
  /** Decay of the first moment; 0.9 by default. */
  readonly beta1?: number;
  /** Decay of the second moment; 0.999 by default. */
  readonly beta2?: number;
  /** Added to the root of the second moment; 1e-8 by default. */
  readonly epsilon?: number;
  /** The largest norm of a gradient: longer ones are scaled to it. */
  readonly clip: number;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) for one of several networks whose parameters are interleaved, in float64 but for the parameters
 * themselves; the gradient is clipped by its norm over the parameters of this network.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const parameters = Float32Array.of(1, 5, 2, 5);
 * const adam = new AdamLane(2, { lane: 0, lanes: 2, clip: 1 });
 * adam.update(parameters, Float32Array.of(3, 9, -4, 9), 0.5);
 * // The first step of Adam is the rate times the sign.
 * assertEquals(Array.from(parameters, (value) => Math.round(value * 1e6) / 1e6), [0.5, 5, 2.5, 5]);
 * ```
 */
export class AdamLane {
  readonly #options: Required<AdamLaneOptions> & { readonly lane: number; readonly lanes: number };
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  /**
   * Starts with moments of 0.
   *
   * @param count Parameters of a network.
   * @param options Which of how many networks, and the constants.
   * @throws {RangeError} Where the limit of the norm is not positive.
   */
  constructor(
    count: number,
    options: AdamLaneOptions & { readonly lane: number; readonly lanes: number },
  ) {
    requireClipNorm(options.clip);
    this.#options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...options };
    this.#first = new Float64Array(count);
    this.#second = new Float64Array(count);
  }

  /**
   * Moves the parameters of the network.
   *
   * @param parameters `(count, lanes)`.
   * @param gradients `(count, lanes)`.
   * @param rate Learning rate.
   */
  update(parameters: Float32Array, gradients: Float32Array, rate: number): void {
    const { lane, lanes, beta1, beta2, epsilon, clip } = this.#options;
    this.#steps++;
    let squares = 0;
    for (let at = lane; at < gradients.length; at += lanes) squares += gradients[at]! ** 2;
    const scale = Math.min(1, clip / Math.sqrt(squares));
    const [correction1, correction2] = [1 - power(beta1, this.#steps), 1 - power(beta2, this.#steps)];
    for (let p = 0; p < this.#first.length; p++) {
      const at = p * lanes + lane;
      const gradient = scale * gradients[at]!;
      const first = this.#first[p] = beta1 * this.#first[p]! + (1 - beta1) * gradient;
      const second = this.#second[p] = beta2 * this.#second[p]! + (1 - beta2) * gradient * gradient;
      parameters[at]! -= rate * (first / correction1) / (Math.sqrt(second / correction2) + epsilon);
    }
  }
}
