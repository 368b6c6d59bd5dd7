// The tables that src/scattering/engine/ writes into memory (../layout.ts lists the fields). Every field is a
// 32-bit word: a number, or the address of something else (0: there is none).
//
// Images stand in the lanes of one vector or of two side by side (see vector.ts): 4 or 8 images in float32, 2 or 4 in
// float64, and no operation mixes lanes. A complex element is the real parts and behind them the imaginary ones.

import {
  NO_POWER as SHARED_NO_POWER,
  OUTSIDE as SHARED_OUTSIDE,
  SPECTRUM_FULL,
  SPECTRUM_NONE,
} from "../kernel_constants";

/** One pass of a transform; see fft.ts. */
@unmanaged
export class Pass {
  radix: usize;
  /** What is left of the length behind this pass, and what the passes before took of it. */
  rest: usize;
  done: usize;
  /** exp(2 pi i p k / (radix rest)), k = 1 to radix - 1, for each p < rest. */
  twiddles: usize;
  /** exp(2 pi i k / radix), for a radix that has no butterfly of its own. */
  roots: usize;
}

/** A discrete Fourier transform of one length. */
@unmanaged
export class Transform {
  length: usize;
  passes: usize;
  first: usize;
}

/** A resolution of the cascade. */
@unmanaged
export class Grid {
  rows: usize;
  columns: usize;
  /** Bytes from one row of a complex map to the next. */
  step: usize;
  /** The transforms of lengths `columns` and `rows`. */
  along: Transform;
  across: Transform;
  /** How many rows and columns are transformed at once; the latter is even. */
  rowBlock: usize;
  columnBlock: usize;
}

/** Elements of a folded product that each sum the same number of sources. */
@unmanaged
export class Group {
  sources: usize;
  count: usize;
  /** For each element the offset of the result, then those of its sources; and the filter at the sources. */
  offsets: usize;
  values: usize;
}

/** Consecutive rows of a folded product; no groups where the product is zero. */
@unmanaged
export class Block {
  row: usize;
  rows: usize;
  groups: usize;
  first: usize;
}

/** A filter from the grid of its input to the grid of its output. */
@unmanaged
export class Filter {
  grid: Grid;
  blocks: usize;
  first: usize;
}

/** A separable low-pass filter with sub-sampling: one matrix on either side, outputs in groups of four. */
@unmanaged
export class LowPass {
  rows: usize;
  columns: usize;
  rowMatrix: usize;
  columnMatrix: usize;
}

/** A low-pass filter that is not separable, and the samples of its output that are kept. */
@unmanaged
export class Smoother {
  filter: Filter;
  /** The first row and column, the distance from one to the next, and their numbers. */
  first: usize;
  stride: usize;
  rows: usize;
  columns: usize;
}

/** What is done with a map: the input, or the modulus at the end of a path. */
@unmanaged
export class Outlet {
  /** Which part of its spectrum is needed: SPECTRUM_NONE, SPECTRUM_HALF or SPECTRUM_FULL. */
  spectrum: usize;
  lowPass: LowPass;
  smoother: Smoother;
  /** Where the low-passed map goes, in bytes from the output of the first image. */
  output: usize;
  /** Where its power spectrum is added, in bytes from that of the thread, or NO_POWER. */
  power: usize;
}

/** An energy: the sum of `count` values of a power spectrum with weights. */
@unmanaged
export class Energy {
  power: usize;
  count: usize;
  weights: usize;
}

/** Energies, and the number of the first among all that a group of images has. */
@unmanaged
export class Energies {
  count: usize;
  first: usize;
  result: usize;
}

/** One path of the cascade: the modulus of the spectrum at depth - 1, filtered. Children follow their parent. */
@unmanaged
export class Node {
  depth: usize;
  filter: Filter;
  outlet: Outlet;
  /** What is measured behind this node, from where the power spectra begin again at zero. */
  energies: Energies;
}

/** The cascade for one size of image. */
@unmanaged
export class Plan {
  height: usize;
  width: usize;
  /** For each padded row and column the one of the image, or OUTSIDE. */
  sourceRows: usize;
  sourceColumns: usize;
  grid: Grid;
  outlet: Outlet;
  /** First nodes of the independent parts of the program, and one past the last node. */
  parts: usize;
  partStarts: usize;
  nodes: usize;
  energies: Energies;
  powerBytes: usize;
}

/** The private memory of one thread. */
@unmanaged
export class Work {
  image: usize;
  fold: usize;
  transform: usize;
  real: usize;
  packed: usize;
  lowRows: usize;
  low: usize;
  map: usize;
  power: usize;
  /** Addresses of the spectra at depth 1, 2, ... */
  spectra: usize;
}

/** A batch. */
@unmanaged
export class Job {
  plan: Plan;
  /** Addresses of the threads' work. */
  works: usize;
  images: usize;
  output: usize;
  /** Bytes of the output of one image. */
  outputStep: usize;
  /** For each group of images its Scale, and its spectrum. */
  scales: usize;
  spectra: usize;
  spectrumBytes: usize;
  energies: usize;
  energyBytes: usize;
}

/** How the cotangents of a map's results come back to it; see adjoint.ts. */
@unmanaged
export class AdjointOutlet {
  /** The transposed matrices, with the numbers of rows and columns of the samples. */
  lowPass: LowPass;
  smoother: Smoother;
  /** The first cotangent, in bytes from those of its image: of the samples, or of the energy under the first low-pass. */
  cotangent: usize;
  /** How many energies, the bytes from the cotangent of one to that of the next, and the addresses of their weights. */
  energies: usize;
  step: usize;
  weights: usize;
}

/** One path of the cascade, there and back. Children follow their parent. */
@unmanaged
export class AdjointNode {
  depth: usize;
  filter: Filter;
  /** Which part of the spectrum of the map is needed. */
  spectrum: usize;
  /** Whether cotangents come to the spectrum of the map, and not only to the map. */
  isSpectral: usize;
  outlet: AdjointOutlet;
  /** Of a first wavelet: where the spectrum goes that comes back, in bytes from the first one of the group of images. */
  kept: usize;
}

/** The gradient for one size of image. */
@unmanaged
export class AdjointPlan {
  outlet: AdjointOutlet;
  partStarts: usize;
  nodes: usize;
  /** The number of all nodes. */
  count: usize;
}

/** The private memory of one thread, besides its Work. */
@unmanaged
export class AdjointWork {
  /** Cotangents of samples; these brought back along the rows; and down some columns. */
  low: usize;
  lowRows: usize;
  real: usize;
  /** The node at each depth, its complex map, and the spectrum that comes back to it. */
  path: usize;
  maps: usize;
  sums: usize;
  /** Of a group of images. */
  image: usize;
}

/** The gradient of a batch. */
@unmanaged
export class AdjointJob {
  /** The images, their spectra and the threads' work. */
  forward: Job;
  plan: AdjointPlan;
  works: usize;
  /** Cotangents, their number for each image, and for each group of images their Scale. */
  cotangents: usize;
  count: usize;
  scales: usize;
  /** For each group of images the spectra that come back through the first wavelets. */
  kept: usize;
  keptBytes: usize;
  gradients: usize;
  /** Which parts of the plan run. */
  firstPart: usize;
  parts: usize;
}

/** A resolution of the cascade of one large image; see sheet.ts. */
@unmanaged
export class Sheet {
  rows: usize;
  columns: usize;
  /** How many times V columns a row has, an even number, and the bytes from one row to the next. */
  groups: usize;
  step: usize;
  /** How many groups are transformed at once, an even number. */
  block: usize;
  along: Transform;
  across: Transform;
}

/** The private memory of one thread. */
@unmanaged
export class SheetWork {
  lines: usize;
  moved: usize;
  transform: usize;
  real: usize;
  packed: usize;
}

/** A step of one path of one large image. */
@unmanaged
export class SheetJob {
  works: usize;
  /** From which spectrum, with which filter (of each row first column and number of two parts, and where its values begin). */
  source: Sheet;
  spectrum: usize;
  filter: usize;
  values: usize;
  /** What is computed: the map, its spectrum (0: none), its samples. */
  target: Sheet;
  map: usize;
  spectrumOut: usize;
  lowPass: LowPass;
  lowRows: usize;
  output: usize;
  /** The image, with its width, the row and column of each of the padded ones, and its factor and that one's inverse. */
  image: usize;
  width: usize;
  sourceRows: usize;
  sourceColumns: usize;
  scale: usize;
  /** The samples that are kept where the low-pass is not separable. */
  keptFirst: usize;
  keptStride: usize;
  keptRows: usize;
  keptColumns: usize;
}

// The shared numbers with the type that addresses have.
export const NONE: usize = SPECTRUM_NONE;
export const FULL: usize = SPECTRUM_FULL;
export const NO_POWER: usize = <usize>SHARED_NO_POWER;
export const OUTSIDE: usize = <usize>SHARED_OUTSIDE;

/** The i-th word from `address` on. */
@inline
export function word(address: usize, i: usize): usize {
  return load<usize>(address + (i << 2));
}
