import { zeros } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { convolvedSide } from "../../../src/nn/descriptions/network_description.ts";
import { buildLayer } from "./build_layer.ts";

/** How far a sweep goes. */
export interface Sweep {
  /** Sides J of images; the other side K is 3 larger. */
  readonly sides: readonly [from: number, to: number];
  /** Sides M of kernels, 1 to this. */
  readonly kernels: number;
  /** Strides S, 1 to this. */
  readonly strides: number;
  /** Zeros P on each side, 0 to this. */
  readonly pads: number;
}

/** What a sweep found: the largest differences between the slides' formulas and what tfjs-layers gives for real images. */
export interface SweepResult {
  /** (J - M + 1) x (K - M + 1). */
  readonly valid: number;
  /** J x K of odd kernels, by `"same"` and by (M - 1) / 2 zeros on each side. */
  readonly same: number;
  /** floor((J + 2 P - M) / S) + 1. */
  readonly strided: number;
  /** floor((J - M) / S) + 1 of maxima over windows. */
  readonly pooling: number;
  /** (M^2 C + 1) C_out. */
  readonly parameters: number;
  /** The control: M^2 C C_out. */
  readonly parametersWithoutBias: number;
  /** The control: the share of cases with a stride above 1 in which rounding in place of floor is wrong. */
  readonly roundedWrong: number;
  /** How many images were convolved or pooled. */
  readonly cases: number;
}

/** Channels of the images, and filters. */
const channels = 2;
const filters = 3;

/** Compares the formulas with what comes out of convolutions and poolings of images, over every combination. */
export function sweepSizes({ sides: [from, to], kernels, strides, pads }: Sweep): SweepResult {
  const worst = { valid: 0, same: 0, strided: 0, pooling: 0, parameters: 0, parametersWithoutBias: 0 };
  const note = (kind: keyof typeof worst, ...differences: number[]) => {
    worst[kind] = Math.max(worst[kind], ...differences.map(Math.abs));
  };
  let stridedCases = 0;
  let wrong = 0;
  let cases = 0;
  for (let kernel = 1; kernel <= kernels; kernel++) {
    for (let j = Math.max(from, kernel); j <= to; j++) {
      const k = j + 3;
      const shapeOf = (made: layers.Layer[]) => {
        cases++;
        return outputOf(made, j, k);
      };
      for (let stride = 1; stride <= strides; stride++) {
        for (let pad = 0; pad <= pads; pad++) {
          const [rows, columns] = shapeOf([
            layers.zeroPadding2d({ padding: [[pad, pad], [pad, pad]] }),
            layers.conv2d({ filters, kernelSize: kernel, strides: stride }),
          ]);
          const formula = (side: number) => convolvedSide("sweep", side, kernel, stride, pad);
          note("strided", rows - formula(j), columns - formula(k));
          if (stride === 1 && pad === 0) note("valid", rows - (j - kernel + 1), columns - (k - kernel + 1));
          if (stride === 1 && 2 * pad === kernel - 1) note("same", rows - j, columns - k);
          if (stride > 1) {
            stridedCases++;
            if (Math.round((j + 2 * pad - kernel) / stride) + 1 !== rows) wrong++;
          }
        }
        const [rows, columns] = shapeOf([layers.maxPooling2d({ poolSize: kernel, strides: stride })]);
        note(
          "pooling",
          rows - (Math.floor((j - kernel) / stride) + 1),
          columns - (Math.floor((k - kernel) / stride) + 1),
        );
      }
      if (kernel % 2 === 1) {
        const [rows, columns] = shapeOf([layers.conv2d({ filters, kernelSize: kernel, padding: "same" })]);
        note("same", rows - j, columns - k);
      }
    }
    for (let c = 1; c <= 4; c++) {
      for (let maps = 1; maps <= 5; maps++) {
        const built = buildLayer({ kind: "convolution", name: "sweep", maps, kernel }, [kernel, kernel, c]);
        note("parameters", built.countParams() - (kernel ** 2 * c + 1) * maps);
        note("parametersWithoutBias", built.countParams() - kernel ** 2 * c * maps);
        built.dispose();
      }
    }
  }
  return { ...worst, roundedWrong: wrong / stridedCases, cases };
}

/** Rows and columns of what layers make of an image. */
function outputOf(made: readonly layers.Layer[], rows: number, columns: number): [number, number] {
  let x: unknown = zeros([1, rows, columns, channels]);
  for (const layer of made) {
    const next = layer.apply(x as never);
    (x as { dispose(): void }).dispose();
    x = next;
    layer.dispose();
  }
  const { shape } = x as { readonly shape: readonly number[] };
  (x as { dispose(): void }).dispose();
  return [shape[1]!, shape[2]!];
}
