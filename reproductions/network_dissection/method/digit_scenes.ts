/**
 * Scenes of two digits on a texture. Scene s has the digits s and s + 1 (mod 10), so no digit tells a scene alone, and the label says
 * nothing of digits or places.
 *
 * @module
 */
import { readPgm } from "../../../src/data/readers/images/read_pgm.ts";
import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import { deadLeaves } from "../../../src/data/stand_ins/dead_leaves.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** Pixels of a side of a scene. */
export const sceneSide = 48;

/** Digits, and as many kinds of scenes. */
export const digitCount = 10;

const digitSide = 28;

/** Digits of a scene lie so far apart in one direction at least. */
const apart = 18;

/** The share of its contrast that a texture keeps. */
const textureContrast = 0.5;

/** A pixel belongs to a digit where its ink exceeds this, of 255. */
const inkFrom = 127;

const dataset = "textures";

/** The textures as a job declares them. */
export const textureSource: Source = {
  dataset,
  resolve: ({ source, files }) =>
    source === "stand-in"
      ? { dataset, files: [], standIn: true }
      : { dataset, files: files.filter((name) => name.endsWith(".pgm")), standIn: false },
};

/** A texture, samples in [0, 1]. */
export interface Texture {
  readonly side: number;
  readonly values: Float64Array;
}

/** Reads the textures; dead leaves stand in. */
export async function readTextures({ files, standIn }: Reading, context: ReadContext): Promise<Texture[]> {
  const images = standIn
    ? [deadLeaves(128, 128, context.rng("network_dissection/texture", 0))]
    : await Promise.all(files.map(async (name) => readPgm(await context.read({ dataset, name }), name)));
  return images.map(({ height, width, data }) => ({
    side: Math.min(height, width),
    values: Float64Array.from(data, (value) => value / 255),
  }));
}

/** Scenes. */
export interface Scenes {
  /** `(count, 48, 48)`, samples in [0, 1]. */
  readonly images: Float32Array;
  /** The kind of each: its first digit. */
  readonly labels: Uint8Array;
  /** `(count, 48, 48)`: the digit of each point and 1, or 0 where there is none. */
  readonly masks: Uint8Array;
}

/** The digits of a scene. */
export function digitsOfScene(label: number): [number, number] {
  return [label, (label + 1) % digitCount];
}

/**
 * Paints scenes.
 *
 * @param count How many; kinds take turns.
 * @param digits What their digits are drawn from.
 * @param textures What their grounds are drawn from, a side at least as long as a scene's.
 */
export function paintScenes(
  count: number,
  digits: LabelledImages,
  textures: readonly Texture[],
  rng: RandomStream,
): Scenes {
  const points = sceneSide ** 2;
  const byDigit = Array.from(
    { length: digitCount },
    (_, digit) => Array.from(digits.labels.keys()).filter((i) => digits.labels[i] === digit),
  );
  const scenes = {
    images: new Float32Array(count * points),
    labels: Uint8Array.from({ length: count }, (_, i) => i % digitCount),
    masks: new Uint8Array(count * points),
  };
  for (let scene = 0; scene < count; scene++) {
    const image = scenes.images.subarray(scene * points, (scene + 1) * points);
    const mask = scenes.masks.subarray(scene * points, (scene + 1) * points);
    paintGround(image, textures[rng.integer(textures.length)]!, rng);
    const places = twoPlaces(rng);
    digitsOfScene(scenes.labels[scene]!).forEach((digit, i) => {
      const from = byDigit[digit]![rng.integer(byDigit[digit]!.length)]! * digitSide ** 2;
      const [top, left] = places[i]!;
      for (let y = 0; y < digitSide; y++) {
        for (let x = 0; x < digitSide; x++) {
          const ink = digits.images[from + y * digitSide + x]!;
          const at = (top + y) * sceneSide + left + x;
          image[at] = Math.max(image[at]!, ink / 255);
          if (ink > inkFrom) mask[at] = digit + 1;
        }
      }
    });
  }
  return scenes;
}

function paintGround(image: Float32Array, { side, values }: Texture, rng: RandomStream): void {
  const [top, left] = [rng.integer(side - sceneSide + 1), rng.integer(side - sceneSide + 1)];
  for (let y = 0; y < sceneSide; y++) {
    for (let x = 0; x < sceneSide; x++) {
      image[y * sceneSide + x] = textureContrast * values[(top + y) * side + left + x]!;
    }
  }
}

function twoPlaces(rng: RandomStream): [number, number][] {
  const most = sceneSide - digitSide + 1;
  while (true) {
    const [a, b, c, d] = [rng.integer(most), rng.integer(most), rng.integer(most), rng.integer(most)];
    if (Math.abs(a - c) >= apart || Math.abs(b - d) >= apart) return [[a, b], [c, d]];
  }
}
