import {
  localResponseNormalization,
  serialization,
  type Tensor,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";

/** What {@linkcode LocalResponseNormalisation} is made of, in the terms of Caffe. */
export interface LocalResponseNormalisationOptions {
  /** Of the layer. */
  readonly name: string;
  /** How many neighbouring channels are summed over: an odd number. */
  readonly size: number;
  /** Times the mean of their squares, the absent ones at the border counted as 0. */
  readonly alpha: number;
  /** The power. */
  readonly beta: number;
}

/**
 * Local response normalisation over channels as Caffe computes it: x / (1 + (alpha / size) sum of x^2 over `size` channels around
 * its own)^beta (Krizhevsky et al., NIPS 2012, section 3.3, where the sum is not divided by `size` and 2 stands for 1).
 */
export class LocalResponseNormalisation extends layers.Layer {
  /** Its name in the files of models. */
  static readonly className = "LocalResponseNormalisation";
  readonly #options: LocalResponseNormalisationOptions;

  /** @throws {RangeError} Where `size` is not odd and positive. */
  constructor(options: LocalResponseNormalisationOptions) {
    super({ name: options.name });
    if (options.size % 2 !== 1) {
      throw new RangeError(
        `Cannot make ${options.name}: the size must be odd: current value is ${options.size}`,
      );
    }
    this.#options = options;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { size, alpha, beta } = this.#options;
    return tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0]! : inputs) as Tensor4D;
      return localResponseNormalization(x, (size - 1) / 2, 1, alpha / size, beta);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { size, alpha, beta } = this.#options;
    return { ...super.getConfig(), size, alpha, beta };
  }
}

serialization.registerClass(LocalResponseNormalisation);
