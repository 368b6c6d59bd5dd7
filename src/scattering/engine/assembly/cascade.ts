// The cascade: an image, its spectrum, and the paths behind it.

import { MODULUS } from "./butterflies";
import { ELEMENT, fft } from "./fft";
import { measureScale, pad } from "./images";
import { Energies, Energy, Job, Node, Plan, SCALE_BYTES, word, Work } from "./layout";
import { finish, inverseRows, takeColumns } from "./outlet";
import { weigh } from "./spectrum";
import { lanes } from "./vector";

/** Order 0 of one group of images: scale, padding, output, spectrum. */
export function open<T>(group: usize, thread: usize, job: Job): void {
  const plan = job.plan, grid = plan.grid, work = changetype<Work>(word(job.works, thread));
  const images = job.images + group * lanes<T>() * plan.height * plan.width * sizeof<T>();
  const scale = job.scales + group * SCALE_BYTES;
  const step = ((grid.columns + 1) & ~1) * 16;
  measureScale<T>(images, plan.height * plan.width, scale);
  pad<T>(plan, images, scale, work.image, step);
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    takeColumns<T>(grid, plan.outlet, work.image + c * 16, step, c, min(grid.columnBlock, grid.columns - c), work);
  }
  const output = job.output + group * lanes<T>() * job.outputStep, spectrum = job.spectra + group * job.spectrumBytes;
  finish<T>(grid, plan.outlet, work, spectrum, scale, output, job.outputStep);
  measure<T>(plan.energies, plan, work.power, job.energies + group * job.energyBytes);
}

/** Item `index` is part `index` modulo the number of parts of the group of images `index` / parts. */
export function scatter<T>(index: usize, thread: usize, job: Job): void {
  const plan = job.plan, work = changetype<Work>(word(job.works, thread));
  const group = index / plan.parts, part = index % plan.parts;
  const scale = job.scales + group * SCALE_BYTES;
  const output = job.output + group * lanes<T>() * job.outputStep;
  store<usize>(work.spectra, job.spectra + group * job.spectrumBytes);
  const end = word(plan.partStarts, part + 1);
  for (let i = word(plan.partStarts, part); i < end; i++) {
    const node = changetype<Node>(plan.nodes + i * offsetof<Node>());
    propagate<T>(node, work, scale, output, job.outputStep);
    measure<T>(node.energies, plan, work.power, job.energies + group * job.energyBytes);
  }
}

function propagate<T>(node: Node, work: Work, scale: usize, output: usize, outputStep: usize): void {
  const grid = node.filter.grid, outlet = node.outlet;
  inverseRows<T>(node.filter, word(work.spectra, node.depth - 1), work);
  for (let c: usize = 0; c < grid.columns; c += grid.columnBlock) {
    const columns = min(grid.columnBlock, grid.columns - c);
    const step = ((columns + 1) & ~1) * 16;
    fft<T>(grid.across, MODULUS, work.map + c * ELEMENT, grid.step, ELEMENT, work.real, step, 16, columns, work.transform);
    if (columns & 1) clearColumn(work.real + columns * 16, step, grid.rows);
    takeColumns<T>(grid, outlet, work.real, step, c, columns, work);
  }
  finish<T>(grid, outlet, work, word(work.spectra, node.depth), scale, output, outputStep);
}

function clearColumn(y: usize, step: usize, rows: usize): void {
  for (let r: usize = 0; r < rows; r++, y += step) v128.store(y, i64x2.splat(0));
}

/** Writes energies from power spectra, which are zero afterwards (and before the first node, as new memory is). */
function measure<T>(energies: Energies, plan: Plan, power: usize, dst: usize): void {
  if (!changetype<usize>(energies)) return;
  dst += energies.result * 16;
  for (let i: usize = 0; i < energies.count; i++, dst += 16) {
    const energy = changetype<Energy>(energies.first + i * offsetof<Energy>());
    v128.store(dst, weigh<T>(energy.count, energy.weights, power + energy.power));
  }
  memory.fill(power, 0, plan.powerBytes);
}
