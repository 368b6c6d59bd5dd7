/**
 * A network without its biases and ReLUs, whose maxima are taken at given places: a linear map and its adjoint, in float64.
 *
 * @module
 */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { layers, LayersModel } from "@tensorflow/tfjs-layers";
import { inputOf, layersBefore, layersBetween } from "../pretrained/run_layers.ts";

/** Maps of one image. */
export interface Maps {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** Channels. */
  readonly channels: number;
  /** `(height, width, channels)`. */
  readonly data: Float64Array;
}

/** Where each maximum of a pooling came from: indices into its input, `(height, width, channels)` of its result. */
export type Switches = Readonly<Record<string, Int32Array>>;

/** One layer as a linear map between maps. */
interface LinearLayer {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly shape: Shape;
  /** Adds what the layer makes of its inputs to its result, or what it takes back of its result to its inputs. */
  readonly add: (inputs: readonly Maps[], result: Maps, direction: "forward" | "back") => void;
}

type Shape = Pick<Maps, "height" | "width" | "channels">;

function zeros({ height, width, channels }: Shape): Maps {
  return { height, width, channels, data: new Float64Array(height * width * channels) };
}

function shapeOf({ outputShape }: Pick<layers.Layer, "outputShape">): Shape {
  const [, height, width, channels] = outputShape as number[];
  return { height: height!, width: width!, channels: channels! };
}

/**
 * The places of the maxima of every pooling of a network, the first of equals.
 *
 * @param network The network.
 * @param results Gives the result of a layer for one image, by its name.
 */
export function switchesOf(network: LayersModel, results: (layer: string) => Tensor4D): Switches {
  return Object.fromEntries(
    network.layers.filter((layer) => layer.getClassName() === "MaxPooling2D").map((layer) => {
      const input = results(layersBefore(layer)[0]!.name);
      const [, , width, channels] = input.shape;
      const values = input.dataSync();
      const { poolSize, strides } = layer.getConfig() as {
        poolSize: [number, number];
        strides: [number, number];
      };
      const out = shapeOf(layer);
      const places = new Int32Array(out.height * out.width * out.channels);
      for (let at = 0; at < places.length; at++) {
        const channel = at % channels;
        const column = Math.floor(at / channels) % out.width;
        const row = Math.floor(at / channels / out.width);
        let most = -Infinity;
        for (let v = 0; v < poolSize[0]; v++) {
          for (let u = 0; u < poolSize[1]; u++) {
            const from = ((row * strides[0] + v) * width + column * strides[1] + u) * channels + channel;
            if (values[from]! > most) {
              most = values[from]!;
              places[at] = from;
            }
          }
        }
      }
      return [layer.name, places];
    }),
  );
}

/** The linear map from the input of a network to the result of one of its layers, and its adjoint. */
export class LinearPart {
  readonly #layers: readonly LinearLayer[];
  readonly #input: string;
  readonly #inputShape: Shape;
  readonly #layer: string;

  /**
   * @param network A network of convolutions, ReLUs, zero padding, maxima and joined channels.
   * @param layer The name of the layer.
   * @param switches Where maxima are taken.
   * @throws {RangeError} Where there is a layer of another kind on the way.
   */
  constructor(network: LayersModel, layer: string, switches: Switches) {
    this.#input = inputOf(network);
    this.#layer = layer;
    this.#inputShape = shapeOf({ outputShape: network.inputs[0]!.shape });
    this.#layers = layersBetween(network, [this.#input], [layer]).map((one) => linearLayer(one, switches));
  }

  /** What the map makes of an input. */
  forward(x: Float64Array): Float64Array {
    const maps = this.#maps();
    maps.get(this.#input)!.data.set(x);
    for (const { name, inputs, add } of this.#layers) {
      add(inputs.map((input) => maps.get(input)!), maps.get(name)!, "forward");
    }
    return maps.get(this.#layer)!.data;
  }

  /** What the adjoint makes of a result. */
  back(y: Float64Array): Float64Array {
    const maps = this.#maps();
    maps.get(this.#layer)!.data.set(y);
    for (const { name, inputs, add } of this.#layers.toReversed()) {
      add(inputs.map((input) => maps.get(input)!), maps.get(name)!, "back");
    }
    return maps.get(this.#input)!.data;
  }

  #maps(): Map<string, Maps> {
    return new Map([
      [this.#input, zeros(this.#inputShape)],
      ...this.#layers.map(({ name, shape }): [string, Maps] => [name, zeros(shape)]),
    ]);
  }
}

function linearLayer(layer: layers.Layer, switches: Switches): LinearLayer {
  const common = {
    name: layer.name,
    inputs: layersBefore(layer).map(({ name }) => name),
    shape: shapeOf(layer),
  };
  switch (layer.getClassName()) {
    case "ReLU":
      return { ...common, add: addPlaces((i) => i) };
    case "MaxPooling2D": {
      const places = switches[layer.name]!;
      return { ...common, add: addPlaces((i) => places[i]!) };
    }
    case "ZeroPadding2D":
      return { ...common, add: addPadded(layer) };
    case "Concatenate":
      return { ...common, add: addJoined };
    case "Conv2D":
      return { ...common, add: convolution(layer) };
    default:
      throw new RangeError(
        `Cannot make ${layer.name} linear: it must be a convolution, a ReLU, zero padding, maxima or joined channels: ` +
          `it is ${layer.getClassName()}`,
      );
  }
}

/** A layer each of whose results is one of its inputs. */
function addPlaces(place: (result: number) => number): LinearLayer["add"] {
  return ([input], result, direction) => {
    if (direction === "forward") {
      for (let i = 0; i < result.data.length; i++) result.data[i]! += input!.data[place(i)]!;
    } else for (let i = 0; i < result.data.length; i++) input!.data[place(i)]! += result.data[i]!;
  };
}

function addPadded(layer: layers.Layer): LinearLayer["add"] {
  const { padding: [[top], [left]] } = layer.getConfig() as { padding: [[number, number], [number, number]] };
  return ([input], result, direction) => {
    const length = input!.width * input!.channels;
    for (let row = 0; row < input!.height; row++) {
      const inner = row * length;
      const outer = ((row + top) * result.width + left) * result.channels;
      const [to, from, a, b] = direction === "forward"
        ? [result.data, input!.data, outer, inner]
        : [input!.data, result.data, inner, outer];
      for (let i = 0; i < length; i++) to[a + i]! += from[b + i]!;
    }
  };
}

const addJoined: LinearLayer["add"] = (inputs, result, direction) => {
  let first = 0;
  for (const input of inputs) {
    for (let place = 0; place < input.height * input.width; place++) {
      for (let c = 0; c < input.channels; c++) {
        const outer = place * result.channels + first + c;
        const inner = place * input.channels + c;
        if (direction === "forward") result.data[outer]! += input.data[inner]!;
        else input.data[inner]! += result.data[outer]!;
      }
    }
    first += input.channels;
  }
};

function convolution(layer: layers.Layer): LinearLayer["add"] {
  const { kernelSize: [high, wide], strides: [down, across], padding } = layer.getConfig() as {
    kernelSize: [number, number];
    strides: [number, number];
    padding: "valid" | "same";
  };
  const kernel = Float64Array.from(layer.getWeights()[0]!.dataSync());
  // "same" is met at stride 1 alone, with filters of an odd side.
  const top = padding === "same" ? (high - 1) / 2 : 0;
  const left = padding === "same" ? (wide - 1) / 2 : 0;
  return ([input], result, direction) => {
    const ins = input!.channels;
    const outs = result.channels;
    for (let row = 0; row < result.height; row++) {
      for (let column = 0; column < result.width; column++) {
        const at = (row * result.width + column) * outs;
        for (let v = 0; v < high; v++) {
          const y = row * down + v - top;
          if (y < 0 || y >= input!.height) continue;
          for (let u = 0; u < wide; u++) {
            const x = column * across + u - left;
            if (x < 0 || x >= input!.width) continue;
            const from = (y * input!.width + x) * ins;
            const weights = (v * wide + u) * ins * outs;
            if (direction === "forward") {
              multiplyForward(input!.data, from, kernel, weights, result.data, at, ins, outs);
            } else multiplyBack(input!.data, from, kernel, weights, result.data, at, ins, outs);
          }
        }
      }
    }
  };
}

/** y += x W at one place of the filter. */
function multiplyForward(
  x: Float64Array,
  from: number,
  kernel: Float64Array,
  weights: number,
  y: Float64Array,
  at: number,
  ins: number,
  outs: number,
): void {
  for (let i = 0; i < ins; i++) {
    const value = x[from + i]!;
    const row = weights + i * outs;
    for (let o = 0; o < outs; o++) y[at + o]! += value * kernel[row + o]!;
  }
}

/** x += W y at one place of the filter. */
function multiplyBack(
  x: Float64Array,
  from: number,
  kernel: Float64Array,
  weights: number,
  y: Float64Array,
  at: number,
  ins: number,
  outs: number,
): void {
  for (let i = 0; i < ins; i++) {
    const row = weights + i * outs;
    let sum = 0;
    for (let o = 0; o < outs; o++) sum += kernel[row + o]! * y[at + o]!;
    x[from + i]! += sum;
  }
}
