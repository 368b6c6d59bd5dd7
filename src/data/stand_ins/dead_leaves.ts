import type { GrayImage } from "../readers/images/image.ts";
import type { RandomStream } from "../../numeric/random/random_stream.ts";

/** Smallest radius, in pixels. */
const minRadius = 1;

/** Discs are laid until no pixel shows more than this share of the ground. */
const maxUncovered = 1 / 512;

/**
 * A dead-leaves image: opaque discs of random grey that hide one another. Their radii have the density r^-3
 * between one pixel and half the longer side, which makes the image look the same at every scale and gives it
 * edges, occlusion and the power spectrum of natural images, about 1/f^2 (Lee, Mumford and Huang, Occlusion
 * models for natural images, IJCV 41, 2001).
 *
 * @param height Rows, >= 1.
 * @param width Columns, >= 1.
 * @param stream Where centres, radii and greys are sampled from.
 * @returns `(height, width)`, values in [0, 255].
 *
 * @example Usage
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { randomStream } from "../../numeric/random/random_stream.ts";
 *
 * const { data } = deadLeaves(16, 24, randomStream("stand-in/0", 1));
 * assertEquals(data.length, 16 * 24);
 * assert(data.every((value) => value >= 0 && value <= 255));
 * ```
 */
export function deadLeaves(height: number, width: number, stream: RandomStream): GrayImage {
  const maxRadius = Math.max(height, width, 2 * minRadius) / 2;
  const data = new Float64Array(height * width);
  const uncovered = new Float64Array(height * width).fill(1);
  let open = data.length;
  // From the nearest disc to the farthest, so that a pixel is finished as soon as it is covered.
  while (open > 0) {
    const radius = powerLawRadius(stream.uniform(), minRadius, maxRadius);
    const centreY = stream.uniform() * (height + 2 * maxRadius) - maxRadius;
    const centreX = stream.uniform() * (width + 2 * maxRadius) - maxRadius;
    const gray = 255 * stream.uniform();
    const reach = radius + 0.5;
    const bottom = Math.min(height - 1, Math.floor(centreY + reach - 0.5));
    const right = Math.min(width - 1, Math.floor(centreX + reach - 0.5));
    for (let y = Math.max(0, Math.ceil(centreY - reach - 0.5)); y <= bottom; y++) {
      for (let x = Math.max(0, Math.ceil(centreX - reach - 0.5)); x <= right; x++) {
        const i = y * width + x;
        const before = uncovered[i]!;
        if (before <= maxUncovered) continue;
        const distance = Math.sqrt((y + 0.5 - centreY) ** 2 + (x + 0.5 - centreX) ** 2);
        // The edge is a ramp one pixel wide: about the share of the pixel that the disc covers.
        const cover = Math.min(1, Math.max(0, reach - distance));
        data[i]! += before * cover * gray;
        uncovered[i] = before * (1 - cover);
        if (uncovered[i]! <= maxUncovered) open--;
      }
    }
  }
  return { height, width, data: data.map((value, i) => value / (1 - uncovered[i]!)) };
}

/** The radius at which the distribution function of the density r^-3 between `min` and `max` is `u`. */
function powerLawRadius(u: number, min: number, max: number): number {
  return 1 / Math.sqrt((1 - u) / min ** 2 + u / max ** 2);
}
