import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import { coefficientsOf, pixels, side } from "./coefficients.ts";
import { applyNonlinearity, featureCount, type FixedLayer } from "./layers.ts";

/** What images are described by where invariance is measured. */
export type RepresentationName = "pixels" | "hard-haar" | "split-db2" | "scattering";

/** The fixed layers among them. */
export const fixedLayers: Readonly<Record<Exclude<RepresentationName, "scattering">, FixedLayer>> = {
  "pixels": { wavelet: null, nonlinearity: "identity" },
  "hard-haar": { wavelet: "haar", nonlinearity: "hard" },
  "split-db2": { wavelet: "db2", nonlinearity: "split" },
};

/** In the order in which they are shown. */
export const representationNames: readonly RepresentationName[] = [
  "pixels",
  "hard-haar",
  "split-db2",
  "scattering",
];

/** A description of images. */
export interface Representation {
  /** Features of an image. */
  readonly dimension: number;
  /** Describes `(n, 32, 32)` images: `(n, dimension)`. */
  describe(images: Float32Array): Promise<Float32Array>;
  /** Ends the threads. */
  dispose(): void;
}

/** A fixed layer with its threshold. */
export function layerRepresentation(layer: FixedLayer, tau: number): Representation {
  return {
    dimension: featureCount(layer, pixels),
    describe: (images) =>
      Promise.resolve(
        applyNonlinearity(coefficientsOf(images, layer.wavelet), pixels, layer.nonlinearity, tau),
      ),
    dispose: () => {},
  };
}

/** The scattering transform of two orders with kymatio's wavelets, J = 3 and L = 4: 61 paths on 4 x 4 places. */
export function scatteringRepresentation(threads: number): Representation {
  const scattering = new Scattering2D({ J: 3, L: 4, shape: [side, side], threads });
  return {
    dimension: scattering.outputShape.reduce((product, count) => product * count),
    describe: (images) => scattering.transform(images, [images.length / pixels]),
    dispose: () => scattering.dispose(),
  };
}
