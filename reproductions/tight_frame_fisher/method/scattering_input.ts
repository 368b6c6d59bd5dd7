import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import { imageSets, type SetName } from "./image_sets.ts";

/** What a network is given in place of an image. */
export interface NetworkInput {
  /** Of one input: (rows, columns, channels). */
  readonly shape: readonly [rows: number, columns: number, channels: number];
  /**
   * Describes images.
   *
   * @param images `(n, height, width, channels)`, normalised.
   * @returns `(n, ...shape)`.
   */
  describe(images: Float32Array): Promise<Float32Array>;
  /** Ends the threads. */
  dispose(): void;
}

/** The image itself, for networks that start with a phase scattering. */
export function imageInput(set: SetName): NetworkInput {
  return { shape: imageSets[set].shape, describe: (images) => Promise.resolve(images), dispose: () => {} };
}

/**
 * The scattering transform of each channel with kymatio's wavelets, L = 8 and two orders: 217 paths for J = 3, 417 for J = 4; the
 * paths of a channel stand together.
 */
export function scatteringInput(set: SetName, J: number, threads: number): NetworkInput {
  const [height, width, channels] = imageSets[set].shape;
  const scattering = new Scattering2D({ J, shape: [height, width], threads });
  const [paths, rows, columns] = scattering.outputShape;
  return {
    shape: [rows, columns, channels * paths],
    describe: async (images) => {
      const planes = exchange(images, height * width, channels);
      const count = images.length / (height * width * channels);
      const coefficients = await scattering.transform(planes, [count, channels]);
      return exchange(coefficients, channels * paths, rows * columns);
    },
    dispose: () => scattering.dispose(),
  };
}

/** `(n, rows, columns)` to `(n, columns, rows)`. */
function exchange(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  const size = rows * columns;
  for (let start = 0; start < values.length; start += size) {
    for (let column = 0; column < columns; column++) {
      const to = start + column * rows;
      for (let row = 0; row < rows; row++) result[to + row] = values[start + row * columns + column]!;
    }
  }
  return result;
}
