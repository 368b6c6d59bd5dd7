import {
  add,
  concat,
  conv2d,
  serialization,
  split,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import { initializers, layers, type Shape } from "@tensorflow/tfjs-layers";

/** What {@linkcode GroupedConvolution} is made of. */
export interface GroupedConvolutionOptions {
  /** Of the layer. */
  readonly name: string;
  /** Channels that it gives. */
  readonly filters: number;
  /** Rows and columns of a filter. */
  readonly kernelSize: number;
  /** Groups of channels, each seen by as many of the filters. */
  readonly groups: number;
}

/**
 * A convolution of stride 1, padded so that the size stays, whose channels fall into groups that do not see each other
 * (Krizhevsky et al., NIPS 2012, section 3.5: two, one on each processor). Filters are `(height, width, in / groups, out)`, group after
 * group along the last axis; there is a bias.
 */
export class GroupedConvolution extends layers.Layer {
  /** Its name in the files of models. */
  static readonly className = "GroupedConvolution";
  readonly #options: GroupedConvolutionOptions;

  /** @throws {RangeError} Where the groups do not divide the filters. */
  constructor(options: GroupedConvolutionOptions) {
    super({ name: options.name });
    const { name, filters, groups } = options;
    if (filters % groups !== 0) {
      throw new RangeError(
        `Cannot make ${name}: its groups must divide ${filters} filters: there are ${groups}`,
      );
    }
    this.#options = options;
  }

  /** @throws {RangeError} Where the groups do not divide the channels of the input. */
  override build(inputShape: Shape | Shape[]): void {
    const { name, filters, kernelSize, groups } = this.#options;
    const channels = shapeOf(inputShape).at(-1)!;
    if (channels % groups !== 0) {
      throw new RangeError(
        `Cannot make ${name}: its groups must divide ${channels} channels: there are ${groups}`,
      );
    }
    const zeros = initializers.zeros();
    this.addWeight("kernel", [kernelSize, kernelSize, channels / groups, filters], "float32", zeros);
    this.addWeight("bias", [filters], "float32", zeros);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...shapeOf(inputShape).slice(0, -1), this.#options.filters];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0]! : inputs) as Tensor4D;
      const { groups } = this.#options;
      const kernels = split<Tensor4D>(this.weights[0]!.read() as Tensor4D, groups, 3);
      const parts = split<Tensor4D>(x, groups, 3).map((part, i) => conv2d(part, kernels[i]!, 1, "same"));
      return add(concat(parts, 3), this.weights[1]!.read() as Tensor1D);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { filters, kernelSize, groups } = this.#options;
    return { ...super.getConfig(), filters, kernelSize, groups };
  }
}

/** The shape of the only input. */
function shapeOf(shape: Shape | Shape[]): Shape {
  return Array.isArray(shape[0]) ? shape[0] : shape as Shape;
}

serialization.registerClass(GroupedConvolution);
