import * as tf from "@tensorflow/tfjs-core";
import { hardTanh } from "../../../src/nn/fused_gradients.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { sampleNetwork } from "./random_network.ts";
import { requireWhole } from "../../../src/nn/require_whole.ts";

/** Options of {@linkcode trajectoryLengths}. */
export interface TrajectoryOptions {
  /** k: units of each layer, and values of an input. */
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
  /** sigma_w^2; there are no biases. */
  readonly weightVariance: number;
  /** Points of the circle that the integral is taken over. */
  readonly points: number;
}

/**
 * The length of a circle and of its images in the layers of a random hard-tanh network (Raghu et al., section 2.2): the
 * circle x(t) = u cos t + v sin t of two normal vectors, its length the integral of |dz/dt| over t.
 *
 * The velocity goes through the layers beside the point, by the chain rule. So the length has no error from chords, which
 * would cut off the ever faster turns of deep layers; what is left is the error of an average over the points. Float32
 * is enough: no small differences are taken.
 *
 * @param seed Decides the network and the circle.
 * @returns The lengths in layers 0 (the circle itself) to `depth`.
 * @throws {RangeError} Where width, depth or points are not whole numbers >= 1.
 *
 * @example Usage
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const lengths = trajectoryLengths({ width: 50, depth: 3, weightVariance: 8, points: 64 }, 1);
 * assertEquals(lengths.length, 4);
 * assert(lengths[3]! > 2 * lengths[0]!);
 * backend.dispose();
 * ```
 */
export function trajectoryLengths(options: TrajectoryOptions, seed: number): number[] {
  const { width, depth, weightVariance, points } = options;
  requireWhole("measure a trajectory", { width, depth, points });
  const shape = { inputs: width, width, depth, classes: 1 };
  const { weights } = sampleNetwork(shape, { weightVariance, biasVariance: 0 }, seed);
  const stream = randomStream("circle", seed);
  const normals = () => Float64Array.from({ length: width }, () => stream.normal());
  const u = normals();
  const v = normals();
  const place = new Float32Array(points * width);
  const velocity = new Float32Array(points * width);
  for (let i = 0; i < points; i++) {
    const cos = Math.cos(2 * Math.PI * i / points);
    const sin = Math.sin(2 * Math.PI * i / points);
    for (let k = 0; k < width; k++) {
      place[i * width + k] = u[k]! * cos + v[k]! * sin;
      velocity[i * width + k] = v[k]! * cos - u[k]! * sin;
    }
  }
  const lengths = [lengthOf(velocity, width)];
  tf.tidy(() => {
    let z: tf.Tensor2D = tf.tensor2d(place, [points, width]);
    let dz: tf.Tensor2D = tf.tensor2d(velocity, [points, width]);
    for (const values of weights.slice(0, depth)) {
      const layer = tf.tensor2d(values, [width, width]);
      z = hardTanh(tf.matMul(z, layer)) as tf.Tensor2D;
      dz = tf.engine().runKernel("HardTanhGrad", { dy: tf.matMul(dz, layer), y: z }) as tf.Tensor2D;
      lengths.push(lengthOf(dz.dataSync() as Float32Array, width));
    }
  });
  return lengths;
}

/** The integral over t in [0, 2 pi) of the norm of the rows. */
function lengthOf(velocity: Float32Array, width: number): number {
  const points = velocity.length / width;
  let sum = 0;
  for (let i = 0; i < points; i++) {
    let square = 0;
    for (let k = 0; k < width; k++) square += velocity[i * width + k]! ** 2;
    sum += Math.sqrt(square);
  }
  return 2 * Math.PI * sum / points;
}
