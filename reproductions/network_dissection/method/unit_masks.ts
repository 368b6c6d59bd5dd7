/**
 * Units as detectors of pixels (Bau et al.): each unit's largest activations as a mask, held against the masks of concepts.
 *
 * @module
 */

/** Activation maps of images at one stage. */
export interface UnitMaps {
  /** How many images. */
  readonly images: number;
  /** Cells of a side. */
  readonly cells: number;
  /** How many units. */
  readonly units: number;
  /** `(images, cells, cells, units)`. */
  readonly values: Float32Array;
}

/** Where the cells of a map lie in the image: cell j is centred at pixel `first + step j`. */
export interface Cells {
  /** Pixel of the first cell's centre. */
  readonly first: number;
  /** Pixels from one to the next. */
  readonly step: number;
}

/** What the pixels of images show, on a grid of them. */
export interface ConceptMasks {
  /** Points of a side of the grid. */
  readonly grid: number;
  /** Pixels of a side of the network's input. */
  readonly side: number;
  /** `(images, grid, grid)`: the concept of each point; 0 is none. */
  readonly labels: Uint8Array;
}

/** IoU of every unit with every concept. */
export type UnitIou = readonly Float64Array[];

/** A half of the images to choose by, and one to test on. */
export interface Halves {
  /** The images that thresholds and pairs are chosen by. */
  readonly choosing: readonly number[];
  /** The images that pairs are tested on. */
  readonly tested: readonly number[];
}

/** IoU on both halves, with the threshold of the first. */
export interface HalfIou {
  /** `[unit][concept]` on the images that were chosen by. */
  readonly choosing: UnitIou;
  /** On the others. */
  readonly tested: UnitIou;
}

/**
 * The maps of one unit, interpolated linearly between the centres of cells on the grid of the masks; held beyond the outer ones.
 *
 * @returns `(images, grid, grid)`.
 */
export function upsample(
  maps: UnitMaps,
  unit: number,
  cells: Cells,
  grid: number,
  side: number,
): Float32Array {
  const { images, cells: n, units, values } = maps;
  const place = Array.from({ length: grid }, (_, g) => {
    const at = Math.min(n - 1, Math.max(0, ((g + 0.5) * side / grid - 0.5 - cells.first) / cells.step));
    const cell = Math.min(Math.floor(at), Math.max(0, n - 2));
    return { cell, next: Math.min(cell + 1, n - 1), share: at - cell };
  });
  const out = new Float32Array(images * grid * grid);
  const rows = new Float32Array(n * grid);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < n; y++) {
      const first = (image * n + y) * n;
      for (let g = 0; g < grid; g++) {
        const { cell, next, share } = place[g]!;
        const left = values[(first + cell) * units + unit]!;
        rows[y * grid + g] = left + share * (values[(first + next) * units + unit]! - left);
      }
    }
    for (let g = 0; g < grid; g++) {
      const { cell, next, share } = place[g]!;
      const to = (image * grid + g) * grid;
      for (let x = 0; x < grid; x++) {
        const above = rows[cell * grid + x]!;
        out[to + x] = above + share * (rows[next * grid + x]! - above);
      }
    }
  }
  return out;
}

/**
 * The value that a share of all values exceeds or equals: number floor(share n) from above.
 *
 * @param values Are reordered.
 */
export function topQuantile(values: Float32Array, share: number): number {
  const k = Math.min(values.length - 1, Math.floor(share * values.length));
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! > pivot) i++;
      while (values[j]! < pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return values[k]!;
}

/**
 * Intersection over union of every unit's mask with every concept's. A unit's mask is where its map exceeds the value that a share of
 * the points of the choosing images exceeds; a unit that is constant on these detects nothing.
 *
 * @param maps The maps.
 * @param cells Where their cells lie.
 * @param labellings Concepts; of each labelling, those up to its `count`.
 * @param halves Which images are chosen by, and which are tested on; several ways to halve them.
 * @param share Of points above the threshold.
 * @returns For each labelling, for each way to halve.
 */
export function iouOfUnits(
  maps: UnitMaps,
  cells: Cells,
  labellings: readonly (ConceptMasks & { readonly count: number })[],
  halves: readonly Halves[],
  share: number,
): HalfIou[][] {
  const { grid, side } = labellings[0]!;
  const points = grid * grid;
  const sizes = labellings.map(({ labels, count }) =>
    halves.map(({ choosing, tested }) => ({
      choosing: countLabels(labels, choosing, points, count),
      tested: countLabels(labels, tested, points, count),
    }))
  );
  const found = labellings.map(() =>
    halves.map(() => ({ choosing: [] as Float64Array[], tested: [] as Float64Array[] }))
  );
  for (let unit = 0; unit < maps.units; unit++) {
    const map = upsample(maps, unit, cells, grid, side);
    halves.forEach((half, h) => {
      const chosen = new Float32Array(half.choosing.length * points);
      half.choosing.forEach((image, i) =>
        chosen.set(map.subarray(image * points, (image + 1) * points), i * points)
      );
      const threshold = topQuantile(chosen, share);
      for (const part of ["choosing", "tested"] as const) {
        const inside = pointsAbove(map, half[part], points, threshold);
        labellings.forEach(({ labels, count }, l) => {
          found[l]![h]![part].push(overlap(inside, labels, count, sizes[l]![h]![part]));
        });
      }
    });
  }
  return found;
}

function countLabels(
  labels: Uint8Array,
  images: readonly number[],
  points: number,
  count: number,
): Uint32Array {
  const sizes = new Uint32Array(count + 1);
  for (const image of images) {
    for (let i = image * points; i < (image + 1) * points; i++) sizes[labels[i]!]!++;
  }
  return sizes;
}

function pointsAbove(
  map: Float32Array,
  images: readonly number[],
  points: number,
  threshold: number,
): Uint32Array {
  const inside: number[] = [];
  for (const image of images) {
    for (let i = image * points; i < (image + 1) * points; i++) if (map[i]! > threshold) inside.push(i);
  }
  return Uint32Array.from(inside);
}

function overlap(inside: Uint32Array, labels: Uint8Array, count: number, sizes: Uint32Array): Float64Array {
  const common = new Uint32Array(count + 1);
  for (const i of inside) common[labels[i]!]!++;
  return Float64Array.from({ length: count }, (_, concept) => {
    const both = common[concept + 1]!;
    return both === 0 ? 0 : both / (inside.length + sizes[concept + 1]! - both);
  });
}

/** What the units of a stage detect. */
export interface Detections {
  /** Of each unit that detects: its concept, by the choosing half, and its IoU on the other one. */
  readonly units: readonly { readonly unit: number; readonly concept: number; readonly iou: number }[];
  /** How many units have an IoU above Bau's threshold. */
  readonly detectors: number;
  /** How many different concepts these detect. */
  readonly concepts: number;
  /** Of each concept the IoU of its best unit by the choosing half, on the other one. */
  readonly best: readonly { readonly concept: number; readonly unit: number; readonly iou: number }[];
}

/** The IoU from which Bau et al. call a unit a detector. */
export const detectorIou = 0.04;

/**
 * Chooses pairs of a unit and a concept on one half, and says their IoU on the other.
 *
 * @param concepts Those that are looked at.
 */
export function detect({ choosing, tested }: HalfIou, concepts: readonly number[]): Detections {
  const units = choosing.flatMap((row, unit) => {
    const concept = concepts.reduce(
      (best, concept) => row[concept]! > row[best]! ? concept : best,
      concepts[0]!,
    );
    return row[concept]! > 0 ? [{ unit, concept, iou: tested[unit]![concept]! }] : [];
  });
  const detectors = units.filter(({ iou }) => iou > detectorIou);
  const best = concepts.map((concept) => {
    let unit = 0;
    choosing.forEach((row, other) => {
      if (row[concept]! > choosing[unit]![concept]!) unit = other;
    });
    return { concept, unit, iou: tested[unit]![concept]! };
  });
  return {
    units,
    detectors: detectors.length,
    concepts: new Set(detectors.map(({ concept }) => concept)).size,
    best,
  };
}

/** The concepts that have a share of all points of some images, and are in at least so many of these. */
export function frequentConcepts(
  { labels, grid }: ConceptMasks,
  count: number,
  images: readonly number[],
  { share, least }: { readonly share: number; readonly least: number },
): number[] {
  const points = grid * grid;
  const sizes = countLabels(labels, images, points, count);
  const found = new Uint32Array(count + 1);
  for (const image of images) {
    countLabels(labels, [image], points, count).forEach((size, label) => {
      if (size > 0) found[label]!++;
    });
  }
  return Array.from({ length: count }, (_, concept) => concept).filter((concept) =>
    found[concept + 1]! >= least && sizes[concept + 1]! >= share * images.length * points
  );
}
