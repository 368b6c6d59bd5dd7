// The cascade: an image, its spectrum, and the paths behind it.

import { SCALE_VECTORS } from "../kernel_constants";
import { MODULUS } from "./butterflies";
import { fft } from "./fft";
import { measureScale, pad } from "./images";
import { Energies, Energy, Job, Node, Plan, word, Work } from "./layout";
import { finish, inverseRows, takeColumns } from "./outlet";
import { weigh } from "./spectrum";
import { elementBytes, lanes, realBytes, storeReal } from "./vector";

/** Order 0 of one group of images: scale, padding, output, spectrum. */
export function open<T, W>(group: usize, thread: usize, job: Job): void {
  const plan = job.plan, grid = plan.grid, work = changetype<Work>(word(job.works, thread));
  const images = job.images + group * lanes<T, W>() * plan.height * plan.width * sizeof<T>();
  const scale = job.scales + group * SCALE_VECTORS * realBytes<W>();
  const step = ((grid.columns + 1) & ~1) * realBytes<W>();
  measureScale<T, W>(images, plan.height * plan.width, scale);
  pad<T, W>(plan, images, scale, work.image, step);
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    takeColumns<T, W>(grid, plan.outlet, work.image + c * realBytes<W>(), step, c, min(grid.columnBlock, grid.columns - c), work);
  }
  const output = job.output + group * lanes<T, W>() * job.outputStep, spectrum = job.spectra + group * job.spectrumBytes;
  finish<T, W>(grid, plan.outlet, work, spectrum, scale, output, job.outputStep);
  measure<T, W>(plan.energies, plan, work.power, job.energies + group * job.energyBytes);
}

/** Item `index` is part `index` modulo the number of parts of the group of images `index` / parts. */
export function scatter<T, W>(index: usize, thread: usize, job: Job): void {
  const plan = job.plan, work = changetype<Work>(word(job.works, thread));
  const group = index / plan.parts, part = index % plan.parts;
  const scale = job.scales + group * SCALE_VECTORS * realBytes<W>();
  const output = job.output + group * lanes<T, W>() * job.outputStep;
  store<usize>(work.spectra, job.spectra + group * job.spectrumBytes);
  const end = word(plan.partStarts, part + 1);
  for (let i = word(plan.partStarts, part); i < end; i++) {
    const node = changetype<Node>(plan.nodes + i * offsetof<Node>());
    propagate<T, W>(node, work, scale, output, job.outputStep);
    measure<T, W>(node.energies, plan, work.power, job.energies + group * job.energyBytes);
  }
}

function propagate<T, W>(node: Node, work: Work, scale: usize, output: usize, outputStep: usize): void {
  const grid = node.filter.grid, outlet = node.outlet;
  inverseRows<T, W>(node.filter, word(work.spectra, node.depth - 1), work);
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    const columns = min(grid.columnBlock, grid.columns - c);
    const step = ((columns + 1) & ~1) * realBytes<W>();
    fft<T, W>(grid.across, MODULUS, work.map + c * elementBytes<W>(), grid.step, elementBytes<W>(), work.real, step, realBytes<W>(), columns, work.transform);
    if (columns & 1) clearColumn<W>(work.real + columns * realBytes<W>(), step, grid.rows);
    takeColumns<T, W>(grid, outlet, work.real, step, c, columns, work);
  }
  finish<T, W>(grid, outlet, work, word(work.spectra, node.depth), scale, output, outputStep);
}

export function clearColumn<W>(y: usize, step: usize, rows: usize): void {
  const zero = i64x2.splat(0);
  for (let r: usize = 0; r < rows; r++, y += step) storeReal<W>(y, zero, zero);
}

/** Writes energies from power spectra, which are zero afterwards (and before the first node, as new memory is). */
function measure<T, W>(energies: Energies, plan: Plan, power: usize, dst: usize): void {
  if (!changetype<usize>(energies)) return;
  dst += energies.result * realBytes<W>();
  for (let i: usize = 0; i < energies.count; i++, dst += realBytes<W>()) {
    const energy = changetype<Energy>(energies.first + i * offsetof<Energy>());
    weigh<T, W>(energy.count, energy.weights, power + energy.power, dst);
  }
  memory.fill(power, 0, plan.powerBytes);
}
