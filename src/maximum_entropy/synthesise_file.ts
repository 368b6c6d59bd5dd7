import { UsageError } from "../errors.ts";
import { PartFile } from "../files/part_file.ts";
import { refuseSameFile } from "../files/same_file.ts";
import { writeNpy } from "../data/readers/npy/write_npy.ts";
import { periodicComponent } from "../numeric/fourier/periodic_component.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { CovarianceKernel } from "./covariance_kernel.ts";
import { readTexture } from "./read_texture.ts";
import { synthesise, type SynthesisStep } from "./synthesise.ts";

/** How a file is synthesised. */
export interface SynthesiseFileOptions {
  /** Which sample; 0 where it is not given. */
  readonly seed?: number;
  /** Steps; 200 where it is not given. */
  readonly iterations?: number;
  /** How many threads compute; every core where it is not given. */
  readonly threads?: number;
  /** Whether the image goes on beyond its edges by itself; else what does not is taken from it (Moisan 2011). */
  readonly isPeriodic?: boolean;
  /** A CSV file that receives the loss after each step. */
  readonly losses?: string;
  /** Ends the work early: the best so far is written. */
  readonly signal?: AbortSignal;
  /** Is told of every step. */
  readonly onStep?: (step: number, steps: number) => void;
}

/** What was written. */
export interface SynthesisedFile {
  /** Pixels of a side. */
  readonly side: number;
  /** Steps that were taken. */
  readonly iterations: number;
  /** The loss after them. */
  readonly relativeLoss: number;
}

/**
 * Makes a model of the image of a file, and writes a sample of it: float32, `(side, side)`, on the scale of the image.
 *
 * @param input As `readTexture()` takes it.
 * @param output An .npy file.
 * @param options How.
 * @throws {UsageError} Where the input cannot be read or modelled, two of the files are the same, or one cannot be written.
 */
export async function synthesiseFile(
  input: string,
  output: string,
  { seed = 0, iterations = 200, isPeriodic = false, losses, signal, onStep, ...options }:
    SynthesiseFileOptions,
): Promise<SynthesisedFile> {
  const { threads = navigator.hardwareConcurrency } = options;
  refuseSameFile([
    { name: "IN", path: input },
    { name: "OUT", path: output },
    { name: "--losses", path: losses },
  ]);
  const { field, side } = await readTexture(input);
  const original = isPeriodic ? field : periodicComponent(field);
  using target = await PartFile.create(output);
  using table = losses === undefined ? undefined : await PartFile.create(losses);
  using kernel = await CovarianceKernel.start(original, { N: side }, threads).catch((error) => {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${input}: ${error.message}`);
  });
  const curve: [step: number, loss: number][] = [];
  let last: SynthesisStep | undefined;
  for (const step of synthesise(original, kernel, randomStream("synthesise", seed), { iterations })) {
    last = step;
    curve.push([step.iterations, step.relativeLoss]);
    onStep?.(step.iterations, iterations);
    // A turn of the event loop for a signal.
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) break;
  }
  await target.write(writeNpy(Float32Array.from(last!.field()), [side, side]));
  const rows = curve.map(([step, loss]) => `${step},${loss}\n`).join("");
  await table?.write(new TextEncoder().encode(`step,relative loss\n${rows}`));
  await table?.commit();
  await target.commit();
  return { side, iterations: last!.iterations, relativeLoss: last!.relativeLoss };
}
