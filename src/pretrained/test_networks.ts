/**
 * Layers of networks by their definitions, in float64 and with plain loops: what tests compare models with.
 *
 * @module
 */

/** An activation: `(channels, height, width)`. */
export interface Activation {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

/** Filters as Caffe stores them. */
export interface Filters {
  /** `(out, in / groups, height, width)`. */
  readonly shape: readonly [number, number, number, number];
  readonly values: ArrayLike<number>;
}

/** Pixels of zeros around an image: above, below, left, right. */
export type Border = readonly [number, number, number, number];

/** No border. */
export const noBorder: Border = [0, 0, 0, 0];

/** The same border on all sides. */
export function around(pixels: number): Border {
  return [pixels, pixels, pixels, pixels];
}

/** Makes an activation by a function of channel, row and column. */
export function activation(
  [channels, height, width]: readonly [number, number, number],
  value: (c: number, y: number, x: number) => number,
): Activation {
  const data = new Float64Array(channels * height * width);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) data[at++] = value(c, y, x);
    }
  }
  return { channels, height, width, data };
}

/** A value of an activation; 0 outside of it. */
export function valueAt({ height, width, data }: Activation, c: number, y: number, x: number): number {
  return y < 0 || x < 0 || y >= height || x >= width ? 0 : data[(c * height + y) * width + x]!;
}

/** Correlation with filters, groups of channels apart, and a bias. */
export function convolve(
  x: Activation,
  { shape: [outs, ins, high, wide], values }: Filters,
  bias: ArrayLike<number>,
  { stride = 1, border = noBorder, groups = 1 }: { stride?: number; border?: Border; groups?: number } = {},
): Activation {
  const [above, below, left, right] = border;
  const size = (side: number, kernel: number) => Math.floor((side - kernel) / stride) + 1;
  const shape = [outs, size(x.height + above + below, high), size(x.width + left + right, wide)] as const;
  return activation(shape, (o, row, column) => {
    let sum = bias[o] ?? 0;
    const first = Math.floor(o / (outs / groups)) * ins;
    for (let i = 0; i < ins; i++) {
      for (let v = 0; v < high; v++) {
        for (let u = 0; u < wide; u++) {
          sum += values[((o * ins + i) * high + v) * wide + u]! *
            valueAt(x, first + i, row * stride - above + v, column * stride - left + u);
        }
      }
    }
    return sum;
  });
}

/** Applies a function to every value. */
export function map(x: Activation, value: (v: number, channel: number) => number): Activation {
  return { ...x, data: x.data.map((v, i) => value(v, Math.floor(i / (x.height * x.width)))) };
}

/** max(0, v). */
export function rectify(x: Activation): Activation {
  return map(x, (v) => Math.max(0, v));
}

/** Maxima of 3x3 windows at every second place, the last of which may hang over the border. */
export function poolByCaffe(x: Activation): Activation {
  const size = (side: number) => Math.ceil((side - 3) / 2) + 1;
  return activation([x.channels, size(x.height), size(x.width)], (c, row, column) => {
    let most = -Infinity;
    for (let y = 2 * row; y < Math.min(x.height, 2 * row + 3); y++) {
      for (let u = 2 * column; u < Math.min(x.width, 2 * column + 3); u++) {
        most = Math.max(most, valueAt(x, c, y, u));
      }
    }
    return most;
  });
}

/** Caffe's local response normalisation over channels. */
export function normaliseResponses(x: Activation, size: number, alpha: number, beta: number): Activation {
  return activation([x.channels, x.height, x.width], (c, y, u) => {
    let sum = 0;
    const reach = (size - 1) / 2;
    for (let i = Math.max(0, c - reach); i <= Math.min(x.channels - 1, c + reach); i++) {
      sum += valueAt(x, i, y, u) ** 2;
    }
    return valueAt(x, c, y, u) * Math.exp(-beta * Math.log(1 + alpha / size * sum));
  });
}

/** The mean of each channel. */
export function meanOfChannels(x: Activation): Float64Array {
  const pixels = x.height * x.width;
  return Float64Array.from(
    { length: x.channels },
    (_, c) => x.data.subarray(c * pixels, (c + 1) * pixels).reduce((sum, v) => sum + v, 0) / pixels,
  );
}

/** Channels of two activations after each other. */
export function concatenate(a: Activation, b: Activation): Activation {
  return { ...a, channels: a.channels + b.channels, data: Float64Array.of(...a.data, ...b.data) };
}

/** `(1, height, width, channels)`, as tfjs takes it. */
export function channelsInnermost({ channels, height, width, data }: Activation): Float32Array {
  const pixels = height * width;
  return Float32Array.from(
    { length: data.length },
    (_, i) => data[(i % channels) * pixels + Math.floor(i / channels)]!,
  );
}
