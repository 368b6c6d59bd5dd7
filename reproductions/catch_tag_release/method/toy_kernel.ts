import { instantiateKernel } from "../../../src/compute/instantiate_kernel.ts";
import type { ItemFunction } from "../../../src/compute/thread_control.ts";
import type { AveragingSequence } from "./averaging_task.ts";
import { countToyParameters, type ToyShape } from "./toy_network.ts";

/** The compiled kernel; reproductions/catch_tag_release/method/assembly is its source, `deno task wasm` makes it. */
const wasm = new URL("./toy.wasm", import.meta.url);

const pageBytes = 65536;
/** Bytes of the arguments, with room to the next aligned address. */
const argumentBytes = 64;

/** How many networks stand side by side: the float32 lanes of a vector. */
export const lanes = 4;

/** What a kernel has room for. */
export interface ToyKernelOptions extends ToyShape {
  /** Tokens of a sequence. */
  readonly length: number;
  /** Sequences of a batch. */
  readonly sequences: number;
}

/**
 * The loss of four toy networks and its gradient, in float32. Element p of network n stands at 4 p + n, and no lane
 * reads another one: what a network gives does not depend on those beside it.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const kernel = ToyKernel.start({ width: 4, layers: 1, length: 4, sequences: 1 });
 * const numbers = Float64Array.of(1, 0, 3, 5);
 * kernel.write(0, 0, { numbers, separator: 1, targets: Float64Array.of(0, 0, 3, 4) }, [0, 0, 0.5, 0.5]);
 * kernel.run();
 * // All parameters are 0, and so is every prediction.
 * assertAlmostEquals(kernel.losses[0]!, (9 + 16) / 2, 1e-6);
 * ```
 */
export class ToyKernel {
  /** `(parameters, 4)`, in the order of `readToyNetwork()`; the caller writes them. */
  readonly parameters: Float32Array;
  /** `(parameters, 4)`: what `run()` found. */
  readonly gradients: Float32Array;
  /** `(4)`: what `run()` found. */
  readonly losses: Float32Array;
  readonly #inputs: Float32Array;
  readonly #length: number;
  readonly #run: ItemFunction;

  private constructor(module: WebAssembly.Module, options: ToyKernelOptions) {
    const { width, layers, length, sequences } = options;
    const counts = {
      parameters: countToyParameters(options),
      gradients: countToyParameters(options),
      inputs: sequences * length * 4,
      loss: 1,
      // Of each layer input, queries, keys, values and attention; the last residual stream; four slopes and a row.
      work: layers * (4 * length * width + length ** 2) + 5 * length * width + length,
    };
    let next = argumentBytes;
    const places = Object.entries(counts).map(([name, count]) => {
      const place = { name, address: next, count: count * lanes };
      next += place.count * Float32Array.BYTES_PER_ELEMENT;
      return place;
    });
    const pages = Math.ceil(next / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const view = (name: string) => {
      const { address, count } = places.find((place) => place.name === name)!;
      return new Float32Array(memory.buffer, address, count);
    };
    this.parameters = view("parameters");
    this.gradients = view("gradients");
    this.losses = view("loss");
    this.#inputs = view("inputs");
    this.#length = length;
    // The order of assembly/toy.ts.
    const addresses = places.map(({ address }) => address);
    new Int32Array(memory.buffer).set([sequences, length, width, layers, ...addresses]);
    this.#run = instantiateKernel(module, memory).get("addToyGradients")!;
  }

  /**
   * Reserves the memory.
   *
   * @throws {RangeError} Where the width is no multiple of 4, or another size no integer >= 1.
   */
  static start(options: ToyKernelOptions): ToyKernel {
    for (const [name, size] of Object.entries(options)) {
      if (Number.isSafeInteger(size) && size >= 1 && (name !== "width" || size % 4 === 0)) continue;
      const rule = name === "width" ? "a multiple of 4" : "an integer >= 1";
      throw new RangeError(`Cannot train toy networks: ${name} must be ${rule}: current value is ${size}`);
    }
    return new ToyKernel(new WebAssembly.Module(Deno.readFileSync(wasm)), options);
  }

  /**
   * Sets one sequence of one network.
   *
   * @param lane Which network, 0..3.
   * @param index Which sequence of the batch.
   * @param sequence The sequence.
   * @param errorWeights `(T)`: what the squared error at each token counts.
   */
  write(lane: number, index: number, sequence: AveragingSequence, errorWeights: ArrayLike<number>): void {
    const { numbers, separator, targets } = sequence;
    let at = index * this.#length * 4 * lanes + lane;
    for (let i = 0; i < this.#length; i++) {
      for (const value of [numbers[i]!, i === separator ? 1 : 0, targets[i]!, errorWeights[i]!]) {
        this.#inputs[at] = value;
        at += lanes;
      }
    }
  }

  /** Computes `losses` and `gradients` of the batch as it was written. */
  run(): void {
    this.gradients.fill(0);
    this.losses.fill(0);
    this.#run(0, 0, 0, 0);
  }
}
