import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DivergedError } from "../../../src/nn/diverged_error.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { averagingConstruction } from "./averaging_construction.ts";
import { type AveragingSequence, sampleAveragingSequence } from "./averaging_task.ts";
import { toyForward } from "./toy_forward.ts";
import { lanes, ToyKernel } from "./toy_kernel.ts";
import { countToyParameters, initialToyParameters, readToyNetwork } from "./toy_network.ts";
import { type ToyTraining, trainToys } from "./train_toys.ts";

const shape = { width: 8, layers: 2 };
const length = 12;

const scale = 0.7;

const training: ToyTraining = {
  ...shape,
  ...{ length: 8, loss: "all", batch: 8, steps: 30, rate: 0.01, clip: 1, initialScale: scale },
};

function streamsOf(seed: number) {
  return { initial: randomStream("initial", seed), sequences: randomStream("sequences", seed) };
}

/** The weighted loss by the float64 forward pass. */
function lossOf(
  parameters: Float64Array,
  sequences: readonly AveragingSequence[],
  weights: (sequence: AveragingSequence) => number[],
): number {
  const network = readToyNetwork(parameters, shape);
  return sequences.reduce((sum, sequence) => {
    const { predictions } = toyForward(network, sequence);
    const own = weights(sequence);
    return sum +
      own.reduce((part, weight, i) => part + weight * (predictions[i]! - sequence.targets[i]!) ** 2, 0);
  }, 0);
}

Deno.test("sampleAveragingSequence() puts [SEP] in 1..T-3 and asks for the mean from there on", () => {
  const stream = randomStream("task", 1);
  const seen = new Set<number>();
  for (let round = 0; round < 300; round++) {
    const { numbers, separator, targets } = sampleAveragingSequence(8, stream);
    seen.add(separator);
    for (let i = 0; i < 8; i++) {
      const after = numbers.slice(separator + 1, i + 1);
      const mean = after.length === 0 ? 0 : after.reduce((sum, x) => sum + x, 0) / after.length;
      assertAlmostEquals(targets[i]!, mean, 1e-14);
    }
  }
  assertEquals([...seen].sort(), [1, 2, 3, 4, 5]);
});

Deno.test("averagingConstruction() errs by some exp(-beta)", () => {
  const stream = randomStream("construction", 0);
  const sequences = Array.from({ length: 200 }, () => sampleAveragingSequence(16, stream));
  const errorOf = (beta: number) =>
    Math.max(...sequences.flatMap((sequence) => {
      const { predictions } = toyForward(averagingConstruction(beta), sequence);
      const after = Array.from(predictions.keys()).slice(sequence.separator + 1);
      return after.map((i) => Math.abs(predictions[i]! - sequence.targets[i]!));
    }));
  assert(errorOf(20) < 1e-6);
  assert(errorOf(10) < 100 * Math.exp(-10));
  assert(errorOf(5) > errorOf(10));
});

Deno.test("averagingConstruction() catches, tags and releases", () => {
  const { separator, ...sequence } = sampleAveragingSequence(16, randomStream("construction", 1));
  const { layers } = toyForward(averagingConstruction(20), { ...sequence, separator });
  for (let i = 0; i < 16; i++) {
    const isTagged = i > separator;
    if (isTagged) assertAlmostEquals(layers[0]!.weights[i * 16 + separator]!, 1, 1e-7);
    // [SEP] tags itself too, by its own share of a softmax over two levels.
    if (i !== separator) assertAlmostEquals(layers[0]!.residual[i * 5 + 3]!, isTagged ? 1 : 0, 1e-7);
    if (!isTagged) continue;
    for (let j = 0; j <= i; j++) {
      const expected = j > separator ? 1 / (i - separator) : 0;
      assertAlmostEquals(layers[1]!.weights[i * 16 + j]!, expected, 1e-6);
    }
  }
});

Deno.test("initialToyParameters() has the standard deviations that it is given", () => {
  const large = { width: 64, layers: 2 };
  const parameters = initialToyParameters(large, 0.5, randomStream("toy", 0));
  const deviation = (values: Float64Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
  const { slope, layers, readout, bias } = readToyNetwork(parameters, large);
  assert(Math.abs(deviation(slope) - 0.5) < 0.15);
  assert(Math.abs(deviation(layers[1]!.key) - 0.5 / 8) < 0.002);
  assert(Math.abs(deviation(readout) - 1 / 8) < 0.04);
  assertEquals(bias, 0);
});

Deno.test("ToyKernel gives the loss of the float64 forward pass and its gradient by central differences", () => {
  const kernel = ToyKernel.start({ ...shape, length, sequences: 3 });
  const count = countToyParameters(shape);
  const weights = ({ separator }: AveragingSequence) =>
    Array.from({ length }, (_, i) => i > separator ? 0.1 * (i % 3 + 1) : 0);
  const networks = Array.from({ length: lanes }, (_, lane) => {
    const stream = randomStream("kernel", lane);
    const parameters = initialToyParameters(shape, scale, stream).map(Math.fround);
    const sequences = Array.from({ length: 3 }, () => sampleAveragingSequence(length, stream));
    for (const [p, value] of parameters.entries()) kernel.parameters[p * lanes + lane] = value;
    for (const [index, one] of sequences.entries()) kernel.write(lane, index, one, weights(one));
    return { parameters, sequences };
  });
  kernel.run();
  for (const [lane, { parameters, sequences }] of networks.entries()) {
    const loss = lossOf(parameters, sequences, weights);
    // Float32: sums of some 100 products.
    assertAlmostEquals(kernel.losses[lane]!, loss, 1e-5 * loss);
    const size = Math.sqrt(
      Array.from({ length: count }, (_, p) => kernel.gradients[p * lanes + lane]! ** 2).reduce((a, b) =>
        a + b
      ),
    );
    for (let p = 0; p < count; p++) {
      const at = (step: number) => {
        return lossOf(parameters.map((value, q) => q === p ? value + step : value), sequences, weights);
      };
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
      assertAlmostEquals(
        kernel.gradients[p * lanes + lane]!,
        slope,
        1e-5 * size,
        `parameter ${p} of ${lane}`,
      );
    }
  }
});

Deno.test("ToyKernel gives the same when it runs again", () => {
  const kernel = ToyKernel.start({ ...shape, length, sequences: 1 });
  kernel.parameters.set(Float32Array.from(kernel.parameters, (_, at) => Math.sin(at)));
  const sequence = sampleAveragingSequence(length, randomStream("again", 0));
  for (let lane = 0; lane < lanes; lane++) kernel.write(lane, 0, sequence, new Float64Array(length).fill(1));
  kernel.run();
  const gradients = kernel.gradients.slice();
  kernel.run();
  assertEquals(kernel.gradients, gradients);
});

Deno.test("trainToys() gives a network the same bits whichever others are trained beside it", async () => {
  const together = await trainToys(training, [0, 1, 2, 3, 4, 5].map(streamsOf));
  const [alone] = await trainToys(training, [streamsOf(4)]);
  const [first] = await trainToys(training, [streamsOf(1), streamsOf(0)]);
  assertEquals(alone, together[4]);
  assertEquals(first, together[1]);
});

Deno.test("trainToys() takes the loss where it is told", async () => {
  const [all] = await trainToys({ ...training, steps: 1 }, [streamsOf(0)]);
  const [last] = await trainToys({ ...training, steps: 1, loss: "last" }, [streamsOf(0)]);
  const { initial, sequences } = streamsOf(0);
  const network = readToyNetwork(initialToyParameters(training, scale, initial).map(Math.fround), training);
  const sums = { all: 0, last: 0, count: 0 };
  for (let index = 0; index < training.batch; index++) {
    const sequence = sampleAveragingSequence(training.length, sequences);
    const { predictions } = toyForward(network, sequence);
    for (let i = sequence.separator + 1; i < training.length; i++) {
      const square = (predictions[i]! - sequence.targets[i]!) ** 2;
      sums.all += square;
      sums.count++;
      if (i === training.length - 1) sums.last += square;
    }
  }
  assertAlmostEquals(all!.losses[0]!, sums.all / sums.count, 1e-5);
  assertAlmostEquals(last!.losses[0]!, sums.last / training.batch, 1e-5);
});

Deno.test("trainToys() reports rising progress that ends at 1", async () => {
  const shares: number[] = [];
  await trainToys({ ...training, steps: 200 }, [0, 1, 2, 3, 4].map(streamsOf), (share) => shares.push(share));
  assertEquals(shares, shares.toSorted((a, b) => a - b));
  assertEquals([shares.length, shares.at(-1)], [4, 1]);
});

Deno.test("trainToys() says which network diverged", async () => {
  const seeds = [0, 1, 2, 3, 4].map(streamsOf);
  const last = { ...seeds[4]!, initial: Object.create(seeds[4]!.initial, { normal: { value: () => 1e30 } }) };
  const error = await assertRejects(() => trainToys(training, [...seeds.slice(0, 4), last]), DivergedError);
  assertEquals(error.message, "Cannot go on at step 1: the loss is NaN (network 4); lower the learning rate");
  // The last step of all: nothing but the parameters can tell.
  await assertRejects(
    () => trainToys({ ...training, rate: 1e39, steps: 1 }, [streamsOf(0)]),
    DivergedError,
    "Cannot go on after step 1: a parameter is not finite (network 0); the last finite loss was ",
  );
});

Deno.test("toys refuse wrong sizes", async () => {
  const train = (changed: Partial<ToyTraining>) => () =>
    trainToys({ ...training, ...changed }, [streamsOf(0)]);
  await assertRejects(train({ width: 6 }), RangeError, "width must be a multiple of 4: current value is 6");
  await assertRejects(train({ batch: 0 }), RangeError, "sequences must be an integer >= 1");
  await assertRejects(
    train({ steps: 1.5 }),
    RangeError,
    "Cannot fit with steps = 1.5: it must be a whole number >= 1",
  );
  await assertRejects(train({ rate: NaN }), RangeError, "rate must be > 0: current value is NaN");
  await assertRejects(train({ clip: 0 }), RangeError, "Cannot clip gradients to a norm of 0");
  await assertRejects(train({ length: 3 }), RangeError, "length must be an integer >= 4");
  assertThrows(() => averagingConstruction(0), RangeError, "beta must be > 0");
  assertThrows(() => readToyNetwork(new Float64Array(3), shape), RangeError, "it has 417 parameters");
});
