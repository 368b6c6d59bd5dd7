// The gradient: the transpose of the linearised cascade. A path is computed again on the way there, so that a thread needs
// two maps and a spectrum for each order and no more, and then its cotangents come back: from its results to its
// modulus, U; from there to the complex map, z = U exp(i phase), as gU exp(i phase), 0 where z is 0; and through
// the wavelet to the spectrum that it was filtered from.
//
// What comes back through the first wavelets is kept, and added in their order by one thread for each group of images:
// so the sums do not depend on the threads either.

import { SCALE_VECTORS } from "../kernel_constants";
import { PLAIN } from "./butterflies";
import { clearColumn, open } from "./cascade";
import { fft } from "./fft";
import { unfold } from "./fold";
import { gather, measureScale } from "./images";
import { AdjointJob, AdjointNode, AdjointOutlet, AdjointPlan, AdjointWork, Block, Filter, Grid, NONE, OUTSIDE, Plan, word, Work } from "./layout";
import { lowPass } from "./low_pass";
import { inverseRows, put, roundUp } from "./outlet";
import { adjointColumns, adjointRows, forwardColumns, forwardRows } from "./spectrum";
import { add, elementBytes, imaginary, lanes, mul, real, realBytes, storeImaginary, storeReal, upperImaginary, upperReal } from "./vector";


/** Before the paths of one group of images: its spectrum, and the scale of its cotangents. */
export function adjointOpen<T, W>(group: usize, thread: usize, job: AdjointJob): void {
  open<T, W>(group, thread, job.forward);
  measureScale<T, W>(cotangentsOf<T, W>(group, job), job.count, scaleOf<W>(group, job));
}

/** There and back along the paths of one part of the plan. */
export function adjointPaths<T, W>(index: usize, thread: usize, job: AdjointJob): void {
  const forward = job.forward, plan = job.plan;
  const work = changetype<Work>(word(forward.works, thread)), own = changetype<AdjointWork>(word(job.works, thread));
  const group = index / job.parts, part = job.firstPart + index % job.parts;
  const cotangents = cotangentsOf<T, W>(group, job), step = job.count * sizeof<T>(), scale = scaleOf<W>(group, job);
  const kept = job.kept + group * job.keptBytes;
  store<usize>(work.spectra, forward.spectra + group * forward.spectrumBytes);
  const end = word(plan.partStarts, part + 1);
  for (let i = word(plan.partStarts, part); i < end; i++) {
    const node = nodeAt(plan, i), depth = node.depth;
    store<usize>(own.path + (depth << 2), changetype<usize>(node));
    if (node.isSpectral) descend<T, W>(node, work, own);
    const next: usize = i + 1 < end ? nodeAt(plan, i + 1).depth : 1;
    for (let d = depth; d >= next; d--) {
      ascend<T, W>(changetype<AdjointNode>(word(own.path, d)), work, own, cotangents, step, scale, kept);
    }
  }
}

/** What has come back through the first wavelets, to the pixels of one group of images. */
export function adjointImage<T, W>(group: usize, thread: usize, job: AdjointJob): void {
  const forward = job.forward, plan = job.plan, size = forward.plan, grid = size.grid, outlet = plan.outlet;
  const work = changetype<Work>(word(forward.works, thread)), own = changetype<AdjointWork>(word(job.works, thread));
  const cotangents = cotangentsOf<T, W>(group, job), step = job.count * sizeof<T>(), scale = scaleOf<W>(group, job);
  const sum = word(own.sums, 0), image = own.image, pixels = size.height * size.width;
  memory.fill(sum, 0, grid.rows * grid.step);
  for (let i: usize = 0; i < plan.count; i++) {
    const node = nodeAt(plan, i), filter = node.filter;
    if (node.depth > 1) continue;
    const kept = job.kept + group * job.keptBytes + node.kept;
    for (let b: usize = 0; b < filter.blocks; b++) {
      const block = blockAt(filter, b);
      unfold<T, W>(block, kept + block.row * filter.grid.columns * elementBytes<W>(), sum);
    }
  }
  returnToSpectrum<T, W>(grid, outlet, forward.spectra + group * forward.spectrumBytes, sum, work, own, cotangents, step, scale);
  returnSamples<T, W>(grid, outlet, own, cotangents, step, scale);
  adjointRows<T, W>(grid, sum, work);
  clearOddColumn<W>(grid, work);
  memory.fill(image, 0, pixels * realBytes<W>());
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    const columns = min(grid.columnBlock, grid.columns - c);
    const map = returnColumns<T, W>(grid, outlet, true, c, columns, work, own);
    unpad<T, W>(size, c, columns, map, image);
  }
  let y = job.gradients + group * lanes<T, W>() * pixels * sizeof<T>();
  for (let i: usize = 0; i < pixels; i++, y += sizeof<T>()) {
    put<T, W>(y, pixels * sizeof<T>(), scale + realBytes<W>(), image + i * realBytes<W>());
  }
}

@inline
function nodeAt(plan: AdjointPlan, i: usize): AdjointNode {
  return changetype<AdjointNode>(plan.nodes + i * offsetof<AdjointNode>());
}

@inline
function blockAt(filter: Filter, i: usize): Block {
  return changetype<Block>(filter.first + i * offsetof<Block>());
}

@inline
function cotangentsOf<T, W>(group: usize, job: AdjointJob): usize {
  return job.cotangents + group * lanes<T, W>() * job.count * sizeof<T>();
}

@inline
function scaleOf<W>(group: usize, job: AdjointJob): usize {
  return job.scales + group * SCALE_VECTORS * realBytes<W>();
}

/** The complex map of a path, and of its modulus the part of the spectrum that is needed. */
function descend<T, W>(node: AdjointNode, work: Work, own: AdjointWork): void {
  const grid = node.filter.grid, z = word(own.maps, node.depth);
  inverseRows<T, W>(node.filter, word(work.spectra, node.depth - 1), work);
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    const columns = min(grid.columnBlock, grid.columns - c), step = ((columns + 1) & ~1) * realBytes<W>();
    const block = z + c * elementBytes<W>();
    fft<T, W>(grid.across, PLAIN, work.map + c * elementBytes<W>(), grid.step, elementBytes<W>(), block, grid.step, elementBytes<W>(), columns, work.transform);
    if (node.spectrum == NONE) continue;
    modulus<T, W>(grid, columns, block, work.real, step);
    if (columns & 1) clearColumn<W>(work.real + columns * realBytes<W>(), step, grid.rows);
    forwardColumns<T, W>(grid, work.real, step, c, (columns + 1) & ~1, work);
  }
  if (node.spectrum != NONE) forwardRows<T, W>(grid, node.spectrum, work, word(work.spectra, node.depth));
  memory.fill(word(own.sums, node.depth), 0, grid.rows * grid.step);
}

/** Brings the cotangents of a path, and of those behind it, back to the spectrum that it was filtered from. */
function ascend<T, W>(node: AdjointNode, work: Work, own: AdjointWork, cotangents: usize, cotangentStep: usize, scale: usize, kept: usize): void {
  const depth = node.depth, filter = node.filter, grid = filter.grid, outlet = node.outlet;
  const element = elementBytes<W>(), isSpectral = node.isSpectral != 0;
  returnSamples<T, W>(grid, outlet, own, cotangents, cotangentStep, scale);
  if (isSpectral) {
    const sum = word(own.sums, depth);
    returnToSpectrum<T, W>(grid, outlet, word(work.spectra, depth), sum, work, own, cotangents, cotangentStep, scale);
    adjointRows<T, W>(grid, sum, work);
    clearOddColumn<W>(grid, work);
  } else {
    inverseRows<T, W>(filter, word(work.spectra, depth - 1), work);
  }
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    const columns = min(grid.columnBlock, grid.columns - c), column = work.map + c * element;
    const cotangent = returnColumns<T, W>(grid, outlet, isSpectral, c, columns, work, own);
    let z = work.packed, step = columns * element;
    if (isSpectral) {
      z = word(own.maps, depth) + c * element;
      step = grid.step;
    } else {
      fft<T, W>(grid.across, PLAIN, column, grid.step, element, z, step, element, columns, work.transform);
    }
    takePhase<T, W>(grid.rows, columns, z, step, cotangent, work.packed);
    fft<T, W>(grid.across, PLAIN, work.packed, columns * element, element, column, grid.step, element, columns, work.transform);
  }
  returnRows<T, W>(filter, depth == 1 ? kept + node.kept : 0, word(own.sums, depth - 1), work);
}

/** The transform along the rows of the map in `work`, and the way back through a filter: kept for later, or added to `sum`. */
function returnRows<T, W>(filter: Filter, kept: usize, sum: usize, work: Work): void {
  const grid = filter.grid;
  for (let i: usize = 0; i < filter.blocks; i++) {
    const block = blockAt(filter, i), rows = block.rows;
    if (!block.groups) continue;
    const dst = kept ? kept + block.row * grid.columns * elementBytes<W>() : work.fold;
    fft<T, W>(grid.along, PLAIN, work.map + block.row * grid.step, elementBytes<W>(), grid.step, dst, rows * elementBytes<W>(), elementBytes<W>(), rows, work.transform);
    if (!kept) unfold<T, W>(block, dst, sum);
  }
}

/** What comes back to the spectrum of a map at once: of energies, and of samples whose low-pass is not separable. */
function returnToSpectrum<T, W>(grid: Grid, outlet: AdjointOutlet, spectrum: usize, sum: usize, work: Work, own: AdjointWork, cotangents: usize, step: usize, scale: usize): void {
  if (outlet.energies) returnEnergies<T, W>(grid, outlet, spectrum, sum, own.low, cotangents + outlet.cotangent, step, scale);
  const smoother = outlet.smoother;
  if (!changetype<usize>(smoother)) return;
  const coarse = smoother.filter.grid, stride = smoother.stride, zero = v128.splat<T>(0), s = real<W>(scale), s2 = upperReal<W>(scale);
  for (let c: usize = 0; c < coarse.columns; c += coarse.columnBlock) {
    const columns = min(coarse.columnBlock, coarse.columns - c);
    memory.fill(work.packed, 0, coarse.rows * columns * elementBytes<W>());
    for (let j: usize = 0; j < smoother.columns; j++) {
      const column = smoother.first + j * stride;
      if (column < c || column >= c + columns) continue;
      let x = cotangents + outlet.cotangent + j * sizeof<T>();
      let y = work.packed + (smoother.first * columns + column - c) * elementBytes<W>();
      for (let r = smoother.rows; r > 0; r--, x += smoother.columns * sizeof<T>(), y += stride * columns * elementBytes<W>()) {
        // The imaginary part stands first.
        storeImaginary<W>(y, mul<T>(s, gather<T>(x, step)), mul<T>(s2, upperGather<T, W>(x, step)));
        storeReal<W>(y, zero, zero);
      }
    }
    fft<T, W>(coarse.across, PLAIN, work.packed, columns * elementBytes<W>(), elementBytes<W>(), work.map + c * elementBytes<W>(), coarse.step, elementBytes<W>(), columns, work.transform);
  }
  returnRows<T, W>(smoother.filter, 0, sum, work);
}

/** Adds spectrum times twice the weights, each with the cotangent of its energy, on the half that the weights stand for. */
function returnEnergies<T, W>(grid: Grid, outlet: AdjointOutlet, spectrum: usize, sum: usize, factors: usize, cotangents: usize, step: usize, scale: usize): void {
  const count = outlet.energies, s = real<W>(scale), s2 = upperReal<W>(scale);
  for (let i: usize = 0; i < count; i++, cotangents += outlet.step) {
    const c = mul<T>(s, gather<T>(cotangents, step)), c2 = mul<T>(s2, upperGather<T, W>(cotangents, step));
    storeReal<W>(factors + i * realBytes<W>(), add<T>(c, c), add<T>(c2, c2));
  }
  let at: usize = 0;
  for (let row: usize = 0; row <= grid.rows >> 1; row++) {
    let x = spectrum + row * grid.step, y = sum + row * grid.step;
    for (const end = x + grid.columns * elementBytes<W>(); x < end; x += elementBytes<W>(), y += elementBytes<W>(), at += sizeof<T>()) {
      let f = v128.splat<T>(0), f2 = f;
      for (let i: usize = 0; i < count; i++) {
        const weight = v128.load_splat<T>(word(outlet.weights, i) + at), factor = factors + i * realBytes<W>();
        f = add<T>(f, mul<T>(weight, real<W>(factor))); f2 = add<T>(f2, mul<T>(weight, upperReal<W>(factor)));
      }
      const first = add<T>(real<W>(y), mul<T>(f, real<W>(x))), second = add<T>(upperReal<W>(y), mul<T>(f2, upperReal<W>(x)));
      const third = add<T>(imaginary<W>(y), mul<T>(f, imaginary<W>(x))), fourth = add<T>(upperImaginary<W>(y), mul<T>(f2, upperImaginary<W>(x)));
      storeReal<W>(y, first, second);
      storeImaginary<W>(y, third, fourth);
    }
  }
}

/** The first half of the way back through a separable low-pass: along the rows of the samples. */
function returnSamples<T, W>(grid: Grid, outlet: AdjointOutlet, own: AdjointWork, cotangents: usize, step: usize, scale: usize): void {
  const low = outlet.lowPass;
  if (!changetype<usize>(low)) return;
  const rows = low.rows, columns = low.columns, s = real<W>(scale), s2 = upperReal<W>(scale);
  let x = cotangents + outlet.cotangent;
  for (let r: usize = 0; r < rows; r++) {
    let y = own.low + r * realBytes<W>();
    for (let c: usize = 0; c < columns; c++, x += sizeof<T>(), y += rows * realBytes<W>()) {
      storeReal<W>(y, mul<T>(s, gather<T>(x, step)), mul<T>(s2, upperGather<T, W>(x, step)));
    }
  }
  lowPass<T, W>(low.columnMatrix, roundUp(grid.columns), columns, own.low, rows * realBytes<W>(), realBytes<W>(), rows, own.lowRows, rows * realBytes<W>());
}

/** The cotangents of some columns of a map, from its spectrum and its samples; a last odd column has another one beside it. */
function returnColumns<T, W>(grid: Grid, outlet: AdjointOutlet, isSpectral: bool, column: usize, columns: usize, work: Work, own: AdjointWork): usize {
  const low = outlet.lowPass, even = (columns + 1) & ~1, step = even * realBytes<W>();
  if (isSpectral) adjointColumns<T, W>(grid, column, even, work.real, step, work);
  if (!changetype<usize>(low)) return work.real;
  const rows = low.rows, src = own.lowRows + column * rows * realBytes<W>();
  lowPass<T, W>(low.rowMatrix, roundUp(grid.rows), rows, src, realBytes<W>(), rows * realBytes<W>(), columns, own.real, step);
  if (!isSpectral) return own.real;
  let x = own.real, y = work.real;
  for (const end = x + grid.rows * step; x < end; x += realBytes<W>(), y += realBytes<W>()) {
    storeReal<W>(y, add<T>(real<W>(x), real<W>(y)), add<T>(upperReal<W>(x), upperReal<W>(y)));
  }
  return work.real;
}

/** Writes g z / |z|, and 0 where z is, imaginary part first, `columns` side by side. */
function takePhase<T, W>(rows: usize, columns: usize, z: usize, step: usize, g: usize, y: usize): void {
  for (let r: usize = 0; r < rows; r++, z += step) {
    let x = z;
    for (let c: usize = 0; c < columns; c++, x += elementBytes<W>(), y += elementBytes<W>(), g += realBytes<W>()) {
      const re = real<W>(x), re2 = upperReal<W>(x), im = imaginary<W>(x), im2 = upperImaginary<W>(x);
      const f = divideByModulus<T>(real<W>(g), re, im), f2 = divideByModulus<T>(upperReal<W>(g), re2, im2);
      storeReal<W>(y, mul<T>(im, f), mul<T>(im2, f2));
      storeImaginary<W>(y, mul<T>(re, f), mul<T>(re2, f2));
    }
    if (columns & 1) g += realBytes<W>();
  }
}

@inline
function divideByModulus<T>(g: v128, re: v128, im: v128): v128 {
  const length = v128.sqrt<T>(add<T>(mul<T>(re, re), mul<T>(im, im)));
  return v128.and(v128.div<T>(g, length), v128.gt<T>(length, v128.splat<T>(0)));
}

function modulus<T, W>(grid: Grid, columns: usize, z: usize, y: usize, step: usize): void {
  for (let r: usize = 0; r < grid.rows; r++, z += grid.step, y += step) {
    let x = z, to = y;
    for (let c: usize = 0; c < columns; c++, x += elementBytes<W>(), to += realBytes<W>()) {
      const re = real<W>(x), re2 = upperReal<W>(x), im = imaginary<W>(x), im2 = upperImaginary<W>(x);
      const first = v128.sqrt<T>(add<T>(mul<T>(re, re), mul<T>(im, im)));
      const second = v128.sqrt<T>(add<T>(mul<T>(re2, re2), mul<T>(im2, im2)));
      storeReal<W>(to, first, second);
    }
  }
}

/** The column of zeros beside a last odd one, in the half spectrum in `work`. */
function clearOddColumn<W>(grid: Grid, work: Work): void {
  if (!(grid.columns & 1)) return;
  const zero = i64x2.splat(0);
  let y = work.map + grid.columns * elementBytes<W>();
  for (let k: usize = 0; k <= grid.rows >> 1; k++, y += grid.step) {
    storeReal<W>(y, zero, zero);
    storeImaginary<W>(y, zero, zero);
  }
}

/** Adds each column of a padded map to the column of the image that it was copied from. */
function unpad<T, W>(plan: Plan, column: usize, columns: usize, map: usize, image: usize): void {
  const odd = (columns & 1) * realBytes<W>();
  for (let r: usize = 0; r < plan.grid.rows; r++, map += odd) {
    const row = word(plan.sourceRows, r);
    for (let c = column; c < column + columns; c++, map += realBytes<W>()) {
      const source = word(plan.sourceColumns, c);
      if (row == OUTSIDE || source == OUTSIDE) continue;
      const y = image + (row * plan.width + source) * realBytes<W>();
      storeReal<W>(y, add<T>(real<W>(y), real<W>(map)), add<T>(upperReal<W>(y), upperReal<W>(map)));
    }
  }
}

/** The numbers at one place of the images in the second vector. */
@inline
function upperGather<T, W>(x: usize, step: usize): v128 {
  if (sizeof<W>() == 1) return v128.splat<T>(0);
  return gather<T>(x + lanes<T>() * step, step);
}
