// What is done with a real map: its low-passed samples, its spectrum for the paths behind it, its power.

import { LOW_PASS_OUTPUTS } from "../kernel_constants";
import { PLAIN } from "./butterflies";
import { fft } from "./fft";
import { fold } from "./fold";
import { Block, Filter, Grid, NONE, NO_POWER, Outlet, Smoother, Work } from "./layout";
import { lowPass } from "./low_pass";
import { addPower, forwardColumns, forwardRows } from "./spectrum";
import { elementBytes, lanes, mul, real, realBytes, upperReal } from "./vector";

/** The inverse transform along the rows of a filtered spectrum, into the map in `work`. */
export function inverseRows<T, W>(filter: Filter, spectrum: usize, work: Work): void {
  const grid = filter.grid, step = grid.step;
  for (let i: usize = 0; i < filter.blocks; i++) {
    const block = changetype<Block>(filter.first + i * offsetof<Block>());
    const dst = work.map + block.row * step, rows = block.rows;
    if (block.groups) {
      fold<T, W>(block, spectrum, work.fold);
      fft<T, W>(grid.along, PLAIN, work.fold, rows * elementBytes<W>(), elementBytes<W>(), dst, elementBytes<W>(), step, rows, work.transform);
    } else {
      memory.fill(dst, 0, rows * step);
    }
  }
}

/** Takes the columns from `column` on of a real map; `step` bytes from row to row; a last odd column has a zero beside it. */
export function takeColumns<T, W>(grid: Grid, outlet: Outlet, map: usize, step: usize, column: usize, columns: usize, work: Work): void {
  const low = outlet.lowPass;
  if (changetype<usize>(low)) {
    const dst = work.lowRows + column * realBytes<W>();
    lowPass<T, W>(low.rowMatrix, roundUp(low.rows), grid.rows, map, step, realBytes<W>(), columns, dst, grid.columns * realBytes<W>());
  }
  if (outlet.spectrum != NONE) forwardColumns<T, W>(grid, map, step, column, (columns + 1) & ~1, work);
}

/** After the last columns: finishes the spectrum and writes the output of each image. */
export function finish<T, W>(grid: Grid, outlet: Outlet, work: Work, spectrum: usize, scale: usize, output: usize, outputStep: usize): void {
  scale += realBytes<W>();
  output += outlet.output;
  if (outlet.spectrum != NONE) forwardRows<T, W>(grid, outlet.spectrum, work, spectrum);
  if (outlet.power != NO_POWER) addPower<T, W>(grid, spectrum, work.power + outlet.power);
  const low = outlet.lowPass, smoother = outlet.smoother;
  if (changetype<usize>(low)) {
    const rows = low.rows, step = rows * realBytes<W>();
    lowPass<T, W>(low.columnMatrix, roundUp(low.columns), grid.columns, work.lowRows, realBytes<W>(), grid.columns * realBytes<W>(), rows, work.low, step);
    for (let r: usize = 0; r < rows; r++) {
      for (let c: usize = 0; c < low.columns; c++, output += sizeof<T>()) {
        put<T, W>(output, outputStep, scale, work.low + c * step + r * realBytes<W>());
      }
    }
  }
  if (changetype<usize>(smoother)) smooth<T, W>(smoother, spectrum, work, scale, output, outputStep);
}

function smooth<T, W>(smoother: Smoother, spectrum: usize, work: Work, inverseScale: usize, output: usize, outputStep: usize): void {
  const grid = smoother.filter.grid, columns = smoother.columns, stride = smoother.stride;
  inverseRows<T, W>(smoother.filter, spectrum, work);
  for (let c: usize = 0; c < columns; c += grid.columnBlock) {
    const count = min(grid.columnBlock, columns - c), src = work.map + (smoother.first + c * stride) * elementBytes<W>();
    fft<T, W>(grid.across, PLAIN, src, grid.step, stride * elementBytes<W>(), work.packed, count * elementBytes<W>(), elementBytes<W>(), count, work.transform);
    for (let r: usize = 0; r < smoother.rows; r++) {
      let x = work.packed + (smoother.first + r * stride) * count * elementBytes<W>();
      let y = output + (r * columns + c) * sizeof<T>();
      for (let i: usize = 0; i < count; i++, x += elementBytes<W>(), y += sizeof<T>()) {
        put<T, W>(y, outputStep, inverseScale, x);
      }
    }
  }
}

/** One number for each image: x times the inverse of its scale. */
@inline
export function put<T, W>(y: usize, step: usize, inverseScale: usize, x: usize): void {
  putLanes<T>(y, step, mul<T>(real<W>(inverseScale), real<W>(x)));
  if (sizeof<W>() == 2) {
    putLanes<T>(y + lanes<T>() * step, step, mul<T>(upperReal<W>(inverseScale), upperReal<W>(x)));
  }
}

@inline
function putLanes<T>(y: usize, step: usize, value: v128): void {
  v128.store_lane<T>(y, value, 0);
  v128.store_lane<T>(y + step, value, 1);
  if (sizeof<T>() == 4) {
    v128.store_lane<T>(y + 2 * step, value, 2);
    v128.store_lane<T>(y + 3 * step, value, 3);
  }
}

@inline
export function roundUp(outputs: usize): usize {
  return (outputs + LOW_PASS_OUTPUTS - 1) & ~(LOW_PASS_OUTPUTS - 1);
}
