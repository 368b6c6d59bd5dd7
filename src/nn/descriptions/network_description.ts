/**
 * Networks as descriptions: what their layers are, without weights. Shapes, parameters and connections are counted from it.
 *
 * @module
 */

/** A convolution over square kernels, with a bias for each map that it gives. */
export interface ConvolutionDescription {
  /** Tells the kinds of layer apart. */
  readonly kind: "convolution";
  /** As the paper calls it. */
  readonly name: string;
  /** Maps that it gives. */
  readonly maps: number;
  /** Rows and columns of a kernel, M. */
  readonly kernel: number;
  /** Distance of neighbouring places, S; 1 by default. */
  readonly stride?: number;
  /** Zeros on each side, P; none by default. */
  readonly pad?: number;
  /** Groups of maps that do not see each other; 1 by default. */
  readonly groups?: number;
  /** The maps of the input that each map sees, in place of groups; every one by default. */
  readonly sees?: readonly (readonly number[])[];
}

/** Sums over windows beside each other, times a coefficient, plus a bias: both learnt, one of each a map (LeCun et al. 1998). */
export interface SubsamplingDescription {
  /** Tells the kinds of layer apart. */
  readonly kind: "subsampling";
  /** As the paper calls it. */
  readonly name: string;
  /** Rows and columns of a window, and the distance of windows. */
  readonly window: number;
}

/** Maxima over windows; nothing is learnt. */
export interface PoolingDescription {
  /** Tells the kinds of layer apart. */
  readonly kind: "pooling";
  /** As the paper calls it. */
  readonly name: string;
  /** Rows and columns of a window. */
  readonly window: number;
  /** Distance of windows. */
  readonly stride: number;
}

/** Every unit sees every value, with a bias. */
export interface DenseDescription {
  /** Tells the kinds of layer apart. */
  readonly kind: "dense";
  /** As the paper calls it. */
  readonly name: string;
  /** Units. */
  readonly units: number;
}

/** Units that measure how far their input is from a point that is set by hand: connections, and nothing that is learnt. */
export interface DistanceDescription {
  /** Tells the kinds of layer apart. */
  readonly kind: "distance";
  /** As the paper calls it. */
  readonly name: string;
  /** Units. */
  readonly units: number;
}

/** One layer. */
export type LayerDescription =
  | ConvolutionDescription
  | SubsamplingDescription
  | PoolingDescription
  | DenseDescription
  | DistanceDescription;

/** Rows, columns and maps. */
export type MapShape = readonly [height: number, width: number, maps: number];

/** A network. */
export interface NetworkDescription {
  /** Its name. */
  readonly name: string;
  /** Of an input. */
  readonly input: MapShape;
  /** From the input on. */
  readonly layers: readonly LayerDescription[];
}

/** What is counted of a layer. */
export interface LayerCounts {
  /** Its name. */
  readonly name: string;
  /** Of its output; dense layers have one place. */
  readonly shape: MapShape;
  /** What is learnt. */
  readonly parameters: number;
  /** Pairs of a unit and a value that it sees, a bias being such a value; zeros of the padding are none. */
  readonly connections: number;
}

/**
 * Counts what a description says, layer by layer.
 *
 * @throws {RangeError} Where a kernel or a window is larger than what it runs over, or where groups or tables do not fit the maps.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [layer] = countLayers({
 *   name: "one layer",
 *   input: [32, 32, 1],
 *   layers: [{ kind: "convolution", name: "C1", maps: 6, kernel: 5 }],
 * });
 * assertEquals(layer, { name: "C1", shape: [28, 28, 6], parameters: 156, connections: 122_304 });
 * ```
 */
export function countLayers({ input, layers }: NetworkDescription): LayerCounts[] {
  const counts: LayerCounts[] = [];
  for (const layer of layers) counts.push(countLayer(layer, counts.at(-1)?.shape ?? input));
  return counts;
}

/** Counts one layer for inputs of a shape. */
function countLayer(layer: LayerDescription, input: MapShape): LayerCounts {
  const { name } = layer;
  const [height, width, maps] = input;
  switch (layer.kind) {
    case "convolution":
      return countConvolution(layer, input);
    case "subsampling": {
      const { window } = layer;
      const rows = convolvedSide(name, height, window, window, 0);
      const columns = convolvedSide(name, width, window, window, 0);
      const connections = rows * columns * maps * (window ** 2 + 1);
      return { name, shape: [rows, columns, maps], parameters: 2 * maps, connections };
    }
    case "pooling": {
      const { window, stride } = layer;
      const rows = convolvedSide(name, height, window, stride, 0);
      const columns = convolvedSide(name, width, window, stride, 0);
      const connections = rows * columns * maps * window ** 2;
      return { name, shape: [rows, columns, maps], parameters: 0, connections };
    }
    case "dense": {
      const parameters = layer.units * (height * width * maps + 1);
      return { name, shape: [1, 1, layer.units], parameters, connections: parameters };
    }
    case "distance":
      return {
        name,
        shape: [1, 1, layer.units],
        parameters: 0,
        connections: layer.units * height * width * maps,
      };
  }
}

function countConvolution(
  { name, maps, kernel, stride = 1, pad = 0, groups = 1, sees }: ConvolutionDescription,
  [height, width, channels]: MapShape,
): LayerCounts {
  if (channels % groups !== 0 || maps % groups !== 0 || (sees !== undefined && sees.length !== maps)) {
    throw new RangeError(
      `Cannot count ${name}: its groups must divide ${channels} and ${maps} maps, and a table must have a row for each map: ` +
        `${groups} groups, ${sees?.length ?? "no"} rows`,
    );
  }
  const rows = convolvedSide(name, height, kernel, stride, pad);
  const columns = convolvedSide(name, width, kernel, stride, pad);
  const seen = sees === undefined
    ? maps * channels / groups
    : sees.reduce((sum, { length }) => sum + length, 0);
  const taps = tapsInside(height, rows, kernel, stride, pad) *
    tapsInside(width, columns, kernel, stride, pad);
  return {
    name,
    shape: [rows, columns, maps],
    parameters: kernel ** 2 * seen + maps,
    connections: taps * seen + rows * columns * maps,
  };
}

/**
 * The side of what a convolution or a pooling gives: floor((J + 2 P - M) / S) + 1 (Bishop & Bishop, Deep Learning, section 10.2).
 *
 * @param name Of the layer, for messages.
 * @param side J, the side of the input.
 * @param kernel M, the side of the kernel.
 * @param stride S.
 * @param pad P, zeros on each side.
 * @throws {RangeError} Where the kernel is larger than the padded side.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([224, 227].map((side) => convolvedSide("conv1", side, 11, 4, 0)), [54, 55]);
 * ```
 */
export function convolvedSide(
  name: string,
  side: number,
  kernel: number,
  stride: number,
  pad: number,
): number {
  if (kernel > side + 2 * pad) {
    throw new RangeError(
      `Cannot count ${name}: a kernel of ${kernel} must fit into a side of ${side} with ${pad} zeros on each end`,
    );
  }
  return Math.floor((side + 2 * pad - kernel) / stride) + 1;
}

/** Along one axis, over all places of a kernel: how many of its taps meet the input and not the padding. */
function tapsInside(side: number, places: number, kernel: number, stride: number, pad: number): number {
  let taps = 0;
  for (let place = 0; place < places; place++) {
    const first = place * stride - pad;
    taps += Math.max(0, Math.min(side, first + kernel) - Math.max(0, first));
  }
  return taps;
}

/** The sum of what is counted of all layers. */
export function totalOf(counts: readonly LayerCounts[], quantity: "parameters" | "connections"): number {
  return counts.reduce((sum, layer) => sum + layer[quantity], 0);
}
