/**
 * The layer Conv2D of tfjs on our fused kernel.
 *
 * @module
 */
// The layers package registers its classes.
import "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";

/** What the layer has, of which the package declares a part. */
interface Conv2DLayer {
  readonly kernel: { read(): tf.Tensor };
  readonly bias: { read(): tf.Tensor } | null;
  readonly strides: [number, number];
  readonly padding: string;
  readonly dataFormat: string;
  readonly dilationRate: [number, number];
  readonly activation: { getClassName(): string; apply(x: tf.Tensor): tf.Tensor };
}

type Call = (this: Conv2DLayer, inputs: tf.Tensor | tf.Tensor[], options: unknown) => tf.Tensor;

/** The activations that the kernel and its gradient know. */
const fused = ["linear", "relu", "elu"];

let isSet = false;

/**
 * Lets the layer run its convolution, bias and activation as one kernel also while gradients are recorded. tfjs
 * runs three and keeps what each gave; it knows no gradient of a dilated filter; and of a linear layer it makes the
 * gradient of the filter even where that of the input alone is wanted.
 */
export function setConv2DCall(): void {
  if (isSet) return;
  isSet = true;
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap.Conv2D!;
  const prototype = layer.prototype as { call: Call };
  const shipped = prototype.call;
  prototype.call = function (inputs, options) {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (tf.getBackend() !== "wasm" || x.rank !== 4 || this.dataFormat !== "channelsLast") {
      return shipped.call(this, inputs, options);
    }
    const name = this.activation.getClassName();
    const isFused = fused.includes(name);
    return tf.tidy(() => {
      const y = tf.engine().runKernel(
        "FusedConv2D",
        { x, filter: this.kernel.read(), ...(this.bias && { bias: this.bias.read() }) },
        {
          strides: this.strides,
          pad: this.padding === "same" ? "same" : "valid",
          dataFormat: "NHWC",
          dilations: this.dilationRate,
          activation: isFused ? name : "linear",
        },
      ) as tf.Tensor;
      return isFused ? y : this.activation.apply(y);
    });
  };
}
