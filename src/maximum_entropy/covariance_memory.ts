/**
 * Where the kernel of rectified covariances finds everything: the addresses in its memory.
 *
 * @module
 */

/** The fields of `Job` in assembly/job.ts, in their order. */
export const jobFields = [
  "N",
  "wavelets",
  "blocks",
  "scratch",
  "scratchBytes",
  "roots",
  "field",
  "spectrum",
  "filters",
  "isEmpty",
  "inverseSigma",
  "planeBytes",
  "channels",
  "sums",
  "isPaired",
  "partials",
  "products",
  "combination",
  "offsets",
  "gradients",
  "byPower",
  "result",
] as const;

/** A value for each of them. */
export type CovarianceJob = Readonly<Record<typeof jobFields[number], number>>;

/** Pixels of a block, as in assembly/job.ts. */
const blockPixels = 512;

/** The memory of a kernel: where each array stands, and how much there is of all. */
export interface CovarianceMemory {
  /** What items read. */
  readonly job: CovarianceJob;
  /** The address of the record that an item is given. */
  readonly record: number;
  /** Of one that takes every filter for empty: what passes back from autocorrelations alone. */
  readonly recordOfPower: number;
  /** As many bytes as strips: all 1. */
  readonly allEmpty: number;
  /** Bytes of all. */
  readonly bytes: number;
}

/** Lays out the memory for one size. */
export function covarianceMemory(N: number, wavelets: number, threads: number): CovarianceMemory {
  const d = N * N;
  const groups = wavelets + 1;
  const R = 4 * groups;
  const blocks = Math.ceil(d / blockPixels);
  const plane = 4 * d;
  // As far beyond a power of two as a block of pixels is long, and a line of the cache more.
  const planeBytes = plane + 4 * blockPixels + 64;
  // Two complex planes, and two strips of 8 complex columns.
  const scratchBytes = 4 * plane + 2 * 64 * N;
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const record = place(4 * jobFields.length);
  const recordOfPower = place(4 * jobFields.length);
  const allEmpty = place(groups * N / 8);
  const job: CovarianceJob = {
    N,
    wavelets,
    blocks,
    scratchBytes,
    scratch: place(threads * scratchBytes),
    roots: place(8 * N),
    field: place(plane),
    spectrum: place(2 * plane),
    filters: place(groups * plane),
    isEmpty: place(groups * N / 8),
    inverseSigma: place(4 * (wavelets + 2)),
    planeBytes,
    channels: place(R * planeBytes),
    sums: place(8 * R),
    isPaired: place(groups * groups),
    partials: place(blocks * groups * (groups + 1) / 2 * 64),
    products: place(8 * R * R),
    combination: place(4 * R * R),
    offsets: place(4 * R),
    gradients: place((2 * groups + 1) * planeBytes),
    byPower: place(plane),
    result: place(plane),
  };
  return { job, record, recordOfPower, allEmpty, bytes: end };
}
