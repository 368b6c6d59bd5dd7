// What is done with a real map: its low-passed samples, its spectrum for the paths behind it, its power.

import { LOW_PASS_OUTPUTS } from "../kernel_constants";
import { PLAIN } from "./butterflies";
import { ELEMENT, fft } from "./fft";
import { fold } from "./fold";
import { Block, Filter, Grid, NONE, NO_POWER, Outlet, Smoother, Work } from "./layout";
import { lowPass } from "./low_pass";
import { addPower, forwardColumns, forwardRows } from "./spectrum";
import { lanes, mul } from "./vector";

/** The inverse transform along the rows of a filtered spectrum, into the map in `work`. */
export function inverseRows<T>(filter: Filter, spectrum: usize, work: Work): void {
  const grid = filter.grid, step = grid.step;
  for (let i: usize = 0; i < filter.blocks; i++) {
    const block = changetype<Block>(filter.first + i * offsetof<Block>());
    const dst = work.map + block.row * step, rows = block.rows;
    if (block.groups) {
      fold<T>(block, spectrum, work.fold);
      fft<T>(grid.along, PLAIN, work.fold, rows * ELEMENT, ELEMENT, dst, ELEMENT, step, rows, work.transform);
    } else {
      memory.fill(dst, 0, rows * step);
    }
  }
}

/** Takes the columns from `column` on of a real map; `step` bytes from row to row; a last odd column has a zero beside it. */
export function takeColumns<T>(grid: Grid, outlet: Outlet, real: usize, step: usize, column: usize, columns: usize, work: Work): void {
  const low = outlet.lowPass;
  if (changetype<usize>(low)) {
    const dst = work.lowRows + column * 16;
    lowPass<T>(low.rowMatrix, roundUp(low.rows), grid.rows, real, step, 16, columns, dst, grid.columns * 16);
  }
  if (outlet.spectrum != NONE) forwardColumns<T>(grid, real, step, column, (columns + 1) & ~1, work);
}

/** After the last columns: finishes the spectrum and writes the output of each image. */
export function finish<T>(grid: Grid, outlet: Outlet, work: Work, spectrum: usize, scale: usize, output: usize, outputStep: usize): void {
  const inverseScale = v128.load(scale, 16);
  output += outlet.output;
  if (outlet.spectrum != NONE) forwardRows<T>(grid, outlet.spectrum, work, spectrum);
  if (outlet.power != NO_POWER) addPower<T>(grid, spectrum, work.power + outlet.power);
  const low = outlet.lowPass, smoother = outlet.smoother;
  if (changetype<usize>(low)) {
    const rows = low.rows, step = rows * 16;
    lowPass<T>(low.columnMatrix, roundUp(low.columns), grid.columns, work.lowRows, 16, grid.columns * 16, rows, work.low, step);
    for (let r: usize = 0; r < rows; r++) {
      for (let c: usize = 0; c < low.columns; c++, output += sizeof<T>()) {
        put<T>(output, outputStep, mul<T>(inverseScale, v128.load(work.low + c * step + r * 16)));
      }
    }
  }
  if (changetype<usize>(smoother)) smooth<T>(smoother, spectrum, work, inverseScale, output, outputStep);
}

function smooth<T>(smoother: Smoother, spectrum: usize, work: Work, inverseScale: v128, output: usize, outputStep: usize): void {
  const grid = smoother.filter.grid, columns = smoother.columns, stride = smoother.stride;
  inverseRows<T>(smoother.filter, spectrum, work);
  for (let c: usize = 0; c < columns; c += grid.columnBlock) {
    const count = min(grid.columnBlock, columns - c), src = work.map + (smoother.first + c * stride) * ELEMENT;
    fft<T>(grid.across, PLAIN, src, grid.step, stride * ELEMENT, work.packed, count * ELEMENT, ELEMENT, count, work.transform);
    for (let r: usize = 0; r < smoother.rows; r++) {
      let x = work.packed + (smoother.first + r * stride) * count * ELEMENT;
      let y = output + (r * columns + c) * sizeof<T>();
      for (let i: usize = 0; i < count; i++, x += ELEMENT, y += sizeof<T>()) {
        put<T>(y, outputStep, mul<T>(inverseScale, v128.load(x)));
      }
    }
  }
}

/** One number for each image. */
@inline
function put<T>(y: usize, step: usize, value: v128): void {
  v128.store_lane<T>(y, value, 0);
  v128.store_lane<T>(y + step, value, 1);
  if (lanes<T>() == 4) {
    v128.store_lane<T>(y + 2 * step, value, 2);
    v128.store_lane<T>(y + 3 * step, value, 3);
  }
}

@inline
function roundUp(outputs: usize): usize {
  return (outputs + LOW_PASS_OUTPUTS - 1) & ~(LOW_PASS_OUTPUTS - 1);
}
