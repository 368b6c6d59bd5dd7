/**
 * Bruna & Mallat 2013, Table 1: how the energy of a scattering transform spreads over the orders m and the scales
 * 2^J. README.md says what the paper leaves open and what was chosen.
 *
 * @module
 */
import { brunaMallat2013 } from "../papers.ts";
import { decodeImage } from "../../src/images/decode_image.ts";
import type { GrayImage } from "../../src/images/image.ts";
import { luma } from "../../src/images/luma.ts";
import { resize } from "../../src/images/resize.ts";
import { deadLeaves } from "../../src/data/stand_ins/dead_leaves.ts";
import type {
  InputFile,
  Job,
  Measurement,
  Plan,
  Profile,
  Reproduction,
  RunContext,
} from "../../src/reproduction.ts";
import { energyByScale, filters } from "./figures.ts";
import { ScatteringEnergies } from "../../src/scattering/scattering_energies.ts";

/** The caption of Table 1 and section 3.4: cubic spline wavelets, 6 directions, paths of strictly decreasing frequency. */
const L = 6;
/** x has zero mean and S[0] keeps nothing at J = 7, so the images have 2^7 pixels a side and are periodic. */
const side = 128;
/** The tables by the dilation q of their frame, A_j = phi_1(2^(j - q) R)^2: 0 is the definition, 0.25 was fitted. */
const dilations = { "table1": 0, "table1-q0.25": 0.25 } as const;
const tables = Object.keys(dilations);

/** What one job measures. */
type Parameters = {
  /** The largest order, 3 or 4: m = 4 costs as much as all the others together. */
  readonly maxOrder: number;
  /** The largest scale. */
  readonly maxJ: number;
  /** The numbers of the stand-in images; empty on real data. */
  readonly standIns: readonly number[];
};

/** Per image, the energies in per cent: `(tables, J, m)`, row-major. */
type Energies = { readonly maxOrder: number; readonly images: readonly (readonly number[])[] };

/** How many images a class, and in how many of the classes m = 4 is measured as well. */
const selection: Record<Profile, { imagesPerClass: number; everyNthClassToOrder4: number }> = {
  smoke: { imagesPerClass: 2, everyNthClassToOrder4: 2 },
  standard: { imagesPerClass: 2, everyNthClassToOrder4: 2 },
  full: { imagesPerClass: Infinity, everyNthClassToOrder4: 1 },
};

/** Table 1 as a reproduction. */
export const reproduction: Reproduction<Parameters, Energies> = {
  id: "scattering_energy",
  paper: brunaMallat2013,
  datasets: ["caltech-101"],
  seeds: null,
  expectedMinutes: { smoke: 0.1, standard: 0.25, full: 6 },

  jobs(plan: Plan): Job<Parameters>[] {
    const { source, files } = plan.dataset("caltech-101");
    if (source === "stand-in") return standInJobs(plan.profile);
    const { imagesPerClass, everyNthClassToOrder4 } = selection[plan.profile];
    const classes = Map.groupBy(files, (name) => name.slice(0, name.lastIndexOf("/")));
    return [...classes].map(([folder, names], position) => {
      const parameters = {
        maxOrder: position % everyNthClassToOrder4 === 0 ? 4 : 3,
        maxJ: Math.log2(side),
        standIns: [],
      };
      const inputs = spread(names, imagesPerClass).map((name) => ({ dataset: "caltech-101", name }));
      return { id: `class/${folder.split("/").at(-1)}`, cells: cellsOf(parameters), inputs, parameters };
    });
  },

  async run({ inputs, parameters }: Job<Parameters>, context: RunContext): Promise<Energies> {
    const images = [];
    for (const input of inputs) images.push(await loadImage(input, context));
    for (const seed of parameters.standIns) {
      images.push(deadLeaves(side, side, context.rng("scattering_energy/dead leaves", seed)));
    }
    const batch = Float64Array.from(images.flatMap((image) => [...withoutMean(image.data)]));
    const { maxOrder, maxJ } = parameters;
    const perTable: Float64Array[] = [];
    for (const dilation of Object.values(dilations)) {
      perTable.push(await energiesOf(dilation, maxJ).measure(batch, maxOrder));
    }
    const cells = maxJ * (maxOrder + 1);
    const ofImage = (n: number) => perTable.flatMap((all) => [...all.subarray(n * cells, (n + 1) * cells)]);
    return { maxOrder, images: images.map((_, n) => ofImage(n)) };
  },

  measure(cell: string, results: readonly Energies[]): Measurement {
    const perImage = results.flatMap(({ maxOrder, images }) =>
      images.map((energies) => energyOf(cell, energies, maxOrder))
    );
    const n = perImage.length;
    const mean = perImage.reduce((sum, energy) => sum + energy, 0) / n;
    const squares = perImage.reduce((sum, energy) => sum + (energy - mean) ** 2, 0);
    const spread = n < 2 ? {} : { standardError: Math.sqrt(squares / (n - 1) / n) };
    return { values: [mean], ...spread, unitOfError: "image" };
  },

  figures: (source) => [energyByScale(source), filters(L)],
};

/** The engines of this worker, by dilation and J: they take longer to build than an image to measure. */
const engines = new Map<string, ScatteringEnergies>();

function energiesOf(dilation: number, J: number): ScatteringEnergies {
  const key = `${dilation} ${J}`;
  // One thread: the jobs of other classes keep the other cores busy.
  const engine = engines.get(key) ??
    new ScatteringEnergies({ height: side, width: side, J, L, maxOrder: 4, dilation, threads: 1 });
  engines.set(key, engine);
  return engine;
}

/** Name-sorted files 0 and floor(n/2) for two a class: the same images on every copy of the data set. */
function spread(names: readonly string[], count: number): string[] {
  if (names.length <= count) return [...names];
  return Array.from({ length: count }, (_, i) => names[Math.floor(i * names.length / count)]!);
}

/** Smoke runs, and runs that have no data, take dead leaves instead of photographs. */
function standInJobs(profile: Profile): Job<Parameters>[] {
  const smoke = profile === "smoke";
  return Array.from({ length: smoke ? 2 : 8 }, (_, i) => {
    const parameters = { maxOrder: 4, maxJ: smoke ? 4 : Math.log2(side), standIns: [2 * i, 2 * i + 1] };
    return { id: `stand-in/${i}`, cells: cellsOf(parameters), inputs: [], parameters };
  });
}

/** The cells that a job contributes to: order m needs m strictly increasing scales j < J. */
function cellsOf({ maxOrder, maxJ }: Parameters): string[] {
  return tables.flatMap((table) =>
    Array.from({ length: maxJ }, (_, i) => i + 1).flatMap((J) => {
      const orders = Array.from({ length: Math.min(J, maxOrder) + 1 }, (_, m) => `m=${m}`);
      return [...orders, "m<=3"].map((column) => `${table}/J=${J}/${column}`);
    })
  );
}

/** Luma of the 8-bit RGB, stretched to a square (bilinear, antialiased). */
async function loadImage(input: InputFile, context: RunContext): Promise<GrayImage> {
  return resize(luma(decodeImage(await context.read(input), input.name)), side, side);
}

/** "Each image is normalised to zero mean" (caption); the engine divides by the norm. */
function withoutMean(pixels: Float64Array): Float64Array {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return pixels.map((value) => value - mean);
}

/** One cell of one image. */
function energyOf(cell: string, energies: readonly number[], largestOrder: number): number {
  const [table, scale, column] = cell.split("/") as [string, string, string];
  const orders = largestOrder + 1;
  const maxJ = energies.length / tables.length / orders;
  const J = Number(scale.slice("J=".length));
  const row = energies.slice((tables.indexOf(table) * maxJ + J - 1) * orders).slice(0, orders);
  if (column === "m<=3") return row.slice(0, 4).reduce((sum, energy) => sum + energy, 0);
  return row[Number(column.slice("m=".length))]!;
}
