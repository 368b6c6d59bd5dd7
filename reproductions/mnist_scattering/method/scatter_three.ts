import type { DiscPanel, Figure } from "../../src/figure.ts";
import { padImages } from "../../src/features/pad_images.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { polarDiscs } from "../../src/scattering/polar_discs.ts";
import { Scattering2D } from "../../src/scattering/scattering_2d.ts";
import type { ImageCounts } from "../image_sets.ts";
import { loadDigits, pixels } from "./digits.ts";

/** Figure 7: a digit "3" of 32 x 32 pixels, 2^J = 8, L = 8, one sample in 8: 4 x 4 samples of each path. */
const transformOptions = { J: 3, L: 8, shape: [32, 32], wavelet: "kymatio", threads: 1 } as const;
const side = 32;

/** What figure 7 is drawn from. */
export interface DigitCoefficients {
  /** `(28, 28)`, values in [0, 1]. */
  readonly digit: readonly number[];
  /** `(paths, 4, 4)` of the digit. */
  readonly coefficients: readonly number[];
  /** `(paths, 4, 4)` of a single pixel of value 1. */
  readonly dirac: readonly number[];
}

/** Transforms the first "3" of the test digits, and a Dirac. */
export async function scatterThree(
  standIns: ImageCounts | null,
  context: RunContext,
): Promise<DigitCoefficients> {
  const { images, labels } = await loadDigits("test", standIns, context);
  const row = labels.indexOf(3);
  const digit = Float32Array.from(images.subarray(row * pixels, (row + 1) * pixels), (value) => value / 255);
  const dirac = new Float32Array(side * side);
  dirac[(side / 2) * side + side / 2] = 1;
  using transform = new Scattering2D(transformOptions);
  const coefficients = await transform.transform(padImages(digit, [28, 28], [side, side]));
  return {
    digit: [...digit],
    coefficients: [...coefficients],
    dirac: [...await transform.transform(dirac)],
  };
}

/** Figure 7 of the paper. */
export function figure7({ digit, coefficients, dirac }: DigitCoefficients): Figure {
  using transform = new Scattering2D(transformOptions);
  const paths = transform.paths();
  const panel = (order: 1 | 2): DiscPanel => ({
    kind: "discs",
    title: `m = ${order}`,
    columns: 4,
    discs: polarDiscs(coefficients, dirac, paths, order),
  });
  return {
    id: "figure-7",
    title: 'Scattering coefficients of a digit "3", 2^J = 8',
    caption:
      "As figure 7 of Bruna and Mallat: one disc a sample. Radius: the frequency of the first wavelet, finest " +
      "outermost; angle: its direction. For m = 2 the second wavelet divides each sector.",
    panels: [
      {
        kind: "tiles",
        title: "the digit",
        columns: 1,
        colours: "grey",
        range: "tile",
        tiles: [{ width: 28, height: 28, values: digit }],
      },
      panel(1),
      panel(2),
    ],
  };
}
