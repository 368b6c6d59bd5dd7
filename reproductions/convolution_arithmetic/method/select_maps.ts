import { gather, type serialization, type Tensor } from "@tensorflow/tfjs-core";
import { layers, type Shape } from "@tensorflow/tfjs-layers";

/** A layer of tfjs-layers that passes some of the maps of its input on: what a part of a convolution sees. */
export class SelectMaps extends layers.Layer {
  /** Its name in the files of models. */
  static readonly className = "SelectMaps";
  readonly #maps: readonly number[];

  constructor({ maps }: { readonly maps: readonly number[] }) {
    super({});
    this.#maps = maps;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.#maps.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return gather(Array.isArray(inputs) ? inputs[0]! : inputs, [...this.#maps], -1);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), maps: [...this.#maps] };
  }
}
