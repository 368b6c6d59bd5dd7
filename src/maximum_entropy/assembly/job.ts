// What every item reads. All addresses are in bytes; planes are N x N float32, one after the other.

/** Arguments, in the order of `jobFields` in ../covariance_memory.ts. */
@unmanaged
export class Job {
  /** Side of the grid, a power of two of at least 8. */
  N: i32;
  /** Wavelets; the number of the low-pass too, which stands behind them. */
  wavelets: i32;
  /** Blocks of pixels. */
  blocks: i32;
  /** For each thread: two complex planes, and the work space of a strip. */
  scratch: usize;
  scratchBytes: usize;
  /** exp(-2 pi i k / N), as cosine and sine. */
  roots: usize;
  /** The field, real. */
  field: usize;
  /** Its spectrum, transposed: real parts, then imaginary parts. */
  spectrum: usize;
  /** Filters, transposed. */
  filters: usize;
  /** For each filter and strip of 8 columns: whether it vanishes there. */
  isEmpty: usize;
  /** 1 / sigma: of wavelets, of the low-pass and of the field. */
  inverseSigma: usize;
  /** Bytes from one plane of channels and gradients to the next: no power of two, or all of them would fall on the same lines of a cache. */
  planeBytes: usize;
  /** Rectified channels, four of each wavelet together, then four of low-pass and field. */
  channels: usize;
  /** The sums of the channels, float64. */
  sums: usize;
  /** For each pair of groups of four channels: whether their covariances are taken. */
  isPaired: usize;
  /** For each block, sums of products in tiles of 4 x 4: of groups (a, b), a <= b. */
  partials: usize;
  /** Sums of products (R, R), float64. */
  products: usize;
  /** The symmetric matrix that channels are combined with, (R, R). */
  combination: usize;
  /** What is added to the gradient of each channel. */
  offsets: usize;
  /** Gradients of the filtered fields: two planes each, real and imaginary parts; behind those of wavelets, of the low-pass and of the field itself. */
  gradients: usize;
  /** What the spectrum is multiplied by in the gradient, transposed. */
  byPower: usize;
  /** The gradient of the field. */
  result: usize;
}

/** Pixels of a block. */
export const BLOCK: i32 = 512;

@inline
export function plane(base: usize, N: i32, index: i32): usize {
  return base + ((<usize>(index * N * N)) << 2);
}

/** A plane of channels or of gradients. */
@inline
export function padded(base: usize, job: Job, index: i32): usize {
  return base + (<usize>index) * job.planeBytes;
}
